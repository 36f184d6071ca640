/** What stands in the two panes: first the picture with what belongs to it, then the marks of a cursor. */
import { edge, fill, GRID_FROM, grid, hatch, inline, oneCell, outline, ticks } from "./overlay.js";
import { colours } from "./theme.js";
import { printed, printValues, VALUES_FROM } from "./values.js";
import { runs } from "./window.js";

/** @typedef {import("./frame.js").Frame} Frame @typedef {import("./frame.js").Extent} Extent */
/** @typedef {import("./window.js").AxisWindows} AxisWindows @typedef {import("./window.js").Tap} Tap */
/** @typedef {import("./types.js").Cursor} Cursor @typedef {import("./types.js").Values} Values */
/** @typedef {CanvasRenderingContext2D} Context */

/** Bands of unread cells that are hatched even when they are thin. */
const SPARSE = 4;
/** How far unread cells fade: less where they are most of the picture, so that it can still be recognised. */
const FADING = { few: 0.6, most: 0.35 };

/**
 * @typedef {{
 *   bitmap: import("./bitmap.js").Bitmap,
 *   channels: Uint8Array[] | null,
 *   values: Values | null,
 *   border: import("./border.js").Border | null,
 * }} Scene channels: levels to print (input); values: exact values to print (output)
 * @typedef {{rows: AxisWindows, columns: AxisWindows}} Windows
 */

/**
 * @param {Context} context @param {Frame} frame @param {Scene} scene
 * @param {Windows | null} windows given for the input: its border and the cells never read are shown
 */
export function paintScene(context, frame, scene, windows) {
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  if (!scene.bitmap.width) return;
  const { extent } = frame;
  if (windows) scene.border?.paint(context, frame);
  blit(context, frame, scene.bitmap);
  const cells = frame.visible();
  if (windows) unread(context, frame, windows);
  grid(context, frame, windows ? overlap(extent, seen(frame)) : cells);
  edge(context, frame, { left: 0, top: 0, right: frame.columns, bottom: frame.rows });
  if (frame.cellWidth >= VALUES_FROM) print(context, frame, scene, cells, windows);
}

/** Enlarged crisp, reduced smooth. @param {Context} context @param {Frame} frame @param {Scene["bitmap"]} bitmap */
function blit(context, frame, bitmap) {
  const { left, top, right, bottom } = frame.visible();
  const [width, height] = [right - left, bottom - top];
  if (width <= 0 || height <= 0) return;
  const { step, stepDown } = frame;
  context.imageSmoothingEnabled = step < 1;
  // Below half size the browser must average more than four cells; above, the quicker way looks the same.
  context.imageSmoothingQuality = step < 0.5 ? "medium" : "low";
  context.drawImage(
    bitmap.canvas,
    left,
    top,
    width,
    height,
    frame.toX(left),
    frame.toY(top),
    width * step,
    height * stepDown,
  );
}

/** @param {Context} context @param {Frame} frame @param {Windows} windows */
function unread(context, frame, { rows, columns }) {
  const [right, bottom] = [frame.columns, frame.rows];
  if (columns.unread.length + rows.unread.length === 0) return;
  const bands = [
    ...columns.unread.map(([from, to]) => ({ left: from, right: to, top: 0, bottom })),
    ...rows.unread.map(([from, to]) => ({ left: 0, right, top: from, bottom: to })),
  ];
  // Many thin bands would drown the picture in lines: then they are only faded.
  const lines = frame.cellWidth >= GRID_FROM || bands.length <= SPARSE;
  const kept = (1 - total(columns.unread) / right) * (1 - total(rows.unread) / bottom);
  const fading = kept < 0.5 ? FADING.most : FADING.few;
  for (const band of bands) hatch(context, frame, band, lines, fading);
  if (frame.cellWidth < GRID_FROM) ticks(context, frame, columns.unread, rows.unread);
}

/** @param {[number, number][]} bands */
function total(bands) {
  return bands.reduce((sum, [from, to]) => sum + to - from, 0);
}

/**
 * What is never read stays unprinted: it is hatched, and takes no part.
 * @param {Context} context @param {Frame} frame @param {Scene} scene @param {Extent} visible
 * @param {Windows | null} windows
 */
function print(context, frame, { bitmap, channels, values }, visible, windows) {
  const { font } = colours();
  if (channels) {
    const text = (/** @type {number} */ y, /** @type {number} */ x) =>
      windows?.rows.isUnread(y) || windows?.columns.isUnread(x)
        ? null
        : channels.map((levels) => String(levels[y * bitmap.width + x]));
    printValues(context, frame, bitmap, visible, text, { lines: channels.length, characters: 3, font });
  } else if (values) {
    const [top, left, height, width] = values.region;
    const cells = overlap({ left, top, right: left + width, bottom: top + height }, visible);
    const at = (/** @type {number} */ y, /** @type {number} */ x) =>
      values.data[(y - top) * width + x - left];
    const text = (/** @type {number} */ y, /** @type {number} */ x) =>
      at(y, x) === undefined ? null : [printed(at(y, x))];
    printValues(context, frame, bitmap, cells, text, { lines: 1, characters: longest(values.data), font });
  }
}

/** @param {Float32Array} data at least 3, so that type does not change size for a lone small region */
function longest(data) {
  return data.reduce((most, value) => Math.max(most, printed(value).length), 3);
}

