/** What diagrams of numbers are made of: axes with round ticks, lines, bars. */

import { clip } from "./clip.js";

/** @typedef {{lo: number, hi: number, from: number, to: number}} Axis numbers, and where they stand in px */

/** px: a few different numbers are no blocks. */
const THICK = 14;
const FEW = 8;

/** Round numbers between two: 1, 2 or 5 times a power of ten apart, at most so many. @param {number} lo @param {number} hi @param {number} most */
export function ticks(lo, hi, most) {
  const rough = (hi / 2 - lo / 2) / Math.max(most, 1);
  if (!(rough > 0)) return [];
  const power = 10 ** Math.floor(Math.log10(rough * 2));
  const step = power * ([1, 2, 5, 10].find((one) => one * power >= rough * 2) ?? 10);
  const first = Math.ceil(lo / step);
  const count = Math.floor(hi / step) - first + 1;
  // The shortest decimal: sums of steps would drift.
  return Array.from({ length: count }, (_, at) => Number(((first + at) * step).toPrecision(12)));
}

/** Counts to mark: round ones, or powers of ten. @param {number} most @param {boolean} log @param {number} few */
export function countTicks(most, log, few) {
  if (!log) return ticks(0, most, few).filter((one) => one > 0 && Number.isInteger(one));
  const powers = Array.from({ length: Math.floor(Math.log10(Math.max(most, 1))) + 1 }, (_, at) => 10 ** at);
  const each = Math.ceil(powers.length / few);
  return powers.filter((_, at) => (powers.length - 1 - at) % each === 0);
}

/** How long the bar of a count is, 0 to 1. @param {number} count @param {number} most @param {boolean} log */
export function barLength(count, most, log) {
  if (count === 0) return 0;
  return log ? Math.log1p(count) / Math.log1p(most) : count / most;
}

/** @param {Axis} axis @param {number} value @returns {number} px */
export function at({ lo, hi, from, to }, value) {
  return from + ((value / 2 - lo / 2) / (hi / 2 - lo / 2)) * (to - from);
}

/** A line through points; a number that is missing breaks it. @param {Axis} across @param {Axis} up @param {number[]} x @param {(number | null)[]} y */
export function line(across, up, x, y) {
  let path = "";
  let pen = "M";
  x.forEach((one, n) => {
    const value = y[n];
    if (value === null) pen = "M";
    else {
      path += `${pen}${at(across, one).toFixed(1)} ${at(up, value).toFixed(1)}`;
      pen = "L";
    }
  });
  return path;
}

/**
 * Bars of counts, each from one edge to the next along an axis, as long as says `reach` (px, from `base` on).
 * @param {Axis} along @param {number[]} edges @param {number[]} counts @param {(count: number) => number} reach
 * @param {number} base @param {boolean} upright along is across the page
 */
export function bars(along, edges, counts, reach, base, upright) {
  const thick = counts.length > FEW ? Number.POSITIVE_INFINITY : THICK;
  return counts
    .map((count, n) => {
      if (count === 0) return "";
      const [a, b] = [at(along, edges[n]), at(along, edges[n + 1])];
      const width = clip(Math.abs(b - a), 1, thick);
      const low = (a + b - width) / 2;
      const [start, size, to] = [low.toFixed(1), width.toFixed(1), (base + reach(count)).toFixed(1)];
      return upright
        ? `M${start} ${base}h${size}V${to}h-${size}z`
        : `M${base} ${start}v${size}H${to}v-${size}z`;
    })
    .join("");
}

/** The place in ascending numbers that is nearest to one. @param {number[]} list @param {number} value */
export function nearest(list, value) {
  let best = 0;
  list.forEach((one, n) => {
    if (Math.abs(one - value) < Math.abs(list[best] - value)) best = n;
  });
  return best;
}
