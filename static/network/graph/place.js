/**
 * Which cell is looked at: the one that was chosen, else the strongest. And where it looks in the picture.
 *
 * @import { GraphLayer } from "../types.js"
 * @import { FeatureMap } from "../../types.js"
 * @typedef {{first: [number, number], last: [number, number]}} Frame y and x of its first and last pixel; they may lie outside
 */

/** The place of the number that is furthest from zero; of equal ones the first. @param {ArrayLike<number>} numbers */
export function furthest(numbers) {
  let [at, most] = [0, -1];
  for (let i = 0; i < numbers.length; i++) {
    const size = Math.abs(numbers[i]);
    if (size > most) [at, most] = [i, size];
  }
  return at;
}

/** @param {FeatureMap} map @returns {{y: number, x: number}} its strongest cell */
export function strongestCell({ levels, min, max, width }) {
  // Of all levels the one that stands for the number furthest from zero is at an end.
  const wanted = Math.abs(max) >= Math.abs(min) ? 255 : 0;
  const at = Math.max(levels.indexOf(wanted), 0);
  return { y: Math.floor(at / width), x: at % width };
}

/** The theoretical receptive field: a unit sees `size` pixels around start + unit · jump. @param {GraphLayer} layer @param {number[]} cell @returns {Frame | null} */
export function fieldOf({ field }, cell) {
  if (field.length !== 2) return null;
  const places = cell.length === 3 ? cell.slice(1) : [0, 0];
  const ends = field.map(({ size, jump, start }, axis) => {
    const centre = start + places[axis] * (jump ?? 0);
    return [centre - (size - 1) / 2, centre + (size - 1) / 2];
  });
  return { first: [ends[0][0], ends[1][0]], last: [ends[0][1], ends[1][1]] };
}

/** @param {number[]} a @param {number[]} b */
export function sameCell(a, b) {
  return a.length === b.length && a.every((number, axis) => number === b[axis]);
}
