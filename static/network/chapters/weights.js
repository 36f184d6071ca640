/**
 * What a layer has learnt: its kernels, and the numbers that each of its maps has of its own.
 *
 * @import { Answer, Chapter } from "../../page/chapters.js"
 * @import { Graph, GraphLayer } from "../types.js"
 * @import { How, Translate } from "../../types.js"
 * @import { State } from "../../page/address.js"
 * @import { Focus } from "../graph/focus.js"
 * @import { Session } from "../session.js"
 * @import { Values } from "../state.js"
 * @typedef {{graph: Graph | null, focus: Focus | null, session: Session, state: State<Values>, t: Translate,
 *   look: (layer: string, map: number, cell?: null, how?: How) => void}} Host
 */

import { grouped } from "../../views/network/layer/stats.js";
import { WeightsView } from "../../views/network/weights/weights.js";
import { kindOf, picturesOf, rowsOf, wantsAll } from "../answers/kernels.js";
import { mapName, mapNames } from "../graph/names.js";
import { isDense, isVector } from "../graph/units.js";
import { PICTURE } from "../graph/walk.js";

const COLOURS = ["red", "green", "blue"];

/** @type {Chapter<Host>} */
export const weights = {
  name: "weights",
  offered: (page) => learnt(page) !== undefined,
  view: (place, t) => new WeightsView(place, t),
  request: (page) => {
    const layer = learnt(page);
    if (!layer) return null;
    const network = page.state.values.net;
    const wish = { type: "network_weights", network, layer: layer.name, dtype: "float32" };
    const { weight } = layer.weights;
    return weight.length === 1 || wantsAll(weight) ? wish : { ...wish, map: chosenMap(page) };
  },
  model,
  summary: (page) => {
    const { name, weights } = learnt(page) ?? {};
    if (!name || !weights) return "";
    const [count, channels, height, width] = weights.weight.map((/** @type {number} */ one) =>
      grouped(one, page.t.lang),
    );
    const kind = ["Norm", "Dense", "", ""][weights.weight.length - 1];
    return page.t(`net.weights.summary${kind}`, { name, count, channels, height, width });
  },
  listen: (page, view) => {
    const { state } = page;
    const hear = (/** @type {string} */ type, /** @type {(detail: any) => void} */ act) =>
      view.addEventListener(type, (/** @type {CustomEvent} */ { detail }) => act(detail));
    /** @param {number} map @param {import("../../types.js").How} [how] */
    const look = (map, how) => page.look(page.focus?.layer.name ?? "", map, null, how);
    hear("map", ({ map, how }) => look(map, how));
    hear("from", ({ from }) => state.set({ from }));
    hear("sort", ({ sort }) => state.set({ sort }));
    hear("pick", ({ map, from }) => {
      look(map);
      state.set({ from });
    });
  },
};

/** The first of the unit's layers that has weights; what the others have comes with them. @param {Host} page @returns {GraphLayer | undefined} */
function learnt({ focus }) {
  return focus?.unit.layers.find(({ weights }) => weights.weight);
}

/** Of a list of numbers, which one is looked at. @param {Host} page */
function chosenMap({ focus, state, session }) {
  if (!focus || !isVector(focus.layer)) return focus?.map ?? 0;
  const { cell, map } = state.values;
  const strongest = session.layers.get(focus.layer.name)?.stats.strongest[0] ?? 0;
  return Math.min(cell?.x ?? map ?? strongest, focus.layer.shape[0] - 1);
}

/** @param {Host} page @param {Answer | null} answer */
function model(page, answer) {
  const { graph, state, t } = page;
  const { values } = state;
  const told = answer?.messages.weights;
  const asked = /** @type {any} */ (answer?.request);
  const layer = asked?.network === values.net && graph?.layers.find(({ name }) => name === told?.layer);
  if (!answer || !graph || !layer) return { kind: null };
  const map = Math.min(asked.map ?? chosenMap(page), layer.shape[0] - 1);
  return {
    ...{ kind: "norm", name: told.layer, map, mapName: mapName(graph, told.layer, map, t), pictures: null },
    ...{ vectors: told.vectors, unit: told.unit, stats: null, counted: null },
    ...(told.kernels ? kernelsModel(page, answer, layer, map) : {}),
  };
}

/** Numbers that a dense layer reads come as one row; here each is a map of one cell. @param {number[]} kernels @param {GraphLayer} layer */
function unfolded(kernels, layer) {
  const [maps, channels, height, width] = kernels;
  const row = isDense(layer) && channels === 1 && height === 1 && width > 1;
  return row ? [maps, width, 1, 1] : kernels;
}

/** @param {Host} page @param {Answer} answer @param {GraphLayer} layer @param {number} map */
function kernelsModel({ graph, state, t }, answer, layer, map) {
  if (!graph) return {};
  const { values } = state;
  const told = answer.messages.weights;
  const kernels = unfolded(told.kernels, layer);
  const [, count, height, width] = kernels;
  const kind = kindOf(kernels, layer);
  const byMap = kind === "first" || kind === "grey" || kind === "depthwise";
  const all = !("map" in answer.request);
  const source = Object.values(layer.inputs)[0] ?? "";
  const channels = source === PICTURE ? mapNames(graph, source, count, t) : [];
  // Kernels that are added up have one scale, or the weak would look like the strong.
  const scale = byMap || values.scale === "fixed" ? values.scale : "shared";
  const together = kernels === told.kernels ? null : 0;
  const row = all && !byMap ? map : together;
  const pictures = picturesOf(answer, { row, height, width }, { ...values, scale });
  const from = Math.min(values.from ?? pictures.strongest, count - 1);
  const { preparation } = graph;
  return {
    ...{ kind, kernels, from, sort: values.sort, pictures, source, channels },
    alike: values.scale !== "map",
    colours: kind === "first" ? COLOURS.map((name) => preparation.channels.indexOf(name)) : null,
    chosen: pictures.sheets(byMap ? map : from).map((sheet, at) => ({ name: channels[at] ?? "", sheet })),
    rows: all && !byMap && height * width === 1 ? rowsOf(answer) : null,
    ...{ stats: told.stats.weight, counted: told.histogram },
  };
}
