/** The colours of the overview, by the same rules as everywhere. @import { Look } from "../views/network/overview/unit_picture.js" */

import { colormapFor, scalesFor } from "../page/scales.js";

/** @param {{colormap: string, scale: string, range: [number, number]}} values @returns {Look} */
export function lookOf({ colormap: choice, scale, range }) {
  return {
    key: JSON.stringify([choice, scale, range]),
    of: (maps) => {
      const some = /** @type {import("../types.js").FeatureMap[]} */ (maps);
      const colormap = colormapFor(choice, some);
      // Maps of a single cell have no two values to tell apart but each other's.
      const flat = scale === "map" && some.every(({ min, max }) => min === max);
      return { colormap, scales: scalesFor(some, flat ? "shared" : scale, range, colormap) };
    },
  };
}
