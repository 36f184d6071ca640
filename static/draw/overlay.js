/** Marks over a picture, all in cells: outlines, fills, hatching, grid, the ticks beside what is never read. */
import { colours } from "./theme.js";

/** @typedef {import("./frame.js").Frame} Frame @typedef {import("./frame.js").Extent} Extent */
/** @typedef {CanvasRenderingContext2D} Context */

/** From this many px per cell on, cells are told apart by lines. */
export const GRID_FROM = 8;

/** The smallest outline, px: a single cell of a whole photo must still be found. */
const FINDABLE = 9;

/**
 * The device rectangle of some cells: x, y, width, height.
 * @param {Frame} frame @param {Extent} cells @returns {[number, number, number, number]}
 */
export function place(frame, { left, top, right, bottom }) {
  const x = Math.round(frame.toX(left));
  const y = Math.round(frame.toY(top));
  return [x, y, Math.round(frame.toX(right)) - x, Math.round(frame.toY(bottom)) - y];
}

/** @param {number} y @param {number} x @returns {Extent} */
export function oneCell(y, x) {
  return { left: x, top: y, right: x + 1, bottom: y + 1 };
}

/**
 * A line around cells, outside them, with a rim of paper so that it shows on any picture.
 * @param {Context} context @param {Frame} frame @param {Extent} cells
 * @param {{width?: number, dashed?: boolean, colour?: string}} [look]
 */
export function outline(context, frame, cells, { width = 2, dashed = false, colour } = {}) {
  const { ratio } = frame;
  const line = width * ratio;
  let [x, y, w, h] = place(frame, cells);
  const [growX, growY] = [w, h].map((side) => Math.max(line / 2, (FINDABLE * ratio - side) / 2));
  [x, y, w, h] = [x - growX, y - growY, w + 2 * growX, h + 2 * growY];
  context.setLineDash([]);
  context.strokeStyle = colours().paper;
  context.lineWidth = line + 2 * ratio;
  context.strokeRect(x, y, w, h);
  if (dashed) context.setLineDash([3 * ratio, 2 * ratio]);
  context.strokeStyle = colour ?? colours().accent;
  context.lineWidth = line;
  context.strokeRect(x, y, w, h);
  context.setLineDash([]);
}

/** A line within cells, at their edge. @param {Context} context @param {Frame} frame @param {Extent} cells @param {number} width */
export function inline(context, frame, cells, width) {
  const line = width * frame.ratio;
  const [x, y, w, h] = place(frame, cells);
  context.strokeStyle = colours().accent;
  context.lineWidth = line;
  context.strokeRect(x + line / 2, y + line / 2, w - line, h - line);
}

/** A hairline around a picture, so that a pale map still has its shape. @param {Context} context @param {Frame} frame @param {Extent} cells */
export function edge(context, frame, cells) {
  const line = Math.max(1, Math.round(frame.ratio));
  const [x, y, w, h] = place(frame, cells);
  context.strokeStyle = colours().muted;
  context.globalAlpha = 0.5;
  context.lineWidth = line;
  context.strokeRect(x - line / 2, y - line / 2, w + line, h + line);
  context.globalAlpha = 1;
}

/** @param {Context} context @param {Frame} frame @param {Extent} cells @param {string} colour @param {number} alpha */
export function fill(context, frame, cells, colour, alpha) {
  context.globalAlpha = alpha;
  context.fillStyle = colour;
  context.fillRect(...place(frame, cells));
  context.globalAlpha = 1;
}

/**
 * Lines between cells, over the cells from left, top to right, bottom; nothing when cells are small.
 * @param {Context} context @param {Frame} frame @param {Extent} cells @param {number} [alpha]
 */
export function grid(context, frame, cells, alpha = 0.45) {
  if (frame.cellWidth < GRID_FROM) return;
  const [x, y, w, h] = place(frame, cells);
  const line = Math.max(1, Math.round(frame.ratio));
  context.globalAlpha = alpha * Math.min(1, (frame.cellWidth - GRID_FROM + 3) / 10);
  context.fillStyle = colours().muted;
  for (let column = cells.left + 1; column < cells.right; column++) {
    context.fillRect(Math.round(frame.toX(column)), y, line, h);
  }
  for (let row = cells.top + 1; row < cells.bottom; row++) {
    context.fillRect(x, Math.round(frame.toY(row)), w, line);
  }
  context.globalAlpha = 1;
}

/** @type {{key: string, canvas: HTMLCanvasElement} | null} */
let tile = null;

/** @param {number} ratio @param {string} colour */
function hatchTile(ratio, colour) {
  const key = `${ratio} ${colour}`;
  if (tile?.key !== key) {
    const side = Math.round(6 * ratio);
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = side;
    const context = /** @type {Context} */ (canvas.getContext("2d"));
    context.strokeStyle = colour;
    context.lineWidth = 1.25 * ratio;
    for (const shift of [-side, 0, side]) {
      context.moveTo(shift - 1, side + 1);
      context.lineTo(shift + side + 1, -1);
    }
    context.stroke();
    tile = { key, canvas };
  }
  return tile.canvas;
}

/** Faded and hatched: these cells take no part. @param {Context} context @param {Frame} frame @param {Extent} cells @param {boolean} lines @param {number} fading */
export function hatch(context, frame, cells, lines, fading) {
  fill(context, frame, cells, colours().paper, fading);
  if (!lines) return;
  const pattern = context.createPattern(hatchTile(frame.ratio, colours().ink), "repeat");
  context.fillStyle = pattern ?? colours().muted;
  context.globalAlpha = 0.75;
  context.fillRect(...place(frame, cells));
  context.globalAlpha = 1;
}

/**
 * Short bars just outside a picture's top and left edge, beside runs of columns and rows.
 * @param {Context} context @param {Frame} frame
 * @param {[number, number][]} columns @param {[number, number][]} rows
 */
export function ticks(context, frame, columns, rows) {
  const { ratio } = frame;
  const [x, y] = place(frame, frame.extent);
  const [long, gap] = [5 * ratio, 2 * ratio];
  context.fillStyle = colours().warn;
  for (const [from, to] of columns) {
    const [left, , width] = place(frame, { left: from, right: to, top: 0, bottom: 1 });
    context.fillRect(left, y - gap - long, Math.max(width, ratio), long);
  }
  for (const [from, to] of rows) {
    const [, top, , height] = place(frame, { left: 0, right: 1, top: from, bottom: to });
    context.fillRect(x - gap - long, top, long, Math.max(height, ratio));
  }
}
