/**
 * Where the cursor is. Hovering moves it and it stays where it was last, so that one can go and read the sum;
 * a click pins it (into the address), the same cell again, or Escape, lets it go. With no cell yet: the middle.
 *
 * @typedef {{pane: "input" | "output", y: number, x: number}} Cursor
 * @import { Shape } from "../types.js"
 */

/** @param {number} value @param {number} size */
const within = (value, size) => Math.min(Math.max(value, 0), size - 1);

/** @param {Cursor | null} cursor @param {Shape} shape @returns {Cursor} the same, inside what there is now */
export function settle(cursor, shape) {
  const [, rows, columns] = shape.output_shape;
  if (!cursor) return { pane: "output", y: Math.floor(rows / 2), x: Math.floor(columns / 2) };
  const [height, width] = cursor.pane === "output" ? [rows, columns] : shape.input_shape.slice(1);
  return { pane: cursor.pane, y: within(cursor.y, height), x: within(cursor.x, width) };
}

/** @param {{y: number, x: number} | null} pin @param {{pane: string, y: number, x: number}} at @returns {{y: number, x: number} | null} the new pin */
export function pinned(pin, { pane, y, x }) {
  if (pane !== "output" || (pin && pin.y === y && pin.x === x)) return null;
  return { y, x };
}

/** How many output cells read an input cell, by the tables of the shape reply. @param {Shape} shape @param {{y: number, x: number}} at */
export function readers(shape, { y, x }) {
  return (shape.axes[0].coverage[y] ?? 0) * (shape.axes[1].coverage[x] ?? 0);
}
