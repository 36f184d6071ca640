/**
 * The axes of an operation that lie in the picture: its rows and its columns. A signal is the picture's middle row;
 * of a volume, whose planes are the picture's channels, the last two axes lie in it.
 *
 * @import { Axis, Shape } from "./types.js"
 * @typedef {{axis: Axis, before: number, after: number}} Side
 */

/** What the two ends of an axis are called. @type {Record<string, [string, string]>} */
export const SIDES = {
  length: ["before", "after"],
  depth: ["front", "back"],
  height: ["top", "bottom"],
  width: ["left", "right"],
};

/** @type {WeakMap<Axis, Axis>} the row that goes with a signal's axis */
const rows = new WeakMap();

/** Which row of a picture a signal is. @param {number} height */
export function middleRow(height) {
  return Math.floor(height / 2);
}

/** @param {Axis} along @param {number} height @returns {Axis} one output, which reads the middle row; the same for the same axis */
function oneRow(along, height) {
  const known = rows.get(along);
  if (known?.input === height) return known;
  const read = middleRow(height);
  const coverage = Array.from({ length: height }, (_, row) => Number(row === read));
  const row = { axis: "height", input: height, output: 1, index: [[read]], coverage, unread: [] };
  rows.set(along, row);
  return row;
}

/**
 * @param {Shape} shape @param {{height: number, width: number} | null} picture
 * @returns {{rows: Side, columns: Side} | null} null where there are no such axes, or they are not this picture's
 */
export function pictureAxes({ axes, padding }, picture) {
  const columns = axes.at(-1);
  if (!picture || !columns) return null;
  const row = axes.at(-2) ?? oneRow(columns, picture.height);
  if (row.input !== picture.height || columns.input !== picture.width) return null;
  const [down, across] = [row, columns].map((axis) => {
    const [before, after] = SIDES[axis.axis] ?? [];
    const padded = axis === row && axes.length === 1 ? {} : padding;
    return { axis, before: padded[before] ?? 0, after: padded[after] ?? 0 };
  });
  return { rows: down, columns: across };
}
