/**
 * What stands in a pane: a map of a layer, a list of numbers laid in rows, or the picture.
 *
 * @import { FeatureMap } from "../../types.js"
 * @import { Session } from "../session.js"
 * @import { Graph } from "../types.js"
 * @import { Full } from "./full.js"
 * @typedef {{graph: Graph | null, session: Session, full: Full}} Host
 */

import { PICTURE } from "../graph/walk.js";

/** More numbers than these stand in several rows, wider than high. */
const IN_A_ROW = 16;
const WIDER = 1.6;

/** @param {number} count of numbers @returns {number} that stand in a row */
export function rowLength(count) {
  return count <= IN_A_ROW ? count : Math.ceil(Math.sqrt(WIDER * count));
}

/** Where a cell stands: a number of a list by rows. @param {number[]} cell @param {number} columns */
export function seenAt(cell, columns) {
  if (cell.length > 1) return { y: cell[1], x: cell[2] };
  return { y: Math.floor(cell[0] / columns), x: cell[0] % columns };
}

/** @type {WeakMap<Float32Array, FeatureMap>} */
const laid = new WeakMap();

/** Levels for ink alone: the numbers themselves are the service's. @param {Float32Array} values @returns {FeatureMap} */
function inRows(values) {
  const known = laid.get(values);
  if (known) return known;
  const [min, max] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  const width = rowLength(values.length);
  const height = Math.ceil(values.length / width);
  const zero = max > min ? Math.round((255 * (Math.min(Math.max(0, min), max) - min)) / (max - min)) : 0;
  const levels = new Uint8Array(width * height).fill(zero);
  values.forEach((value, at) => {
    levels[at] = max > min ? Math.round((255 * (value - min)) / (max - min)) : 0;
  });
  const map = { channel: 0, height, width, min, max, levels };
  laid.set(values, map);
  return map;
}

/** @param {Host} page @param {string} layer @param {number} map @returns {FeatureMap | null} null: not here yet */
export function sheetOf({ graph, session, full }, layer, map) {
  if (layer === PICTURE) {
    const { given } = session;
    const levels = given?.levels[map];
    return given && levels ? pictureMap(given, levels, map) : null;
  }
  const found = graph?.layers.find(({ name }) => name === layer);
  if (found?.shape.length === 1) {
    const values = session.layers.get(layer)?.values ?? numbersOf(full.get(layer));
    return values ? inRows(values) : null;
  }
  return full.get(layer)?.maps[map] ?? null;
}

/** @param {import("./full.js").Whole | null} whole */
function numbersOf(whole) {
  const levels = whole?.maps[0]?.levels;
  return levels instanceof Float32Array ? /** @type {Float32Array} */ (levels) : null;
}

/** @type {WeakMap<Uint8Array, FeatureMap>} */
const colours = new WeakMap();

/** @param {{height: number, width: number}} given @param {Uint8Array} levels @param {number} channel */
function pictureMap({ height, width }, levels, channel) {
  let map = colours.get(levels);
  if (!map) {
    map = { channel, height, width, min: 0, max: 255, levels };
    colours.set(levels, map);
  }
  return map;
}
