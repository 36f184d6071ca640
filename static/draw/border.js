/** What padding holds: copies of cells by which its border lies, mirrored, repeated or wrapped, or zero. */
import { Bitmap } from "./bitmap.js";
import { colours } from "./theme.js";
import { printValues } from "./values.js";
import { NEVER, ZERO } from "./window.js";

/** @typedef {import("./window.js").AxisWindows} AxisWindows @typedef {import("./frame.js").Frame} Frame */

/** A copy is greyed, so that the picture's own edge is seen: this much of it, the rest is grey. */
const OWN = 0.6;
const GREY = 128;

export class Border {
  constructor() {
    this.bitmap = new Bitmap();
    /** Is any cell of the border a copy of an input cell? Else it is all zeros. */
    this.copies = false;
    /** What each padded row and column reads. */
    this.rows = new Int32Array();
    this.columns = new Int32Array();
    this.width = 0;
  }

  /**
   * Fill the bitmap of input and border together; a border of zeros needs none.
   * @param {Bitmap} input @param {AxisWindows} rows @param {AxisWindows} columns
   */
  build(input, rows, columns) {
    const [ys, xs] = [rows.border(), columns.border()];
    Object.assign(this, { rows: ys, columns: xs, width: input.width });
    this.copies = copiesOf(ys, rows) || copiesOf(xs, columns);
    if (!this.copies) return;
    this.bitmap.draw(xs.length, ys.length, (pixels) => {
      let i = 0;
      for (const y of ys) {
        const row = y * input.width;
        for (const x of xs) pixels[i++] = y >= 0 && x >= 0 ? greyed(input.pixels[row + x]) : 0;
      }
    });
  }

  /**
   * Paint the border, and under the picture, which is painted over it.
   * @param {CanvasRenderingContext2D} context @param {Frame} frame
   */
  paint(context, frame) {
    const { left, top, right, bottom } = frame.extent;
    const [x, y] = [frame.toX(left), frame.toY(top)];
    const [width, height] = [(right - left) * frame.step, (bottom - top) * frame.stepDown];
    context.fillStyle = colours().line;
    context.fillRect(Math.round(x), Math.round(y), Math.round(width), Math.round(height));
    if (!this.copies) return;
    context.imageSmoothingEnabled = frame.step < 1;
    context.drawImage(this.bitmap.canvas, x, y, width, height);
  }

  /**
   * The levels that stand in the border's cells.
   * @param {CanvasRenderingContext2D} context @param {Frame} frame @param {Uint8Array[]} channels of the input
   * @param {boolean} zeros whether what copies no cell is known to be zero
   */
  print(context, frame, channels, zeros) {
    const { extent, columns: across, rows: down } = frame;
    const { font, muted } = colours();
    const { width, pixels } = this.bitmap;
    const reads = (/** @type {number} */ y, /** @type {number} */ x) => {
      const outside = y < 0 || x < 0 || y >= down || x >= across;
      return outside ? [this.rows[y - extent.top], this.columns[x - extent.left]] : [NEVER, NEVER];
    };
    const cells = frame.within(extent);
    if (this.copies) {
      const ground = (/** @type {number} */ y, /** @type {number} */ x) =>
        pixels[(y - extent.top) * width + x - extent.left];
      const copy = (/** @type {number} */ y, /** @type {number} */ x) => {
        const [row, column] = reads(y, x);
        if (row < 0 || column < 0) return null;
        return channels.map((levels) => String(levels[row * this.width + column]));
      };
      printValues(context, frame, cells, copy, { lines: channels.length, characters: 3, font, ground });
    } else if (zeros) {
      const zero = (/** @type {number} */ y, /** @type {number} */ x) =>
        Math.min(...reads(y, x)) === ZERO ? ["0"] : null;
      printValues(context, frame, cells, zero, { lines: 1, characters: 3, font, ink: muted });
    }
  }
}

/** @param {number} pixel */
function greyed(pixel) {
  const part = (/** @type {number} */ shift) =>
    Math.round(((pixel >>> shift) & 255) * OWN + GREY * (1 - OWN)) << shift;
  return (0xff000000 | part(16) | part(8) | part(0)) >>> 0;
}

/** @param {Int32Array} border @param {AxisWindows} axis */
function copiesOf(border, { before, input }) {
  return border.some((reads, i) => reads >= 0 && (i < before || i >= before + input));
}
