/**
 * The activation at the end of a unit as a curve, and what it does to the numbers of the map.
 *
 * @import { Chapter, Chapters } from "../../page/chapters.js"
 * @import { Translate } from "../../types.js"
 * @import { Focus } from "../graph/focus.js"
 * @import { Pointing } from "../pointing.js"
 * @import { Values } from "../state.js"
 * @import { Graph } from "../types.js"
 * @typedef {{focus: Focus | null, graph: Graph | null, pointing: Pointing, state: {values: Values}, chapters: Chapters,
 *   t: Translate}} Host
 */

import { CurveView, share } from "../../views/curve/curve.js";
import { mapName } from "../graph/names.js";
import { pictureOf } from "../state.js";

/** @type {Chapter<Host>} */
export const curve = {
  name: "curve",
  offered: (page) => activation(page) !== null,
  view: (place, t) => new CurveView(place, t),
  request: ({ focus, state }) =>
    focus && {
      type: "network_curve",
      ...pictureOf(state.values),
      layer: focus.unit.head.name,
      map: focus.map,
    },
  model: (page, answer) => {
    const { focus, graph, pointing, t } = page;
    const found = activation(page);
    const step = pointing.exact ? pointing.trace?.steps.find(({ layer }) => layer === found?.name) : null;
    const [, y, x] = pointing.place?.cell ?? [];
    const [before, after] = [step?.trace.printed.sum, step?.trace.printed.value];
    return {
      data: answer?.messages.network_curve ?? null,
      name: found?.short ?? "",
      alone: false,
      map: graph && focus ? mapName(graph, focus.layer.name, focus.map, t) : "",
      cell: before && after && x !== undefined ? { y, x, before, after } : null,
    };
  },
  summary: (page, answer) => {
    const told = answer?.messages.network_curve;
    const name = activation(page)?.short ?? "";
    return told && page.chapters.isOpen("curve")
      ? page.t("curve.summary", { name, share: share(told.after) })
      : name;
  },
};

/** @param {Host} page */
function activation({ focus }) {
  return focus?.unit.layers.slice(1).findLast(({ elementwise }) => elementwise) ?? null;
}
