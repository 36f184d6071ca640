/** Cells of a picture that an element shows as a whole: which one is under the pointer, and marks over some of them. */

import { clip } from "../../draw/clip.js";

/** @param {Element} view @param {{clientX: number, clientY: number}} event @param {number} rows @param {number} columns */
export function cellUnder(view, { clientX, clientY }, rows, columns) {
  const { left, top, width, height } = view.getBoundingClientRect();
  const at = (/** @type {number} */ share, /** @type {number} */ size) =>
    clip(Math.floor(share * size), 0, size - 1);
  return { y: at((clientY - top) / height, rows), x: at((clientX - left) / width, columns) };
}

/** @param {HTMLElement} mark @param {{y: number, x: number, height?: number, width?: number}} cells @param {number} rows of the picture @param {number} columns */
export function cover(mark, { y, x, height = 1, width = 1 }, rows, columns) {
  const share = (/** @type {number} */ part, /** @type {number} */ of) => `${(100 * part) / of}%`;
  Object.assign(mark.style, {
    left: share(x, columns),
    top: share(y, rows),
    width: share(width, columns),
    height: share(height, rows),
  });
}
