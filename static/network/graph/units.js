/**
 * Layers by unit: a layer with weights, and the normalisation and activation that only it feeds.
 *
 * @import { Graph, GraphLayer } from "../types.js"
 * @typedef {{head: GraphLayer, layers: GraphLayer[], last: GraphLayer}} Unit
 */

/** @param {Graph} graph @returns {Unit[]} in the order in which they are computed */
export function unitsOf(graph) {
  /** @type {Map<string, GraphLayer[]>} */
  const found = new Map();
  for (const layer of graph.layers) {
    const unit = found.get(layer.unit);
    if (unit) unit.push(layer);
    else found.set(layer.unit, [layer]);
  }
  return [...found.values()].map((layers) => ({
    head: layers[0],
    layers,
    last: layers[layers.length - 1],
  }));
}

/** @param {GraphLayer} layer @returns {boolean} whether its output is a list of numbers rather than maps */
export function isVector({ shape }) {
  return shape.length === 1;
}

/** @param {GraphLayer} layer @returns {boolean} whether every number is made of all of a row, each by a weight of its own */
export function isDense({ weights }) {
  return weights.weight?.length === 2;
}
