/**
 * Kernels as numbers laid out for pictures.
 *
 * @typedef {{width: number, height: number, numbers: Float32Array}} Sheet the cells of one channel, row by row
 * @typedef {{lo: number, hi: number}} Ends
 */

import { Bitmap } from "../../../draw/bitmap.js";
import { clip } from "../../../draw/clip.js";
import { lut } from "../../../draw/colour.js";
import { showNumbers } from "../../../draw/numbers.js";
import { entryOf } from "../../../draw/paint.js";
import { h, setText } from "../../base/dom.js";

/** One channel of a kernel whose channels lie side by side. @param {Float32Array} numbers @param {number} height @param {number} width @param {number} channel @returns {Sheet} */
export function sheetOf(numbers, height, width, channel) {
  const row = numbers.length / height;
  const cells = Float32Array.from(
    { length: height * width },
    (_, at) => numbers[Math.floor(at / width) * row + channel * width + (at % width)],
  );
  return { width, height, numbers: cells };
}

/** Red, green and blue of a kernel as levels: 127.5 is zero, 0 and 255 are the greatest size on either side. @param {Sheet[]} sheets @param {Ends} ends @returns {Uint8Array[]} */
export function coloursOf(sheets, { lo, hi }) {
  const reach = Math.max(Math.abs(lo), Math.abs(hi)) || 1;
  return sheets.map(({ numbers }) =>
    Uint8Array.from(numbers, (number) => Math.round(clip(127.5 + (127.5 * number) / reach, 0, 255))),
  );
}

/** The colour of one number, as CSS has it, and whether what is written on it has to be dark. @param {number} value @param {Ends} ends @param {string} colormap */
export function tintOf(value, ends, colormap) {
  const word = lut(colormap)[entryOf(value, ends, colormap)];
  const [red, green, blue] = [word & 255, (word >> 8) & 255, (word >> 16) & 255];
  return { ground: `rgb(${red} ${green} ${blue})`, word };
}

/** @typedef {{sheets: Sheet[], coloured: boolean, ends: Ends, colormap: string, label: string}} Kernel coloured: its sheets are red, green and blue */

/** A kernel in a grid. @param {(index: number) => Kernel | null} look @returns {() => import("../layer/grid.js").Item} */
export function kernelItems(look) {
  return () => {
    const bitmap = new Bitmap();
    const label = h("span.grid-label");
    return {
      nodes: [h("span.grid-picture", bitmap.canvas), label],
      show: (index) => {
        const one = look(index);
        if (!one) return;
        bitmap.canvas.dataset.kernel = String(index);
        paintKernel(bitmap, one);
        setText(label, one.label);
      },
    };
  };
}

/** @param {Bitmap} bitmap @param {Kernel} kernel */
function paintKernel(bitmap, { sheets, coloured, ends, colormap }) {
  const [{ width, height, numbers }] = sheets;
  if (coloured) bitmap.showChannels(width, height, coloursOf(sheets, ends));
  else showNumbers(bitmap, { width, height, levels: numbers }, ends, colormap);
}
