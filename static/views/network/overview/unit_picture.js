/**
 * What a unit looks like in the overview: its strongest maps under one another in one bitmap, a pixel a cell; or, of a
 * list of numbers, a strip in which each line is the strongest of the numbers that fall on it.
 *
 * @import { FeatureMap } from "../../../types.js"
 * @typedef {{colormap: string, scales: {lo: number, hi: number}[]}} Colours of some maps
 * @typedef {{key: string, of: (maps: {min: number, max: number}[]) => Colours}} Look key: changes when the colours do
 */

import { Bitmap } from "../../../draw/bitmap.js";
import { lut } from "../../../draw/colour.js";
import { entryOf, levelColours } from "../../../draw/paint.js";

export class UnitPicture {
  constructor() {
    this.bitmap = new Bitmap();
    this.canvas = this.bitmap.canvas;
    /** @type {object | null} */
    this.drawn = null;
    this.key = "";
  }

  /** @param {FeatureMap[]} maps all of one size @param {number} rows as many of them are shown @param {Look} look */
  maps(maps, rows, look) {
    if (!this.#anew(maps, look)) return;
    const shown = maps.slice(0, rows);
    const { height, width } = shown[0];
    const { colormap, scales } = look.of(shown);
    this.bitmap.draw(width, height * rows, (pixels) => {
      pixels.fill(0);
      shown.forEach((map, at) => {
        const colours = levelColours(map, scales[at], colormap);
        const start = at * height * width;
        for (let i = 0; i < height * width; i++) pixels[start + i] = colours[map.levels[i]];
      });
    });
  }

  /** @param {Float32Array} values @param {number} lines at most @param {Look} look */
  list(values, lines, look) {
    if (!this.#anew(values, look)) return;
    const shown = strongestOfEach(values, Math.min(lines, values.length));
    let [min, max] = [values[0], values[0]];
    for (const value of values) [min, max] = [Math.min(min, value), Math.max(max, value)];
    const { colormap, scales } = look.of([{ min, max }]);
    const colours = lut(colormap);
    this.bitmap.draw(1, shown.length, (pixels) => {
      pixels.set(Array.from(shown, (value) => colours[entryOf(value, scales[0], colormap)]));
    });
  }

  /** @param {object} what @param {Look} look */
  #anew(what, { key }) {
    if (what === this.drawn && key === this.key) return false;
    [this.drawn, this.key] = [what, key];
    return true;
  }
}

/** The number furthest from zero of each of so many stretches. @param {Float32Array} values @param {number} lines */
export function strongestOfEach(values, lines) {
  const out = new Float32Array(lines);
  values.forEach((value, at) => {
    const line = Math.floor((at * lines) / values.length);
    if (Math.abs(value) > Math.abs(out[line])) out[line] = value;
  });
  return out;
}
