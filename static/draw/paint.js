/** From levels to pixels: one table of 256 colours, then one pass over the cells. */
import { clip } from "./clip.js";
import { lut, ZERO } from "./colour.js";

/** @typedef {import("./types.js").Scale} Scale */

const table = new Uint32Array(256);

/**
 * Where a value stands in a colour map: 0..255. In "diverging" zero is always the middle entry, also when
 * the scale is lopsided; then the longer side reaches its end and the shorter does not.
 * @param {number} value
 * @param {Scale} scale
 * @param {string} colormap
 */
export function entryOf(value, { lo, hi }, colormap) {
  if (colormap === "diverging") {
    const reach = Math.max(Math.abs(lo), Math.abs(hi));
    const away = Math.round(127 * (reach > 0 ? Math.min(Math.abs(value) / reach, 1) : 1));
    return ZERO + Math.sign(value) * away;
  }
  return hi > lo ? Math.round(255 * clip((value - lo) / (hi - lo), 0, 1)) : ZERO;
}

/**
 * The colour of each of the 256 levels of a map.
 * @param {{min: number, max: number}} map
 * @param {Scale} scale
 * @param {string} colormap
 * @param {Uint32Array} [into]
 */
export function levelColours({ min, max }, scale, colormap, into = new Uint32Array(256)) {
  const colours = lut(colormap);
  const step = (max - min) / 255;
  for (let level = 0; level < 256; level++)
    into[level] = colours[entryOf(min + level * step, scale, colormap)];
  return into;
}

/**
 * @param {{data: Uint8ClampedArray}} image as large as the map
 * @param {Uint8Array} levels
 * @param {{min: number, max: number}} map
 * @param {Scale} scale
 * @param {string} colormap
 */
export function paintLevels(image, levels, map, scale, colormap) {
  paintTable(image, levels, levelColours(map, scale, colormap, table));
}

/**
 * The input as it is: one channel is grey, three are red, green, blue.
 * @param {{data: Uint8ClampedArray}} image
 * @param {Uint8Array[]} channels
 */
export function paintRgb(image, channels) {
  if (channels.length < 3) {
    paintTable(image, channels[0], lut("grey"));
    return;
  }
  const out = words(image);
  const [red, green, blue] = channels;
  for (let i = 0; i < out.length; i++) {
    out[i] = 0xff000000 | (blue[i] << 16) | (green[i] << 8) | red[i];
  }
}

/** @param {{data: Uint8ClampedArray}} image @returns {Uint32Array} the same memory, a pixel each */
export function words({ data }) {
  return new Uint32Array(data.buffer, data.byteOffset, data.length >> 2);
}

/**
 * @param {{data: Uint8ClampedArray}} image
 * @param {Uint8Array} levels
 * @param {Uint32Array} colours
 */
function paintTable(image, levels, colours) {
  const out = words(image);
  const count = Math.min(out.length, levels.length);
  for (let i = 0; i < count; i++) out[i] = colours[levels[i]];
}
