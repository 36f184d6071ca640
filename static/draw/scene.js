/** What stands in the two panes: the picture with what belongs to it. */
import { edge, GRID_FROM, grid, hatch, ticks } from "./overlay.js";
import { colours } from "./theme.js";
import { printed, printValues, VALUES_FROM } from "./values.js";

/** @typedef {import("./frame.js").Frame} Frame @typedef {import("./frame.js").Extent} Extent */
/** @typedef {import("./window.js").AxisWindows} AxisWindows */
/** @typedef {import("./types.js").Cursor} Cursor @typedef {import("./types.js").Values} Values */
/** @typedef {CanvasRenderingContext2D} Context */

/** Bands of unread cells that are hatched even when they are thin. */
const SPARSE = 4;
/** How far unread cells fade: less where they are most of the picture, so that it can still be recognised. */
const FADING = { few: 0.6, most: 0.35 };

/**
 * @typedef {object} Scene
 * @property {import("./bitmap.js").Bitmap} bitmap
 * @property {Uint8Array[] | null} [channels] levels to print (input)
 * @property {Values | null} [values] exact values to print (output)
 * @property {import("./border.js").Border | null} [border]
 * @property {boolean} [zeros] what no cell fills of the border is filled with zeros
 * @typedef {{rows: AxisWindows, columns: AxisWindows}} Windows
 */

/**
 * @param {Context} context @param {Frame} frame @param {Scene} scene
 * @param {Windows | null} [windows] given for the input: its border and the cells never read are shown
 */
export function paintScene(context, frame, scene, windows = null) {
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  if (!scene.bitmap.width) return;
  const { extent } = frame;
  if (windows) scene.border?.paint(context, frame);
  blit(context, frame, scene.bitmap);
  const cells = frame.visible();
  if (windows) unread(context, frame, windows);
  grid(context, frame, windows ? frame.within(extent) : cells);
  edge(context, frame, { left: 0, top: 0, right: frame.columns, bottom: frame.rows });
  if (frame.cellWidth < VALUES_FROM) return;
  print(context, frame, scene, cells, windows);
  if (windows && scene.channels) scene.border?.print(context, frame, scene.channels, scene.zeros === true);
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
  const ground = (/** @type {number} */ y, /** @type {number} */ x) => bitmap.pixels[y * bitmap.width + x];
  if (channels) {
    const text = (/** @type {number} */ y, /** @type {number} */ x) =>
      windows?.rows.isUnread(y) || windows?.columns.isUnread(x)
        ? null
        : channels.map((levels) => String(levels[y * bitmap.width + x]));
    printValues(context, frame, visible, text, { lines: channels.length, characters: 3, font, ground });
  } else if (values) {
    const [top, left, height, width] = values.region;
    const cells = overlap({ left, top, right: left + width, bottom: top + height }, visible);
    const at = (/** @type {number} */ y, /** @type {number} */ x) =>
      values.data[(y - top) * width + x - left];
    const text = (/** @type {number} */ y, /** @type {number} */ x) =>
      at(y, x) === undefined ? null : [printed(at(y, x))];
    printValues(context, frame, cells, text, { lines: 1, characters: longest(values.data), font, ground });
  }
}

/** @param {Float32Array} data at least 3, so that type does not change size for a lone small region */
function longest(data) {
  return data.reduce((most, value) => Math.max(most, printed(value).length), 3);
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
