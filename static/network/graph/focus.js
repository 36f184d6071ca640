/**
 * Which layer, map and cell are looked at: what the state names where there is such a one, else the strongest.
 *
 * @import { Graph, GraphLayer } from "../types.js"
 * @import { Unit } from "./units.js"
 * @import { Session } from "../session.js"
 * @import { Values } from "../state.js"
 * @typedef {{unit: Unit, layer: GraphLayer, map: number}} Focus
 * @typedef {{graph: Graph | null, session: Session, state: {values: Values}}} Host
 */

import { isVector, unitsOf } from "./units.js";

/** @param {Host} page @returns {Focus | null} null until the graph is here */
export function focusOf({ graph, session, state }) {
  if (!graph) return null;
  const units = unitsOf(graph);
  const { layer: name, map } = state.values;
  const unit = units.find(({ layers }) => layers.some((one) => one.name === name)) ?? units[0];
  const layer = unit.layers.find((one) => one.name === name) ?? unit.last;
  const maps = isVector(layer) ? 1 : layer.shape[0];
  const strongest = session.layers.get(layer.name)?.stats.strongest[0] ?? 0;
  return { unit, layer, map: Math.min(map ?? (isVector(layer) ? 0 : strongest), maps - 1) };
}
