/**
 * Cells of the input that are painted by hand: a list of [y, x, level], of which later ones hold.
 *
 * @import { Pixels } from "../../types.js"
 * @typedef {[number, number, number]} Edit
 */

export const MOST_EDITS = 4096;

/**
 * Every cell stands once in the list.
 * @param {Edit[]} edits @param {{y: number, x: number}[]} cells @param {number} level @returns {Edit[]}
 */
export function painted(edits, cells, level) {
  const known = new Map(edits.map((edit) => [`${edit[0]},${edit[1]}`, edit]));
  for (const { y, x } of cells) {
    const key = `${y},${x}`;
    if (known.has(key) || known.size < MOST_EDITS) known.set(key, [y, x, level]);
  }
  return [...known.values()];
}

/** Those that lie inside. @param {Edit[]} edits @param {{height: number, width: number}} cells */
export function inside(edits, { height, width }) {
  return edits.filter(([y, x]) => y < height && x < width);
}

/** The input as it is with these cells set in every channel, as the server sets them. @param {Pixels} pixels @param {number[][]} edits @returns {Pixels} */
export function withEdits(pixels, edits) {
  const channels = pixels.channels.map((levels) => {
    const copy = levels.slice();
    for (const [y, x, level] of edits) if (x < pixels.width) copy[y * pixels.width + x] = level;
    return copy;
  });
  return { ...pixels, channels };
}
