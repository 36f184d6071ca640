/**
 * How a network ends: the class that is looked at, and the number, followed back from its logit, that is made of others.
 *
 * @import { Graph, GraphLayer } from "../types.js"
 * @import { Session } from "../session.js"
 * @import { Values } from "../state.js"
 * @import { Focus } from "./focus.js"
 * @typedef {object} Made a number, and what it is made of
 * @property {"mean" | "sum"} how of one map's cells, or of numbers times weights
 * @property {GraphLayer} layer whose number it is, with what is done to it afterwards
 * @property {number} index which of them
 * @property {boolean} logit whether it is that of a class
 * @property {GraphLayer} source the numbers or maps that it is made of
 * @property {GraphLayer | null} flatten what laid maps out into a row before
 * @typedef {{graph: Graph | null, session: Session, focus: Focus | null, state: {values: Values}}} Host
 */

import { isDense, isVector } from "./units.js";

/** @param {Graph} graph @param {string} name @returns {GraphLayer | undefined} */
function layerOf(graph, name) {
  return graph.layers.find((one) => one.name === name);
}

/** @param {Graph} graph @param {GraphLayer} layer */
function sourceOf(graph, layer) {
  return layerOf(graph, layer.inputs.input);
}

/** @param {GraphLayer} layer */
function numbersOf({ shape }) {
  return shape.reduce((product, size) => product * size, 1);
}

/** Maps laid out into a row. @param {Graph} graph @param {GraphLayer} layer */
function isLaidOut(graph, layer) {
  const source = sourceOf(graph, layer);
  return (
    source !== undefined && isVector(layer) && !isVector(source) && numbersOf(source) === numbersOf(layer)
  );
}

/** Every map made into one number. @param {Graph} graph @param {GraphLayer} layer */
export function isMapwise(graph, layer) {
  const source = sourceOf(graph, layer);
  const same = !isVector(layer) && source?.shape[0] === layer.shape[0];
  return same && numbersOf(layer) === layer.shape[0] && numbersOf(source) > layer.shape[0];
}

/** The layers with one number or one map for each class. @param {Graph} graph @returns {string[]} */
export function classLayers(graph) {
  const found = [graph.probabilities];
  for (
    let at = layerOf(graph, graph.logits);
    at?.shape[0] === graph.classes.length;
    at = sourceOf(graph, at)
  ) {
    found.push(at.name);
    if (Object.keys(at.weights).length > 0) break;
  }
  return found;
}

/** The class that was chosen, by its number or its map; else the likeliest. @param {Omit<Host, "focus">} page @returns {number} */
export function chosenClass({ graph, session, state }) {
  const likeliest = session.classes?.[0]?.index ?? 0;
  const { layer, map, cell } = state.values;
  if (!graph || !classLayers(graph).includes(layer)) return likeliest;
  const vector = graph.layers.some((one) => one.name === layer && isVector(one));
  const index = (vector ? cell?.x : null) ?? map ?? likeliest;
  return index < graph.classes.length ? index : likeliest;
}

/** The number that is opened: one of the dense layer looked at, else the logit of the class. @param {Host} page @returns {Made | null} */
export function madeOf(page) {
  const { graph, focus } = page;
  const logits = graph && layerOf(graph, graph.logits);
  if (!graph || !logits) return null;
  const { map, cell } = page.state.values;
  const unit = focus?.unit;
  if (unit && isDense(unit.head) && !unit.layers.some(({ name }) => name === graph.logits)) {
    const strongest = page.session.layers.get(unit.last.name)?.stats.strongest[0] ?? 0;
    const index = cell?.x ?? map ?? strongest;
    return made(graph, unit.head, unit.last, Math.min(index, unit.head.shape[0] - 1), false);
  }
  const head = isLaidOut(graph, logits) ? /** @type {GraphLayer} */ (sourceOf(graph, logits)) : logits;
  return made(graph, head, head, chosenClass(page), true);
}

/** @param {Graph} graph @param {GraphLayer} head @param {GraphLayer} layer @param {number} index @param {boolean} logit @returns {Made | null} */
function made(graph, head, layer, index, logit) {
  const before = sourceOf(graph, head);
  const mean = isMapwise(graph, head);
  if (!before || !(mean || isDense(head))) return null;
  const flatten = isLaidOut(graph, before) ? before : null;
  const source = flatten ? /** @type {GraphLayer} */ (sourceOf(graph, flatten)) : before;
  return { how: mean ? "mean" : "sum", layer, index, logit, source, flatten };
}

/** As the service counts the cells of a layer. @param {GraphLayer} layer @param {number} index @returns {number[]} */
export function cellOf(layer, index) {
  return isVector(layer) ? [index] : [index, ...layer.shape.slice(1).map(() => 0)];
}
