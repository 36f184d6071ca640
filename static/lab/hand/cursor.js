/**
 * Where the cursor is. Hovering moves it and it stays where it was last, so that one can go and read the sum;
 * a click pins it (into the address), the same cell again, or Escape, lets it go. With no cell yet: the middle.
 *
 * @typedef {{pane: "input" | "output", y: number, x: number}} Cursor
 * @import { Shape } from "../../types.js"
 */

import { stackOf } from "../stack.js";

/** @param {number} value @param {number} size */
const within = (value, size) => Math.min(Math.max(value, 0), size - 1);

/** @param {Cursor | null} cursor @param {Shape} shape @param {{height: number, width: number}} picture @returns {Cursor} the same, inside what there is now */
export function settle(cursor, shape, picture) {
  const seen = stackOf(shape);
  if (!cursor) return { pane: "output", y: Math.floor(seen.height / 2), x: Math.floor(seen.width / 2) };
  const { height, width } = cursor.pane === "output" ? seen : picture;
  return { pane: cursor.pane, y: within(cursor.y, height), x: within(cursor.x, width) };
}

/** @param {{y: number, x: number} | null} pin @param {{pane: string, y: number, x: number}} at @returns {{y: number, x: number} | null} the new pin */
export function pinned(pin, { pane, y, x }) {
  if (pane !== "output" || (pin && pin.y === y && pin.x === x)) return null;
  return { y, x };
}
