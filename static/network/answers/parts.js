/**
 * The parts of a map of a network, the strongest first.
 *
 * @import { Answer } from "../../page/chapters.js"
 * @import { FeatureMap } from "../../types.js"
 * @import { Translate } from "../../types.js"
 * @import { Focus } from "../graph/focus.js"
 * @import { Pointing } from "../pointing.js"
 * @import { Values } from "../state.js"
 * @import { Host as Sheets } from "./sheets.js"
 * @typedef {Sheets & {focus: Focus | null, pointing: Pointing, state: {values: Values}, t: Translate}} Host
 */

import { lookOf } from "../../page/scales.js";
import { mapName } from "../graph/names.js";
import { sheetOf } from "./sheets.js";

/** What is this much smaller than the parts would hardly be seen at their scale. */
const SMALL = 8;

/** So many parts are drawn unasked: a row of them. */
const MOST = 10;

/** How far from zero it goes. @param {FeatureMap} map */
function reach({ min, max }) {
  return Math.max(Math.abs(min), Math.abs(max));
}

/** In which order the parts stand. @param {FeatureMap[]} maps @param {string} sort @returns {number[]} */
export function ordered(maps, sort) {
  const order = maps.map((_, at) => at);
  return sort === "index" ? order : order.sort((a, b) => reach(maps[b]) - reach(maps[a]) || a - b);
}

/** @param {Host} page @param {Answer | null} answer @param {number} from which of the sources is looked at */
export function partsModel(page, answer, from) {
  const { graph, focus, state, pointing, t } = page;
  const [sum] = answer?.maps.sum ?? [];
  if (!answer || !sum || !graph || !focus) return { maps: null };
  const { network, layer } = /** @type {any} */ (answer.request);
  if (network !== state.values.net || layer !== focus.unit.head.name) return { maps: null };
  const { source, bias } = answer.messages.parts;
  const all = answer.maps.part;
  const order = ordered(all, state.values.sort);
  const maps = order.map((at) => all[at]);
  const follows = focus.unit.layers.slice(1).map(({ short }) => short);
  const after = follows.length > 0 ? (answer.maps.after?.[0] ?? null) : null;
  const apart = after !== null && reach(after) * SMALL < Math.max(...[...all, sum].map(reach));
  const together = after && !apart ? [...all, sum, after] : [...all, sum];
  const { place, trace, exact } = pointing;
  return {
    maps,
    names: maps.map(({ channel }) => mapName(graph, source, channel, t)),
    sum,
    sumName: mapName(graph, layer, focus.map, t),
    bias,
    after,
    activation: after ? follows.join(", ") : "",
    look: lookOf(state.values, together),
    apart: after && apart ? lookOf(state.values, [after]) : null,
    cell: place?.cell.length === 3 ? { y: place.cell[1], x: place.cell[2] } : null,
    trace: exact && trace ? trace.steps[0].trace : null,
    order,
    most: MOST,
    result: trace?.steps.length === focus.unit.layers.length ? trace.steps.at(-1)?.trace.printed.value : "",
    sources: sources(page, source, maps, from),
  };
}

/** @param {Host} page @param {string} source @param {FeatureMap[]} parts @param {number} from */
function sources(page, source, parts, from) {
  const { graph, state, t } = page;
  const found = parts.map(({ channel }) => sheetOf(page, source, channel));
  return parts.map(({ channel }, at) => {
    const map = found[at];
    if (!map || !graph) return undefined;
    const name = `${source}, ${mapName(graph, source, channel, t)}`;
    const said = t("net.map.back", { name });
    return { map, look: lookOf(state.values, [map]), said, chosen: channel === from };
  });
}
