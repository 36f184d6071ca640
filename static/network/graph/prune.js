/**
 * What an address says of a network that has no such layer, map or cell.
 *
 * @import { Values } from "../state.js"
 * @import { Graph } from "../types.js"
 */

import { isVector } from "./units.js";

/** @param {Graph} graph @param {Values} values @returns {{patch: Partial<Values>, dropped: string[]}} what to take back, and as it stood in the address */
export function prune(graph, { layer: name, map, from, cell }) {
  const layer = graph.layers.find((one) => one.name === name);
  // Where no layer is named, which map or cell is meant depends on what is looked at first.
  if (!layer && !name) return { patch: {}, dropped: [] };
  if (!layer) return { patch: { layer: "", map: null, from: null, cell: null }, dropped: [`layer=${name}`] };
  /** @type {Partial<Values>} */
  const patch = {};
  const dropped = [];
  const [count, height, width] = layer.shape;
  if (map !== null && map >= count) {
    patch.map = null;
    dropped.push(`map=${map}`);
  }
  const outside = cell && (isVector(layer) ? cell.x >= count : cell.y >= height || cell.x >= width);
  if (outside) {
    patch.cell = null;
    dropped.push(`cell=${cell.y}.${cell.x}`);
  }
  const read = graph.layers.find((one) => one.name === layer.inputs.input)?.shape[0] ?? graph.input[0];
  const sources = Object.keys(layer.inputs).length;
  if (from !== null && sources === 1 && from >= read) {
    patch.from = null;
    dropped.push(`from=${from}`);
  }
  return { patch, dropped };
}
