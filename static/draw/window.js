/**
 * Windows, read from the index table of a shape reply. No window law is written down here: the table says
 * which input cell each output reads at each kernel position; this module looks things up in it, forwards
 * (an output's window) and backwards (the outputs an input cell reaches).
 */

/** @typedef {import("./types.js").Axis} Axis */
/** @typedef {{at: number, reads: number}} Tap where a kernel position lies (may be outside the input, in the
 *   padding) and which input cell is read there (-1: none) */

/** What a padded position reads that is no input cell: zero, or nothing, as no window comes there. */
export const ZERO = -1;
export const NEVER = -2;

/** @type {WeakMap<Axis, AxisWindows>} */
const known = new WeakMap();

/**
 * @param {Axis} axis
 * @param {number} before padding before the first cell
 * @param {number} after padding after the last
 * @returns {AxisWindows} the same one for the same axis
 */
export function axisWindows(axis, before, after) {
  let windows = known.get(axis);
  if (!windows) {
    windows = new AxisWindows(axis, before, after);
    known.set(axis, windows);
  }
  return windows;
}

export class AxisWindows {
  /** @param {Axis} axis @param {number} before @param {number} after */
  constructor(axis, before, after) {
    this.index = axis.index;
    this.input = axis.input;
    this.output = axis.index.length;
    this.unread = runs(axis.unread);
    this.steps = steps(axis, before, after);
    /** Where windows do not slide evenly, padding is not cells around the input: it may be cut from the output. */
    this.before = this.steps ? before : 0;
    this.after = this.steps ? after : 0;
    /** @type {number[][] | null} */
    this.inverse = null;
  }

  /** The cells of an output's window, in kernel order. @param {number} output @returns {Tap[]} */
  taps(output) {
    const row = this.index[output] ?? [];
    if (!this.steps) return row.filter((reads) => reads >= 0).map((reads) => ({ at: reads, reads }));
    const start = output * this.steps.stride + this.steps.first;
    const { step } = this.steps;
    return row.map((reads, i) => ({ at: start + i * step, reads }));
  }

  /** @param {number} cell */
  isUnread(cell) {
    return this.unread.some(([from, to]) => cell >= from && cell < to);
  }

  /** The outputs whose window reads an input cell, ascending. @param {number} cell @returns {number[]} */
  reached(cell) {
    if (!this.inverse) {
      /** @type {number[][]} */
      const inverse = Array.from({ length: this.input }, () => []);
      this.index.forEach((row, output) => {
        for (const reads of row)
          if (reads >= 0 && inverse[reads]?.at(-1) !== output) inverse[reads]?.push(output);
      });
      this.inverse = inverse;
    }
    return this.inverse[cell] ?? [];
  }

  /** What each padded position reads, from -before on: an input cell, -1 zero, -2 no window comes there. */
  border() {
    const reads = new Int32Array(this.before + this.input + this.after).fill(NEVER);
    for (let output = 0; output < this.output; output++) {
      for (const tap of this.taps(output)) {
        const at = tap.at + this.before;
        if (at >= 0 && at < reads.length) reads[at] = tap.reads;
      }
    }
    return reads;
  }

  /** The place in the output, in cells, that belongs to a place in the input. @param {number} place */
  toOutput(place) {
    if (!this.steps) return (place * this.output) / this.input;
    return (place - this.centre()) / this.steps.stride + 0.5;
  }

  /** @param {number} place in the output; @returns {number} in the input */
  toInput(place) {
    if (!this.steps) return (place * this.input) / this.output;
    return (place - 0.5) * this.steps.stride + this.centre();
  }

  /** The middle of the first window. */
  centre() {
    const taps = this.taps(0);
    return taps.length ? (taps[0].at + (taps.at(-1)?.at ?? 0) + 1) / 2 : 0.5;
  }
}

/**
 * Neighbouring numbers joined: [1, 2, 3, 7] gives [[1, 4], [7, 8]] (the end is not in).
 * @param {number[]} sorted
 * @returns {[number, number][]}
 */
export function runs(sorted) {
  /** @type {[number, number][]} */
  const found = [];
  for (const n of sorted) {
    const last = found.at(-1);
    if (last && last[1] === n) last[1] = n + 1;
    else found.push([n, n + 1]);
  }
  return found;
}

/**
 * The distances from output to output and from kernel position to kernel position: the smallest that explain
 * every entry of the table. They are needed only to know where in the border a padded position lies, which
 * the table does not say. A kernel that is turned round reads its window from the end: its step is negative.
 * Null when windows do not slide evenly; then only the cells read are drawn.
 * @param {Axis} axis
 * @param {number} before
 * @param {number} after
 */
function steps({ index, input }, before, after) {
  const turned = index.map((row) => row.toReversed());
  const last = (index[0]?.length ?? 0) - 1;
  // A border of zeros explains all; one that repeats the input may be read inside it too, but not beyond the border.
  for (const end of [-Infinity, input + after]) {
    const found = distances(index, input, before, end);
    if (found) return { ...found, first: -before };
    const back = distances(turned, input, before, end);
    if (back) return { stride: back.stride, step: -back.step, first: last * back.step - before };
  }
  return null;
}

/** @param {number[][]} index @param {number} input @param {number} before @param {number} end of a border that repeats the input; -Infinity: of zeros */
function distances(index, input, before, end) {
  const outputs = index.length;
  const taps = index[0]?.length ?? 0;
  if (!taps) return null;
  const most = before + input;
  const widest = taps > 1 ? Math.floor((2 * most) / (taps - 1)) + 1 : 1;
  const longest = outputs > 1 ? Math.floor(most / (outputs - 1)) + 1 : 1;
  for (let step = 1; step <= widest; step++) {
    for (let stride = 1; stride <= longest; stride++) {
      if (explains(index, input, before, stride, step, end)) return { stride, step };
    }
  }
  return null;
}

/** @param {number[][]} index @param {number} input @param {number} before @param {number} stride @param {number} step @param {number} end */
function explains(index, input, before, stride, step, end) {
  for (let output = 0; output < index.length; output++) {
    const row = index[output];
    for (let tap = 0; tap < row.length; tap++) {
      const at = output * stride - before + tap * step;
      const inside = at >= 0 && at < input;
      if (inside ? row[tap] !== at : row[tap] !== -1 && at >= end) return false;
    }
  }
  return true;
}
