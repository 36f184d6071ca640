/** The keyboard in a picture: where a key takes the cursor, and which other wish it is. */

import { clip } from "../../draw/clip.js";

/**
 * @typedef {{key: string, shiftKey: boolean, ctrlKey: boolean, metaKey: boolean, altKey: boolean}} Key
 * @typedef {{y: number, x: number}} Cell
 */

/** @type {Record<string, [number, number]>} rows, columns */
const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const FAR = 10;

/** @type {Record<string, "pin" | "play" | "leave" | "in" | "out" | "fit">} */
const WISHES = {
  Enter: "pin",
  " ": "play",
  Escape: "leave",
  "+": "in",
  "=": "in",
  "-": "out",
  _: "out",
  "−": "out",
  0: "fit",
};

/**
 * The cell a key leads to, within the picture; null for keys that do not move.
 * @param {Key} press
 * @param {Cell} from
 * @param {{rows: number, columns: number, page: number}} picture page: rows that a page key moves by
 * @returns {Cell | null}
 */
export function moved({ key, shiftKey, ctrlKey, metaKey, altKey }, from, { rows, columns, page }) {
  if (altKey || metaKey) return null;
  const to = (/** @type {number} */ y, /** @type {number} */ x) => ({
    y: clip(y, 0, rows - 1),
    x: clip(x, 0, columns - 1),
  });
  const arrow = ARROWS[key];
  if (arrow && !ctrlKey) {
    const far = shiftKey ? FAR : 1;
    return to(from.y + arrow[0] * far, from.x + arrow[1] * far);
  }
  if (key === "Home") return to(ctrlKey ? 0 : from.y, 0);
  if (key === "End") return to(ctrlKey ? rows : from.y, columns);
  if (key === "PageUp") return to(from.y - page, from.x);
  if (key === "PageDown") return to(from.y + page, from.x);
  return null;
}

/** Whether a key is part of a combination, which is the browser's. @param {Omit<Key, "key">} press */
export function combined({ ctrlKey, metaKey, altKey }) {
  return ctrlKey || metaKey || altKey;
}

/** What else a key asks for. @param {Key} press */
export function wished(press) {
  return combined(press) ? null : (WISHES[press.key] ?? null);
}
