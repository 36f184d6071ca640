/** A picture of exactly one pixel per cell, kept and reused: what panes enlarge, and what tests read back. */
import { paintLevels, paintRgb, words } from "./paint.js";

/** @typedef {import("./types.js").LevelMap} LevelMap @typedef {import("./types.js").Scale} Scale */

export class Bitmap {
  constructor() {
    this.canvas = document.createElement("canvas");
    this.canvas.width = this.canvas.height = 1;
    this.context = /** @type {CanvasRenderingContext2D} */ (
      this.canvas.getContext("2d", { willReadFrequently: true })
    );
    this.image = this.context.createImageData(1, 1);
    this.width = 0;
    this.height = 0;
    this.pixels = words(this.image);
  }

  /** @param {LevelMap} map @param {Scale} scale @param {string} colormap */
  showLevels(map, scale, colormap) {
    this.draw(map.width, map.height, () => paintLevels(this.image, map.levels, map, scale, colormap));
  }

  /** @param {number} width @param {number} height @param {Uint8Array[]} channels */
  showChannels(width, height, channels) {
    this.draw(width, height, () => paintRgb(this.image, channels));
  }

  /** @param {number} width @param {number} height @param {(pixels: Uint32Array) => void} paint fills those pixels that are not to stay as they are */
  draw(width, height, paint) {
    this.size(width, height);
    paint(this.pixels);
    this.context.putImageData(this.image, 0, 0);
  }

  /**
   * Memory is only asked for when the size changes.
   * @param {number} width @param {number} height
   */
  size(width, height) {
    if (width === this.width && height === this.height) return;
    this.width = this.canvas.width = width;
    this.height = this.canvas.height = height;
    this.image = this.context.createImageData(width, height);
    this.pixels = words(this.image);
  }
}
