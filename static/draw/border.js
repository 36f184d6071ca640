/** What padding is filled with: the input around which its border lies, mirrored, repeated or wrapped, or zero. */
import { Bitmap } from "./bitmap.js";
import { colours } from "./theme.js";

/** @typedef {import("./window.js").AxisWindows} AxisWindows @typedef {import("./frame.js").Frame} Frame */

export class Border {
  constructor() {
    this.bitmap = new Bitmap();
    /** Is any cell of the border a copy of an input cell? Else it is all zeros. */
    this.copies = false;
  }

  /**
   * Fill the bitmap of input and border together; a border of zeros needs none.
   * @param {Bitmap} input @param {AxisWindows} rows @param {AxisWindows} columns
   */
  build(input, rows, columns) {
    const [ys, xs] = [rows.border(), columns.border()];
    this.copies = copiesOf(ys, rows) || copiesOf(xs, columns);
    if (!this.copies) return;
    this.bitmap.size(xs.length, ys.length);
    const { pixels } = this.bitmap;
    let i = 0;
    for (const y of ys) {
      const row = y * input.width;
      for (const x of xs) pixels[i++] = y >= 0 && x >= 0 ? input.pixels[row + x] : 0;
    }
    this.bitmap.context.putImageData(this.bitmap.image, 0, 0);
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
    context.globalAlpha = 0.6;
    context.drawImage(this.bitmap.canvas, x, y, width, height);
    context.globalAlpha = 1;
  }
}

/** @param {Int32Array} border @param {AxisWindows} axis */
function copiesOf(border, { before, input }) {
  return border.some((reads, i) => reads >= 0 && (i < before || i >= before + input));
}
