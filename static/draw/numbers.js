/** Maps of exact numbers as pictures: every cell by its own value, not by a level of 255. */

import { clip } from "./clip.js";
import { lut, ZERO } from "./colour.js";

/**
 * What is no number stays clear; what is infinite has the colour of its end.
 * @param {import("./bitmap.js").Bitmap} bitmap
 * @param {{width: number, height: number, levels: ArrayLike<number>}} map its levels are its numbers
 * @param {import("./types.js").Scale} scale @param {string} colormap
 */
export function showNumbers(bitmap, { width, height, levels }, { lo, hi }, colormap) {
  const colours = lut(colormap);
  const diverging = colormap === "diverging";
  const [least, most, zero] = diverging ? [ZERO - 127, ZERO + 127, ZERO] : [0, 255, 0];
  const step = diverging ? 127 / (Math.max(Math.abs(lo), Math.abs(hi)) || 1) : 255 / (hi - lo || 1);
  const from = diverging ? 0 : lo;
  bitmap.draw(width, height, (pixels) => {
    for (let i = 0; i < pixels.length; i++) {
      const away = (levels[i] - from) * step;
      // Halves are rounded away from zero on either side, as levels are.
      const entry = zero + Math.sign(away) * Math.round(Math.abs(away));
      pixels[i] = Number.isNaN(entry) ? 0 : colours[clip(entry, least, most)];
    }
  });
}

/** A number with all its digits where it is whole, else with as many as float32 holds; a true minus. @param {number | null} value */
export function exact(value) {
  if (value === null) return "–";
  const text = Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(8)));
  return text.replace("Infinity", "∞").replaceAll("-", "−");
}
