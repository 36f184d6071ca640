/** A kernel as a picture of its signs and sizes. */

import { svg } from "../base/svg.js";

/** @param {number[][]} values */
export function thumbnail(values) {
  const side = Math.max(values.length, values[0].length);
  const most = Math.max(...values.flat().map(Math.abs)) || 1;
  const cells = values.flatMap((line, row) =>
    line.map((value, column) =>
      svg(value < 0 ? "rect.negative" : "rect.positive", {
        x: column + (side - line.length) / 2,
        y: row + (side - values.length) / 2,
        width: 1,
        height: 1,
        "fill-opacity": value === 0 ? 0.06 : 0.2 + (0.8 * Math.abs(value)) / most,
      }),
    ),
  );
  return svg("svg.preset-picture", { viewBox: `0 0 ${side} ${side}`, "aria-hidden": true }, ...cells);
}
