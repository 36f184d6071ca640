/**
 * What maps, numbers and cells of a network are called.
 *
 * @import { Graph } from "../types.js"
 * @import { Translate } from "../../types.js"
 */

import { PICTURE } from "./walk.js";

/** As the Lab's channels are called: red, green, blue. */
const COLOURS = ["red", "green", "blue"];

/** A map of a layer; of a list of numbers, one of them; of the picture, a colour. @param {Graph} graph @param {string} layer @param {number} map @param {Translate} t */
export function mapName(graph, layer, map, t) {
  if (layer === PICTURE) {
    const colour = graph.preparation.channels[map] ?? "";
    return t(`channel.${colour === "grey" ? "grey" : Math.max(COLOURS.indexOf(colour), 0)}`);
  }
  const found = graph.layers.find(({ name }) => name === layer);
  if (found?.shape.length !== 1) return t("maps.number", { map });
  const classes = [graph.logits, graph.probabilities].includes(layer);
  const name = classes ? t.local(/** @type {any} */ (graph.classes[map])) : "";
  return name ? `${map} ${name}` : t("net.map.number", { at: map });
}

/** A cell with its layer and map. @param {Graph} graph @param {string} layer @param {number[]} cell @param {Translate} t */
export function cellName(graph, layer, [map, y, x], t) {
  const name = mapName(graph, layer, map, t);
  if (layer === PICTURE) return t("net.trace.pixel", { y, x, channel: name });
  return y === undefined ? name : t("net.map.cell", { map: name, y, x });
}

/** Names of all channels of a layer. @param {Graph} graph @param {string} layer @param {number} count @param {Translate} t */
export function mapNames(graph, layer, count, t) {
  return Array.from({ length: count }, (_, map) => mapName(graph, layer, map, t));
}
