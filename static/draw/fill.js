/**
 * The output being made: what is not there yet stands faded. While a window slides, that is what comes after its cell;
 * while an input cell spreads over its outputs, what no cell has reached yet, and less so what others will add to.
 *
 * @import { Cursor } from "./types.js"
 * @import { Extent, Frame } from "./frame.js"
 * @import { AxisWindows } from "./window.js"
 * @typedef {{rows: AxisWindows, columns: AxisWindows}} Windows
 * @typedef {{share: number, cells: Extent[]}} Layer share: how much of the paper covers these cells
 */

import { place } from "./overlay.js";
import { colours } from "./theme.js";

const FADED = 0.55;
/** Two layers that together fade as much. */
const HALF = 0.33;

/**
 * Every row from the step on down, and of the rows in which the step lies what comes after it.
 * @param {number} from the first row of the step @param {number} to the first row after it @param {number} after column
 * @param {{rows: number, columns: number}} map
 */
function stairs(from, to, after, { rows, columns }) {
  const cells = [
    { left: after, right: columns, top: from, bottom: to },
    { left: 0, right: columns, top: to, bottom: rows },
  ];
  return cells.filter(({ left, right, top, bottom }) => left < right && top < bottom);
}

/** @param {Cursor} cursor @param {Windows | null} windows @param {{rows: number, columns: number}} map @returns {Layer[]} */
export function unfilled({ pane, y, x }, windows, map) {
  if (pane === "output") return [{ share: FADED, cells: stairs(y, y + 1, x + 1, map) }];
  if (!windows) return [];
  const { rows, columns } = windows;
  const done = stairs(first(rows, y), first(rows, y + 1), first(columns, x + 1), map);
  const touched = stairs(end(rows, y - 1), end(rows, y), end(columns, x), map);
  return [done, touched].map((cells) => ({ share: HALF, cells }));
}

/** The first output that an input cell, or one after it, reaches. @param {AxisWindows} axis @param {number} cell */
function first(axis, cell) {
  for (let at = cell; at < axis.input; at++) {
    const [reached] = axis.reached(at);
    if (reached !== undefined) return reached;
  }
  return axis.output;
}

/** Where the outputs end that an input cell, or one before it, reaches. @param {AxisWindows} axis @param {number} cell */
function end(axis, cell) {
  for (let at = cell; at >= 0; at--) {
    const reached = axis.reached(at).at(-1);
    if (reached !== undefined) return reached + 1;
  }
  return 0;
}

/** @param {CanvasRenderingContext2D} context @param {Frame} frame @param {Layer[]} layers */
export function fade(context, frame, layers) {
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  context.fillStyle = colours().paper;
  for (const { share, cells } of layers) {
    context.globalAlpha = share;
    for (const each of cells) context.fillRect(...place(frame, each));
  }
  context.globalAlpha = 1;
}
