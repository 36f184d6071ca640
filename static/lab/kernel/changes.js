/**
 * What can be done to a kernel as a whole. Each takes the weights and gives new ones; whole numbers stay whole.
 */

import { turn } from "./kernels.js";

/** The largest weight that is drawn at random. */
const RANDOM = 4;

/** @typedef {(values: number[][]) => number[][]} Change */

/** @type {Change} a quarter turn clockwise */
const rotate = (values) => values[0].map((_, column) => values.map((row) => row[column]).reverse());
/** @type {Change} */
const mirror = (values) => values.map((row) => row.toReversed());
/** @type {Change} */
const overturn = (values) => values.toReversed();
/** @type {Change} no negative zeros */
const negate = (values) => values.map((row) => row.map((value) => 0 - value));

/** The upper left quarter, mirrored into the others: the same from all sides. @type {Change} */
function symmetric(values) {
  const near = (/** @type {number} */ at, /** @type {number} */ size) => Math.min(at, size - 1 - at);
  return values.map((row, y) => row.map((_, x) => values[near(y, values.length)][near(x, row.length)]));
}

/** Another kernel for every seed, the same for everybody. @param {number[][]} values whose size is taken @param {number} seed */
export function random(values, seed) {
  const next = numbers(seed);
  return values.map((row) => row.map(() => Math.floor(next() * (2 * RANDOM + 1)) - RANDOM));
}

/** Numbers from 0 to 1 (mulberry32, by T. Ettinger, public domain). @param {number} seed */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @type {Record<string, Change>} */
export const CHANGES = { rotate, turn, mirror, overturn, negate, symmetric };

/**
 * What turning by 180 degrees makes of kernels, and so of the difference between cross-correlation and convolution.
 * @param {number[][][]} kernels @returns {"same" | "negated" | "other"}
 */
export function turned(kernels) {
  const all = (/** @type {1 | -1} */ sign) =>
    kernels.every((values) => {
      const flat = values.flat();
      return flat.every((value, at) => value === sign * flat[flat.length - 1 - at]);
    });
  if (all(1)) return "same";
  return all(-1) ? "negated" : "other";
}
