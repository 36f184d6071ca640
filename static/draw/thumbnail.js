/** A map made small: the mean level of each block of cells, then one colour each. */
import { Bitmap } from "./bitmap.js";

/** @typedef {import("./types.js").LevelMap} LevelMap @typedef {import("./types.js").Scale} Scale */

/** Pixels of the long side: enough for 96 CSS px on a fine screen. */
const LONG = 160;

export class Thumbnail {
  constructor() {
    this.bitmap = new Bitmap();
    this.canvas = this.bitmap.canvas;
    this.shown = "";
    /** @type {LevelMap | null} */
    this.map = null;
    this.levels = new Uint8Array(0);
  }

  /** @param {LevelMap} map @param {Scale | LevelMap} scale @param {string} colormap */
  show(map, scale, colormap) {
    const { lo, hi } = "lo" in scale ? scale : { lo: scale.min, hi: scale.max };
    const shown = `${lo} ${hi} ${colormap}`;
    if (map === this.map && shown === this.shown) return;
    const by = Math.max(1, Math.ceil(Math.max(map.width, map.height) / LONG));
    const [width, height] = [Math.ceil(map.width / by), Math.ceil(map.height / by)];
    if (map !== this.map) {
      if (this.levels.length !== width * height) this.levels = new Uint8Array(width * height);
      reduce(map, by, width, height, this.levels);
    }
    [this.map, this.shown] = [map, shown];
    const small = { ...map, width, height, levels: this.levels };
    this.bitmap.showLevels(small, { lo, hi }, colormap);
  }
}

/**
 * @param {{width: number, height: number, levels: Uint8Array}} map @param {number} by cells per pixel
 * @param {number} width @param {number} height @param {Uint8Array} out
 */
export function reduce(map, by, width, height, out) {
  if (by === 1) {
    out.set(map.levels);
    return;
  }
  for (let y = 0; y < height; y++) {
    const bottom = Math.min((y + 1) * by, map.height);
    for (let x = 0; x < width; x++) {
      const right = Math.min((x + 1) * by, map.width);
      let sum = 0;
      for (let row = y * by; row < bottom; row++) {
        for (let column = x * by; column < right; column++) sum += map.levels[row * map.width + column];
      }
      out[y * width + x] = Math.round(sum / ((bottom - y * by) * (right - x * by)));
    }
  }
}
