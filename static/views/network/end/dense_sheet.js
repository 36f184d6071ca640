/**
 * Numbers laid out as the maps that they stand for, side by side on one sheet: every cell is one of the numbers of the
 * row that they were flattened into. A frame marks one of them.
 *
 * @typedef {{maps: number, height: number, width: number}} Layout
 */

import { Bitmap } from "../../../draw/bitmap.js";
import { showNumbers } from "../../../draw/numbers.js";
import { cover } from "../../base/cells.js";
import { h, setText, show } from "../../base/dom.js";

/** How much wider than high a sheet may be. */
const WIDE = 1.6;

export class Sheet {
  bitmap = new Bitmap();
  frame = h("span.sheet-frame", { hidden: true });
  title = h("figcaption");
  box = h("div.sheet", this.bitmap.canvas, this.frame);
  element = h("figure", this.title, this.box);
  /** @type {Layout & {columns: number, gap: number}} */
  layout = { maps: 0, height: 1, width: 1, columns: 1, gap: 0 };

  /** @param {ArrayLike<number>} numbers @param {Layout} layout @param {string} title @param {string} colormap */
  update(numbers, layout, title, colormap) {
    const { maps, height, width } = layout;
    const gap = height * width > 1 ? 1 : 0;
    const columns = Math.min(maps, Math.ceil(Math.sqrt((maps * WIDE * (height + gap)) / (width + gap))));
    this.layout = { ...layout, columns, gap };
    const rows = Math.ceil(maps / columns);
    const [across, down] = [columns * (width + gap) - gap, rows * (height + gap) - gap];
    const levels = new Float32Array(across * down).fill(Number.NaN);
    let reach = 0;
    for (let index = 0; index < maps * height * width; index++) {
      const { x, y } = this.placeOf(index);
      levels[y * across + x] = numbers[index];
      reach = Math.max(reach, Math.abs(numbers[index]));
    }
    showNumbers(
      this.bitmap,
      { width: across, height: down, levels },
      { lo: colormap === "diverging" ? -reach : 0, hi: reach || 1 },
      colormap,
    );
    setText(this.title, title);
  }

  /** Where a number of the row stands on the sheet. @param {number} index */
  placeOf(index) {
    const { height, width, columns, gap } = this.layout;
    const map = Math.floor(index / (height * width));
    const within = index % (height * width);
    return {
      x: (map % columns) * (width + gap) + (within % width),
      y: Math.floor(map / columns) * (height + gap) + Math.floor(within / width),
    };
  }

  /** Which number is under the pointer. @param {PointerEvent} event @returns {number | null} */
  at({ clientX, clientY }) {
    const { canvas, width: across, height: down } = this.bitmap;
    const { left, top, width: wide, height: high } = canvas.getBoundingClientRect();
    const { maps, height, width, columns, gap } = this.layout;
    const [x, y] = [((clientX - left) / wide) * across, ((clientY - top) / high) * down].map(Math.floor);
    const [column, row] = [Math.floor(x / (width + gap)), Math.floor(y / (height + gap))];
    const [inX, inY] = [x - column * (width + gap), y - row * (height + gap)];
    const map = row * columns + column;
    const outside = column < 0 || column >= columns || inX < 0 || inX >= width || inY < 0 || inY >= height;
    return outside || map >= maps || row < 0 ? null : (map * height + inY) * width + inX;
  }

  /** @param {number | null} index */
  mark(index) {
    show(this.frame, index !== null);
    if (index === null) return;
    cover(this.frame, this.placeOf(index), this.bitmap.height, this.bitmap.width);
  }
}
