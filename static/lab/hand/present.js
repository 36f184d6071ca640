/**
 * Which input cell the page is about now: the one pointed at, or the middle of the window of the output cell.
 *
 * @import { Axis, Shape } from "../../types.js"
 * @import { Cursor } from "./cursor.js"
 * @typedef {{present: {y: number, x: number} | null,
 *   window: {top: number, left: number, bottom: number, right: number} | null}} Present window: the input cells from the
 *   first to the last that are read, the last in it
 */

/** @param {Axis | undefined} axis @param {number} output @returns {number[]} the cells it reads, ascending; none of a missing axis but 0 */
function cellsOf(axis, output) {
  if (!axis) return [0];
  return (axis.index[output] ?? []).filter((cell) => cell >= 0).sort((a, b) => a - b);
}

/** @param {Shape} shape @param {Cursor | null} cursor @returns {Present} */
export function presentOf({ axes }, cursor) {
  if (!cursor) return { present: null, window: null };
  const { pane, y, x } = cursor;
  const row = axes.at(-2);
  if (pane === "input") return { present: { y: row ? y : 0, x }, window: null };
  const [ys, xs] = [cellsOf(row, y), cellsOf(axes.at(-1), x)];
  if (ys.length === 0 || xs.length === 0) return { present: null, window: null };
  return {
    present: { y: ys[ys.length >> 1], x: xs[xs.length >> 1] },
    window: { top: ys[0], left: xs[0], bottom: ys[ys.length - 1], right: xs[xs.length - 1] },
  };
}