/**
 * The marks of the cursor in the input: the window of an output cell, or the input cell itself.
 * @param {Context} context @param {Frame} frame @param {Windows} windows @param {Cursor} cursor @param {boolean} pinned
 */
export function markInput(context, frame, { rows, columns }, cursor, pinned) {
  const width = pinned ? 3 : 2;
  if (cursor.pane === "input") {
    outline(context, frame, oneCell(cursor.y, cursor.x), { width });
    return;
  }
  const [ys, xs] = [rows.taps(cursor.y), columns.taps(cursor.x)];
  const around = bounds(ys, xs);
  if (!around) return;
  const gaps = hasGaps(ys) || hasGaps(xs);
  if (gaps) veilGaps(context, frame, around, ys, xs);
  outline(context, frame, around, { width });
  if (frame.cellWidth >= (gaps ? 6 : 14)) {
    for (const y of ys) for (const x of xs) inline(context, frame, oneCell(y.at, x.at), gaps ? 2 : 1);
  }
  for (const cells of copied(ys, xs)) outline(context, frame, cells, { width: 1.5, dashed: true });
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
  const pairs = [rows, rows, reads(ys, false)].map((down, i) => [down, i === 1 ? reads(xs, false) : columns]);
  return pairs.flatMap(([down, along]) =>
    down.flatMap(([top, bottom]) => along.map(([left, right]) => ({ left, top, right, bottom }))),
  );
}

/**
 * Dilation: what lies between the cells that are read fades; those read stay as they are, and are dots while
 * cells are small.
 * @param {Context} context @param {Frame} frame @param {Extent} around @param {Tap[]} ys @param {Tap[]} xs
 */
function veilGaps(context, frame, around, ys, xs) {
  const small = frame.cellWidth < 6;
  const [rows, columns] = [new Set(ys.map((tap) => tap.at)), new Set(xs.map((tap) => tap.at))];
  if (small) fill(context, frame, around, colours().paper, 0.5);
  for (let y = around.top; y < around.bottom; y++) {
    for (let x = around.left; x < around.right; x++) {
      const read = rows.has(y) && columns.has(x);
      if (read && small) fill(context, frame, oneCell(y, x), colours().accent, 1);
      if (!read && !small) fill(context, frame, oneCell(y, x), colours().paper, 0.65);
    }
  }
}

/**
 * The marks in the output: the cell itself, or all cells that an input cell reaches.
 * @param {Context} context @param {Frame} frame @param {Windows} windows @param {Cursor} cursor @param {boolean} pinned
 */
export function markOutput(context, frame, { rows, columns }, cursor, pinned) {
  const width = pinned ? 3 : 2;
  if (cursor.pane === "output") {
    outline(context, frame, oneCell(cursor.y, cursor.x), { width });
    return;
  }
  const [ys, xs] = [runs(rows.reached(cursor.y)), runs(columns.reached(cursor.x))];
  for (const [top, bottom] of ys) {
    for (const [left, right] of xs) {
      outline(context, frame, { left, top, right, bottom }, { width });
    }
  }
}

/** Where no windows are known: the cell itself. @param {Context} context @param {Frame} frame @param {Cursor} cursor @param {boolean} pinned */
export function markCell(context, frame, { y, x }, pinned) {
  outline(context, frame, oneCell(y, x), { width: pinned ? 3 : 2 });
}

/**
 * The cells that the cursor concerns in a pane, to bring them into view; null when there are none.
 * @param {"input" | "output"} pane @param {Windows} windows @param {Cursor} cursor
 * @returns {Extent | null}
 */
export function concerned(pane, { rows, columns }, cursor) {
  if (cursor.pane === pane) return oneCell(cursor.y, cursor.x);
  if (pane === "input") return bounds(rows.taps(cursor.y), columns.taps(cursor.x));
  const [ys, xs] = [rows.reached(cursor.y), columns.reached(cursor.x)];
  if (!ys.length || !xs.length) return null;
  return { left: xs[0], top: ys[0], right: (xs.at(-1) ?? 0) + 1, bottom: (ys.at(-1) ?? 0) + 1 };
}

/** @param {Tap[]} ys @param {Tap[]} xs @returns {Extent | null} */
function bounds(ys, xs) {
  if (!ys.length || !xs.length) return null;
  const [rows, columns] = [ys.map((tap) => tap.at), xs.map((tap) => tap.at)];
  return {
    left: Math.min(...columns),
    top: Math.min(...rows),
    right: Math.max(...columns) + 1,
    bottom: Math.max(...rows) + 1,
  };
}

/** @param {Tap[]} taps */
function hasGaps(taps) {
  return taps.length > 1 && Math.abs(taps[1].at - taps[0].at) > 1;
}

/** @param {Frame} frame @returns {Extent} all that shows, padding and what lies beyond included */
function seen(frame) {
  return {
    left: Math.floor(frame.x),
    top: Math.floor(frame.y),
    right: Math.ceil(frame.x + frame.width / frame.cellWidth),
    bottom: Math.ceil(frame.y + frame.height / frame.cellHeight),
  };
}

/** @param {Extent} a @param {Extent} b @returns {Extent} */
function overlap(a, b) {
  return {
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  };
}
