/** Numbers printed into cells that are large enough to hold them. */
import { luminance } from "./colour.js";

/** @typedef {import("./frame.js").Frame} Frame */

/** From this many px per cell on, it is worth having the values of the visible cells. */
export const VALUES_FROM = 24;

/** The smallest type worth printing, px. */
const LEGIBLE = 8.5;
/** Width of a digit and height of a line, in type sizes. */
const DIGIT = 0.62;
const LINE = 1.12;
/** Small type in several lines is heavier, and closer: digits have no descenders. */
const CLOSE = 1.06;
const HEAVY = 600;
const DARK = "#000";
const LIGHT = "#fff";
/** Marks beside the three numbers of a coloured cell: red, green, blue, told apart also by their order. */
const CHANNELS = ["#e5484d", "#30a46c", "#3b82f6"];

/**
 * A number as short as five digits allow; whole numbers stay whole.
 * @param {number} value
 */
export function printed(value) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  const whole = Number.isInteger(value) && size < 1e7;
  const text = whole ? String(size) : size >= 1e6 || size < 1e-4 ? size.toExponential(2) : trimmed(size);
  return value < 0 ? `−${text}` : text;
}

/** @param {number} size */
function trimmed(size) {
  const digits = size >= 1 ? 4 - Math.floor(Math.log10(size)) : 4;
  const text = size.toFixed(Math.max(0, digits));
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/**
 * Type size for texts of so many lines in a cell, or 0 when it would not be legible.
 * @param {number} cell px @param {number} characters of the longest line @param {number} lines
 */
export function typeSize(cell, characters, lines) {
  const line = lines > 1 ? CLOSE : LINE;
  const size = Math.min((cell * 0.82) / (characters * DIGIT), (cell * 0.88) / (lines * line), cell * 0.38);
  return size >= LEGIBLE ? Math.min(size, 16) : 0;
}

/**
 * @param {CanvasRenderingContext2D} context @param {Frame} frame
 * @param {{left: number, top: number, right: number, bottom: number}} cells
 * @param {(y: number, x: number) => string[] | null} textOf the lines of a cell
 * @param {{lines: number, characters: number, font: string, ink?: string,
 *   ground?: (y: number, x: number) => number}} type characters of the longest line to expect; ground: the pixel under a
 *   cell's numbers, for their contrast, or else their colour
 */
export function printValues(context, frame, cells, textOf, { lines, characters, font, ground, ink = "" }) {
  const size = typeSize(frame.cellWidth, lines > 1 ? characters + 1 : characters, lines) * frame.ratio;
  if (!size) return;
  context.font = `${lines > 1 ? HEAVY : 400} ${size.toFixed(1)}px ${font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (let y = cells.top; y < cells.bottom; y++) {
    for (let x = cells.left; x < cells.right; x++) {
      const texts = textOf(y, x);
      if (!texts) continue;
      context.fillStyle = ground ? (luminance(ground(y, x)) > 0.18 ? DARK : LIGHT) : ink;
      printCell(context, texts, frame.toX(x + 0.5), frame.toY(y + 0.5), size);
    }
  }
}

/** @param {CanvasRenderingContext2D} context @param {string[]} texts @param {number} x @param {number} y @param {number} size */
function printCell(context, texts, x, y, size) {
  const ink = context.fillStyle;
  const shift = texts.length > 1 ? size * 0.3 : 0;
  texts.forEach((text, i) => {
    const lineY = y + (i - (texts.length - 1) / 2) * size * CLOSE;
    context.fillText(text, x + shift, lineY + size * 0.06);
    if (texts.length < 2) return;
    // A rim of the type's own colour tells each mark from any ground.
    const [left, top, rim] = [x - size * 1.2, lineY - size * 0.34, Math.max(1, size * 0.08)];
    context.fillRect(left - rim, top - rim, size * 0.28 + 2 * rim, size * 0.68 + 2 * rim);
    context.fillStyle = CHANNELS[i];
    context.fillRect(left, top, size * 0.28, size * 0.68);
    context.fillStyle = ink;
  });
}
