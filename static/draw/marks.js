/** The marks over a picture: what a cursor concerns, cell for cell. They are all that is drawn while it moves. */
import { fill, inline, oneCell, outline, place } from "./overlay.js";
import { colours } from "./theme.js";
import { runs } from "./window.js";

/** @typedef {import("./frame.js").Frame} Frame @typedef {import("./frame.js").Extent} Extent */
/** @typedef {import("./scene.js").Windows} Windows @typedef {import("./window.js").Tap} Tap */
/** @typedef {import("./types.js").Cursor} Cursor @typedef {import("./types.js").Winner} Winner */
/** @typedef {CanvasRenderingContext2D} Context */

/** Px per cell from which on the cells of a window are told apart: with gaps between them, and without. */
const APART = { gaps: 6, none: 14 };
/** How much of the paper covers what lies in a window and takes no part. */
const VEIL = { gap: 0.65, loser: 0.5 };

/** @param {boolean} pinned */
const lineOf = (pinned) => (pinned ? 3 : 2);

/**
 * The marks of the cursor in the input: the window of an output cell, or the input cell itself.
 * @param {Context} context @param {Frame} frame @param {Windows} windows @param {Cursor} cursor @param {boolean} pinned
 * @param {Winner | null} winner of an output cell; it need not be this one
 */
export function markInput(context, frame, { rows, columns }, cursor, pinned, winner) {
  if (cursor.pane === "input") return markCell(context, frame, cursor, pinned);
  const [ys, xs] = [rows.taps(cursor.y), columns.taps(cursor.x)];
  const won = winner && winner.y === cursor.y && winner.x === cursor.x ? winner.cells : [];
  block(context, frame, at(ys), at(xs), lineOf(pinned), won);
  for (const cells of copied(ys, xs)) outline(context, frame, cells, { width: 1.5, dashed: true });
}

/**
 * The marks in the output: the cell itself, or all cells that an input cell reaches.
 * @param {Context} context @param {Frame} frame @param {Windows} windows @param {Cursor} cursor @param {boolean} pinned
 */
export function markOutput(context, frame, { rows, columns }, cursor, pinned) {
  if (cursor.pane === "output") return markCell(context, frame, cursor, pinned);
  const [ys, xs] = [rows.reached(cursor.y), columns.reached(cursor.x)];
  if (even(ys) && even(xs)) return block(context, frame, ys, xs, lineOf(pinned), []);
  for (const cells of crossed(runs(ys), runs(xs))) outline(context, frame, cells, { width: lineOf(pinned) });
}

/** The cell itself. @param {Context} context @param {Frame} frame @param {{y: number, x: number}} cell @param {boolean} pinned */
export function markCell(context, frame, { y, x }, pinned) {
  outline(context, frame, oneCell(y, x), { width: lineOf(pinned) });
}

/** A cell that is pointed out within what is marked. @param {Context} context @param {Frame} frame @param {{y: number, x: number}} cell */
export function markLit(context, frame, { y, x }) {
  outline(context, frame, oneCell(y, x), { width: 3, colour: colours().warn });
}

/**
 * Rows crossed with columns, as a window reads them or an input cell reaches them: what lies between fades, and where
 * one of them wins, so do the others.
 * @param {Context} context @param {Frame} frame @param {number[]} ys @param {number[]} xs @param {number} width of the line
 * @param {{y: number, x: number}[]} won
 */
function block(context, frame, ys, xs, width, won) {
  const around = bounds(ys, xs);
  if (!around) return;
  const gaps = hasGaps(ys) || hasGaps(xs);
  const small = frame.cellWidth < APART.gaps;
  const all = ys.flatMap((y) => xs.map((x) => oneCell(y, x)));
  const winners = won.map(({ y, x }) => oneCell(y, x));
  if (gaps) veil(context, frame, around, VEIL.gap, all, small);
  if (winners.length > 0) {
    for (const cells of gaps ? all : [around]) veil(context, frame, cells, VEIL.loser, [], false);
    for (const cell of winners) veil(context, frame, cell, 0, [cell], small);
  }
  outline(context, frame, around, { width });
  if (frame.cellWidth >= (gaps ? APART.gaps : APART.none))
    for (const cell of all) inline(context, frame, cell, gaps ? 2 : 1);
  if (!small) for (const cell of winners) inline(context, frame, cell, 4);
}

/**
 * Paper over cells, but not over some of them: these stay as they are, and are dots while cells are small.
 * @param {Context} context @param {Frame} frame @param {Extent} around @param {number} share @param {Extent[]} spared @param {boolean} small
 */
function veil(context, frame, around, share, spared, small) {
  if (share > 0) fill(context, frame, around, colours().paper, share);
  for (const cell of spared) {
    if (small) fill(context, frame, cell, colours().accent, 1);
    else context.clearRect(...place(frame, cell));
  }
}

/**
 * The input cells that stand in for padding: mirrored, repeated, wrapped.
 * @param {Tap[]} ys @param {Tap[]} xs @returns {Extent[]}
 */
function copied(ys, xs) {
  const reads = (/** @type {Tap[]} */ taps, /** @type {boolean} */ copy) => {
    const cells = taps
      .filter((tap) => tap.reads >= 0 && (tap.at !== tap.reads) === copy)
      .map((tap) => tap.reads);
    return runs([...new Set(cells)].sort((a, b) => a - b));
  };
  const [rows, columns] = [reads(ys, true), reads(xs, true)];
  return [crossed(rows, columns), crossed(rows, reads(xs, false)), crossed(reads(ys, false), columns)].flat();
}

/** @param {[number, number][]} rows @param {[number, number][]} columns @returns {Extent[]} */
function crossed(rows, columns) {
  return rows.flatMap(([top, bottom]) => columns.map(([left, right]) => ({ left, top, right, bottom })));
}

/**
 * The cells that the cursor concerns in a pane, to bring them into view; null when there are none.
 * @param {"input" | "output"} pane @param {Windows} windows @param {Cursor} cursor
 * @returns {Extent | null}
 */
export function concerned(pane, { rows, columns }, cursor) {
  if (cursor.pane === pane) return oneCell(cursor.y, cursor.x);
  if (pane === "input") return bounds(at(rows.taps(cursor.y)), at(columns.taps(cursor.x)));
  return bounds(rows.reached(cursor.y), columns.reached(cursor.x));
}

/** @param {number[]} rows @param {number[]} columns @returns {Extent | null} what holds them all */
function bounds(rows, columns) {
  if (!rows.length || !columns.length) return null;
  return {
    left: Math.min(...columns),
    top: Math.min(...rows),
    right: Math.max(...columns) + 1,
    bottom: Math.max(...rows) + 1,
  };
}

/** @param {Tap[]} taps */
function at(taps) {
  return taps.map((tap) => tap.at);
}

/** @param {number[]} cells */
function hasGaps(cells) {
  return cells.length > 1 && Math.abs(cells[1] - cells[0]) > 1;
}

/** Whether all neighbours are equally far apart. @param {number[]} cells */
function even(cells) {
  return cells.every((cell, i) => i < 2 || cell - cells[i - 1] === cells[1] - cells[0]);
}
