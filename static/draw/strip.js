/**
 * One axis with the windows over it, for another ending than the present one too. Where windows stand only places
 * ink: how many there are, the padding and what is never read are the engine's.
 *
 * @import { Alternative, Axis } from "../types.js"
 * @typedef {{kernel: number, stride: number, dilation: number}} Sizes
 * @typedef {{at: number, kind: "padding" | "cell" | "beyond" | "gap", unread: boolean}} Mark at: where it is drawn, in cells
 * @typedef {{from: number, to: number, taps: number[], lane: number}} Bar
 * @typedef {{units: number, lanes: number, marks: Mark[], bars: Bar[]}} Strip
 */

import { clip } from "./clip.js";
import { GAP, GAP_CELLS, Track } from "./track.js";

/** As many windows above each other; of more, the first and the last few are drawn. */
const LANES = 3;
const SHORT = 7;
const LONG = 13;

/** @param {Axis} axis @param {Alternative} ending @param {Sizes} sizes @param {boolean} now whether it is the present one @returns {Strip} */
export function stripOf({ input, unread }, ending, sizes, now) {
  const { kernel, stride, dilation } = sizes;
  const [before, after] = ending.padding;
  const extent = dilation * (kernel - 1) + 1;
  const track = new Track(
    before + input + after + ending.beyond,
    clip(before + extent + stride, SHORT, LONG),
  );
  const lost = new Set(now ? unread : missed(input, ending, sizes));
  const place = (/** @type {number} */ position) => track.at(position + before);
  const shown = whichWindows(ending.output, track.whole && extent <= LANES * stride);
  const lanes = Math.min(LANES, Math.ceil(extent / stride), shown.length);
  const bars = shown.map((output, at) => {
    const start = output * stride - before;
    const taps = Array.from({ length: kernel }, (_, tap) => start + tap * dilation);
    return {
      from: place(start),
      to: place(start + extent - 1) + 1,
      taps: taps.filter((tap) => track.shows(tap + before)).map(place),
      lane: at % lanes,
    };
  });
  const marks = track.cells.map(
    (cell) => /** @type {Mark} */ (markOf(cell, track, { before, input, after, lost })),
  );
  return { units: track.units, lanes, marks, bars };
}

/** @param {number} cell @param {Track} track @param {{before: number, input: number, after: number, lost: Set<number>}} axis @returns {Mark} */
function markOf(cell, track, { before, input, after, lost }) {
  if (cell === GAP) return { at: track.first + GAP_CELLS / 2, kind: "gap", unread: false };
  const position = cell - before;
  const inside = position >= 0 && position < input;
  const kind = inside ? "cell" : position < input + after ? "padding" : "beyond";
  return { at: track.at(cell), kind, unread: inside && lost.has(position) };
}

/** @param {number} outputs @param {boolean} all */
function whichWindows(outputs, all) {
  const every = Array.from({ length: outputs }, (_, output) => output);
  return all || outputs <= 2 * LANES ? every : [...every.slice(0, LANES), ...every.slice(-LANES)];
}

/** Cells under no window; none where the engine counts otherwise, as padding that copies cells makes it. @param {number} input @param {Alternative} ending @param {Sizes} sizes @returns {number[]} */
function missed(input, { output, padding, unread }, { kernel, stride, dilation }) {
  const read = new Set();
  for (let window = 0; window < output; window++)
    for (let tap = 0; tap < kernel; tap++) read.add(window * stride - padding[0] + tap * dilation);
  const cells = Array.from({ length: input }, (_, cell) => cell).filter((cell) => !read.has(cell));
  return cells.length === unread ? cells : [];
}
