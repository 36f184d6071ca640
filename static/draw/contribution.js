/** What each pixel gives to a cell, as colours to be laid over the picture: the stronger, the less of it shows through. */

import { lut, ZERO } from "./colour.js";

/** Of all pixels that give something so many stand below what is as dense as it gets: a few must not pale all others. */
const BELOW = 0.97;
/** Entries of the colours from zero at which an arm begins and ends: the palest and the darkest would be lost on a photo. */
const ARM = [44, 92];

/**
 * @param {{min: number, max: number, levels: Uint8Array}} heat level q stands for min + q (max - min) / 255
 * @param {Uint32Array} out a word of canvas memory for each pixel
 */
export function heatPixels({ min, max, levels }, out) {
  const colours = lut("diverging");
  const step = (max - min) / 255;
  // Less than half a level is nothing: zero need not be one of the levels.
  const values = Array.from({ length: 256 }, (_, level) => min + level * step).map((value) =>
    Math.abs(value) < 0.51 * step ? 0 : value,
  );
  const full = dense(values, levels);
  const table = Uint32Array.from(values, (value) => {
    const strength = Math.min(Math.abs(value) / full, 1);
    const arm = Math.round(ARM[0] + (ARM[1] - ARM[0]) * strength);
    const colour = colours[ZERO + Math.sign(value) * arm];
    return ((Math.round(255 * strength) << 24) | (colour & 0xffffff)) >>> 0;
  });
  for (let at = 0; at < out.length; at++) out[at] = table[levels[at]];
}

/** How far from zero it is as dense as it gets. @param {number[]} values of the levels @param {Uint8Array} levels */
function dense(values, levels) {
  const counts = new Float64Array(256);
  for (const level of levels) counts[level] += 1;
  const given = values.flatMap((value, level) =>
    value !== 0 && counts[level] > 0 ? [{ size: Math.abs(value), count: counts[level] }] : [],
  );
  given.sort((a, b) => a.size - b.size);
  let left = BELOW * given.reduce((sum, { count }) => sum + count, 0);
  for (const { size, count } of given) {
    left -= count;
    if (left <= 0) return size;
  }
  return 1;
}
