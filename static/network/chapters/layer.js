/**
 * A layer and all that it makes of the picture.
 *
 * @import { Answer, Chapter } from "../../page/chapters.js"
 * @import { Graph, GraphLayer } from "../types.js"
 * @import { Pictures } from "../../views/network/layer/layer.js"
 * @import { FeatureMap, Translate } from "../../types.js"
 * @import { State } from "../../page/address.js"
 * @import { Focus } from "../graph/focus.js"
 * @import { Values } from "../state.js"
 * @typedef {{graph: Graph | null, focus: Focus | null, state: State<Values>, t: Translate,
 *   look: (layer: string, map: number, cell: {y: number, x: number} | null,
 *   how?: import("../../types.js").How) => void}} Host
 */

import { colormapFor, isSigned, scalesFor } from "../../page/scales.js";
import { LayerView } from "../../views/network/layer/layer.js";
import { mapsOf } from "../../views/network/layer/words.js";
import { isVector } from "../graph/units.js";
import { pictureOf } from "../state.js";

/** @type {Chapter<Host>} */
export const layer = {
  name: "layer",
  offered: ({ graph }) => graph !== null,
  view: (place, t) => new LayerView(place, t),
  request: ({ state, focus }) =>
    focus && { type: "network_maps", ...pictureOf(state.values), layer: focus.layer.name, dtype: "uint8" },
  model,
  summary: ({ focus, t }) => (focus ? `${focus.layer.name}: ${mapsOf(focus.layer.shape, t)}` : ""),
  listen: (page, view) => {
    view.addEventListener("look", (/** @type {CustomEvent} */ { detail }) => {
      const { layer, map, how } = detail;
      // Another stage of the same unit is looked at in the same place.
      const same = layer !== page.focus?.layer.name;
      page.look(layer, map, same ? page.state.values.cell : null, how);
    });
    view.addEventListener("sort", (/** @type {CustomEvent} */ { detail }) =>
      page.state.set({ sort: detail.sort }),
    );
  },
};

/** @param {Host} page @param {Answer | null} answer */
function model({ graph, focus, state, t }, answer) {
  const { values } = state;
  const full = answer?.messages.full ?? null;
  const asked = /** @type {any} */ (answer?.request);
  const seen = asked?.network === values.net && graph?.layers.find(({ name }) => name === full?.layer);
  if (!answer || !graph || !focus || !seen)
    return { ...NOTHING, layer: focus?.layer ?? null, ...aboutUnit(focus, graph) };
  const vector = isVector(seen);
  const pictures = picturesOf(answer, vector, values);
  const chosen = (vector ? values.cell?.x : null) ?? values.map ?? full.stats.strongest[0];
  return {
    ...aboutUnit(focus, graph),
    layer: seen,
    pictures,
    names: vector ? namesOf(seen, graph, t) : null,
    selected: Math.min(chosen, seen.shape[0] - 1),
    sort: values.sort,
    stats: full.stats,
    dead: vector ? null : full.strength.filter((/** @type {number} */ one) => one === 0).length,
    counted: full.histogram,
  };
}

const NOTHING = {
  pictures: null,
  names: null,
  selected: 0,
  sort: "strength",
  stats: null,
  dead: null,
  counted: null,
};

/** @param {Focus | null} focus @param {Graph | null} graph */
function aboutUnit(focus, graph) {
  const unit = focus?.unit.layers ?? [];
  return {
    unit: unit.map(({ name, short }) => ({ name, operation: short })),
    chosen: focus?.layer.name ?? "",
    input: graph?.input ?? [],
  };
}

/** What the numbers of a layer stand for: classes, or nothing that has a name. @param {GraphLayer} layer @param {Graph} graph @param {Translate} t @returns {string[] | null} */
export function namesOf({ name, shape }, { classes, logits, probabilities }, t) {
  if (name !== logits && name !== probabilities) return null;
  return shape[0] === classes.length ? classes.map(({ en, zh = en }) => t.local({ en, zh })) : null;
}

/** @typedef {{sort: string, colormap: string, scale: string, range: [number, number]}} How */

/** @type {WeakMap<Answer, Map<string, Pictures>>} made once for each way of looking at an answer */
const known = new WeakMap();

/** @param {Answer} answer @param {boolean} vector @param {How} how @returns {Pictures} */
function picturesOf(answer, vector, { sort, colormap, scale, range }) {
  const made = known.get(answer) ?? new Map();
  known.set(answer, made);
  const key = JSON.stringify([sort, colormap, scale, range]);
  if (!made.has(key)) {
    const { layer, strength } = answer.messages.full;
    const maps = answer.maps[layer];
    const find = vector ? numbersOf : mapsLook;
    made.set(key, find(maps, strength, { sort, colormap, scale, range }));
  }
  return made.get(key);
}

/** @param {FeatureMap[]} maps @param {number[]} strength @param {How} how @returns {Pictures} */
function mapsLook(maps, strength, { sort, colormap: choice, scale, range }) {
  const colormap = colormapFor(choice, maps);
  return {
    ...{ maps, numbers: [], colormap, strength, signed: isSigned(maps), together: scale !== "map" },
    ends: scalesFor(maps, scale, range, colormap),
    order: orderBy(strength, sort),
  };
}

/** Bars begin at zero. @param {FeatureMap[]} maps @param {number[]} strength @param {How} how @returns {Pictures} */
function numbersOf([{ levels, min, max }], strength, { sort }) {
  return {
    ...{ maps: [], numbers: levels, colormap: "grey", strength, signed: min < 0, together: true },
    ends: [{ lo: Math.min(min, 0), hi: Math.max(max, 0) }],
    order: orderBy(levels, sort),
  };
}

/** Which stand where: the greatest first, of equals the first one first; or one after another. @param {ArrayLike<number>} numbers @param {string} sort */
export function orderBy(numbers, sort) {
  const order = Array.from(numbers, (_, index) => index);
  return sort === "index" ? order : order.sort((a, b) => numbers[b] - numbers[a] || a - b);
}
