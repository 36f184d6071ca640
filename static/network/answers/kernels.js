/**
 * The weights of a layer as pictures: which there are, at which scale, in which order.
 *
 * @import { Answer } from "../../page/chapters.js"
 * @import { FeatureMap } from "../../types.js"
 * @import { GraphLayer } from "../types.js"
 * @import { Kind } from "../../views/network/weights/words.js"
 * @import { Sheet } from "../../views/network/weights/kernels.js"
 * @typedef {{order: number[], sheets: (index: number) => Sheet[], ends: {lo: number, hi: number}[], colormap: string,
 *   signed: boolean, strongest: number}} Pictures
 */

import { colormapFor, isSigned, scalesFor } from "../../page/scales.js";
import { sheetOf } from "../../views/network/weights/kernels.js";
import { orderBy } from "../chapters/layer.js";
import { isDense } from "../graph/units.js";
import { PICTURE } from "../graph/walk.js";

/** So many weights come all at once; of more, those of one map. */
const MANY = 2 ** 18;

/** Few channels are seen together, and single weights as one picture. @param {number[]} shape of the array: maps, channels read, and of a kernel rows and columns */
export function wantsAll([maps, channels, height = 1, width = 1]) {
  return (channels <= 3 || height * width === 1) && maps * channels * height * width <= MANY;
}

/** @param {number[]} kernels maps, channels, height, width @param {GraphLayer} layer @returns {Kind} */
export function kindOf([, channels, height, width], layer) {
  const { inputs, params } = layer;
  if (Object.values(inputs).includes(PICTURE)) return channels === 3 ? "first" : "grey";
  if (channels === 1 && Number(params.groups ?? 1) > 1) return "depthwise";
  if (isDense(layer)) return height * width === 1 ? "dense" : "spread";
  return height * width === 1 ? "point" : "deep";
}

/** A map of float32 holds its numbers as levels. @param {FeatureMap} map */
function numbersOf({ levels }) {
  return /** @type {Float32Array} */ (/** @type {unknown} */ (levels));
}

/** @type {WeakMap<Answer, Float32Array[]>} */
const rows = new WeakMap();

/** All weights of an answer, a row for each map: the same list each time. @param {Answer} answer */
export function rowsOf(answer) {
  const found = rows.get(answer) ?? answer.maps.weight.map(numbersOf);
  rows.set(answer, found);
  return found;
}

/** @type {WeakMap<Answer, Map<string, Pictures>>} made once for each way of looking at an answer */
const known = new WeakMap();

/**
 * @param {Answer} answer @param {{row: number | null, height: number, width: number}} of row: of this map alone, where
 *   there are all; a picture then is what it reads of one map
 * @param {{sort: string, colormap: string, scale: string, range: [number, number]}} how @returns {Pictures}
 */
export function picturesOf(answer, { row, height, width }, { sort, colormap: choice, scale, range }) {
  const made = known.get(answer) ?? new Map();
  known.set(answer, made);
  const key = JSON.stringify([row, sort, choice, scale, range]);
  if (!made.has(key)) {
    const kept = answer.maps.weight;
    const maps = row === null ? kept : apart(kept[row], height, width);
    const colormap = colormapFor(choice, kept);
    const ends = scalesFor(kept, scale, range, colormap);
    const sizes = maps.map(sizeOf);
    made.set(key, {
      colormap,
      signed: isSigned(kept),
      sheets: (/** @type {number} */ index) => sheetsOf(maps[index], height, width),
      ends: row === null ? ends : maps.map(() => ends[row]),
      order: orderBy(sizes, sort),
      strongest: orderBy(sizes, "strength")[0],
    });
  }
  return made.get(key);
}

/** @param {FeatureMap} kernel @param {number} height @param {number} width @returns {Sheet[]} */
function sheetsOf(kernel, height, width) {
  const count = kernel.width / width;
  return Array.from({ length: count }, (_, at) => sheetOf(numbersOf(kernel), height, width, at));
}

/** The channels of a kernel, each as a kernel of its own. @param {FeatureMap} kernel @param {number} height @param {number} width @returns {FeatureMap[]} */
function apart(kernel, height, width) {
  return sheetsOf(kernel, height, width).map(({ numbers }, channel) => ({
    ...{ channel, height, width, min: Math.min(...numbers), max: Math.max(...numbers) },
    levels: /** @type {Uint8Array} */ (/** @type {unknown} */ (numbers)),
  }));
}

/** Only for the order. @param {FeatureMap} kernel */
function sizeOf({ levels }) {
  return levels.reduce((sum, one) => sum + Math.abs(one), 0);
}
