/**
 * How a map came to be of those that it reads.
 *
 * @import { Answer, Chapter } from "../../page/chapters.js"
 * @import { FeatureMap, Term } from "../../types.js"
 * @import { Place } from "../pointing.js"
 * @import { Translate } from "../../types.js"
 * @import { State } from "../../page/address.js"
 * @import { Host as Parts } from "../answers/parts.js"
 * @import { Walk } from "../graph/walk.js"
 * @import { Values } from "../state.js"
 * @typedef {Parts & {state: State<Values>, walk: Walk, t: Translate, look: (layer: string, map: number) => void}} Host
 */

import { on } from "../../page/events.js";
import { lookOf } from "../../page/scales.js";
import { MapView } from "../../views/network/map/map.js";
import { minus } from "../../views/sum/words.js";
import { partsModel } from "../answers/parts.js";
import { rowLength, seenAt, sheetOf } from "../answers/sheets.js";
import { cellName, mapName } from "../graph/names.js";
import { isVector } from "../graph/units.js";
import { greatest, PICTURE, stopAt } from "../graph/walk.js";
import { pictureOf } from "../state.js";

/** @type {Chapter<Host>} */
export const map = {
  name: "map",
  offered: ({ focus }) => focus !== null,
  view: (place, t) => new MapView(place, t),
  request: ({ focus, state }) =>
    focus && sums(focus.unit.head)
      ? {
          type: "network_parts",
          ...pictureOf(state.values),
          layer: focus.unit.head.name,
          map: focus.map,
          dtype: "uint8",
        }
      : null,
  model,
  summary: ({ graph, focus, pointing, t }) =>
    graph && focus
      ? `${focus.layer.name} · ${mapName(graph, focus.layer.name, pointing.place?.cell[0] ?? focus.map, t)}`
      : "",
  listen: (page, view) => {
    const { pointing, state } = page;
    const cellAt = (/** @type {{y: number, x: number}} */ { y, x }) => {
      const { focus } = page;
      if (!focus) return null;
      if (!isVector(focus.layer)) return [focus.map, y, x];
      const [count] = focus.layer.shape;
      const at = y * rowLength(count) + x;
      return at < count ? [at] : null;
    };
    on(view, "point", (detail) => {
      const cell = cellAt(detail);
      if (cell) pointing.point(cell, detail.by);
    });
    on(view, "pin", (detail) => {
      const cell = cellAt(detail);
      if (cell) pointing.pin(cell);
    });
    on(view, "read", (detail) => pointing.read(detail.y === undefined ? null : readAt(page, detail)));
    on(view, "enter", (detail) => enter(page, readAt(page, detail)));
    on(view, "sort", ({ sort }) => state.set({ sort }));
    on(view, "reach", ({ channel }) => state.set({ from: channel }));
    on(view, "source", ({ channel, of = "input" }) => pointing.once(() => goTo(page, of, channel)));
  },
};

/** Whether it adds up what each map before gives. @param {import("../types.js").GraphLayer} layer */
function sums({ parts, shape }) {
  return parts && shape.length === 3;
}

/** What the first layer of the unit reads, as the trace tells it. @param {Host} page */
function reading({ pointing, focus, state }) {
  const step = pointing.trace?.steps[0];
  const terms = step?.trace.terms ?? [];
  const most = step ? greatest(step.trace) : null;
  const best = most === null ? null : terms[most];
  const { from } = state.values;
  const asked = from === null ? undefined : terms.find(({ input }) => input?.[0] === from);
  const term = asked ?? best;
  const of = term?.of ?? "input";
  const layer = step?.sources[of] ?? focus?.unit.head.inputs[of] ?? PICTURE;
  return { terms, best, of, layer, channel: term?.input?.[0] ?? from ?? 0 };
}

/** The cell at a place of the input pane. @param {Host} page @param {{y: number, x: number}} at */
function readAt(page, { y, x }) {
  const { of, layer, channel } = reading(page);
  const shape = page.graph?.layers.find(({ name }) => name === layer)?.shape;
  const input = shape?.length === 1 ? [y * rowLength(shape[0]) + x] : [channel, y, x];
  return { of, input };
}

/** @param {Host} page @param {{of: string, input: number[]}} cell */
function enter({ walk, pointing, focus }, { of, input }) {
  const layer = focus?.unit.head.inputs[of];
  pointing.once(() => {
    const stop = pointing.exact && pointing.trace ? stopAt(pointing.trace, of, input) : null;
    if (stop) walk.to(stop);
    else if (layer) walk.to({ layer, cell: input, value: null, gift: null });
  });
}

/** One layer back, to the cell of that map that gives most; where there is none, to the map. @param {Host} page @param {string} of @param {number} channel */
function goTo(page, of, channel) {
  const { pointing, focus } = page;
  const step = pointing.exact ? pointing.trace?.steps[0] : null;
  const own = step?.trace.terms.filter((term) => term.of === of && term.input?.[0] === channel) ?? [];
  const at = step ? greatest({ ...step.trace, terms: own }) : null;
  const input = at === null ? null : own[at].input;
  const layer = focus?.unit.head.inputs[of];
  if (input) enter(page, { of, input });
  else if (layer && layer !== PICTURE) page.look(layer, channel);
}

/** @param {Host} page @param {Answer | null} answer */
function model(page, answer) {
  const { graph, focus, pointing, full, state } = page;
  if (!graph || !focus) return EMPTY;
  const { place } = pointing;
  const read = reading(page);
  const numbers = (/** @type {string} */ name) =>
    name === PICTURE || graph.layers.find((layer) => layer.name === name)?.shape.length === 1;
  full.want([focus.layer.name, read.layer].filter((name) => !numbers(name)));
  return {
    input: inputPane(page, read),
    output: outputPane(page, place),
    marks: marksOf(page, place, read),
    operation: focus.unit.layers
      .slice(0, focus.unit.layers.indexOf(focus.layer) + 1)
      .map(words)
      .join(" → "),
    sources: sums(focus.unit.head) ? [] : sourcesOf(page, read),
    parts: sums(focus.unit.head) ? partsModel(page, answer, read.channel) : null,
    sort: state.values.sort,
    said: pointing.byKeys && pointing.exact && place ? said(page, place) : "",
  };
}

/** @param {import("../types.js").GraphLayer} layer */
function words({ short, params: { kernel_size: kernel } }) {
  const size = Array.isArray(kernel)
    ? kernel.join("×")
    : typeof kernel === "number"
      ? `${kernel}×${kernel}`
      : "";
  return size ? `${short} ${size}` : short;
}

const NO_MARKS = { cursor: null, pinned: false, window: null, lit: null, best: null };
const NO_PANE = { map: null, photo: null, look: null, title: "", about: "", readout: "" };
const EMPTY = {
  ...{ input: null, output: NO_PANE, marks: { input: NO_MARKS, output: NO_MARKS } },
  ...{ operation: "", sources: [], parts: null, sort: "strength", said: "" },
};

/** @typedef {ReturnType<typeof reading>} Reading */

/** @param {Host} page @param {Reading} read */
function inputPane(page, { layer, channel, terms }) {
  const { graph, session, pointing, t } = page;
  const map = sheetOf(page, layer, channel);
  if (!graph) return null;
  const name = layer === PICTURE ? t("net.photo") : `${layer} · ${mapName(graph, layer, channel, t)}`;
  const given = layer === PICTURE && session.given?.levels.length ? session.given : null;
  const at = pointing.light;
  const lit = at && terms.findIndex((term) => term.of === at.of && same(term, at.input));
  const trace = pointing.trace?.steps[0].trace;
  return {
    map,
    photo: given,
    look: map && lookOf(page.state.values, [map]),
    title: name,
    about: sizeOf(map),
    readout:
      lit !== null && lit >= 0 && at && trace
        ? `${at.input.length > 1 ? t("net.map.at", { y: at.input[1], x: at.input[2] }) : cellName(graph, layer, at.input, t)}: ${minus(trace.printed.values[lit])}`
        : "",
  };
}

/** @param {FeatureMap | null} map */
function sizeOf(map) {
  return map ? `${map.width} × ${map.height}` : "";
}

/** @param {Term} term @param {number[]} input */
function same(term, input) {
  return term.input !== null && String(term.input) === String(input);
}

/** @param {Host} page @param {Place | null} place */
function outputPane(page, place) {
  const { graph, focus, pointing, t } = page;
  if (!graph || !focus) return NO_PANE;
  const { layer, map: number } = focus;
  const map = sheetOf(page, layer.name, number);
  const name = isVector(layer) ? layer.name : `${layer.name} · ${mapName(graph, layer.name, number, t)}`;
  const value = pointing.exact ? pointing.trace?.steps.at(-1)?.trace.printed.value : undefined;
  const [, y = 0, x = 0] = place?.cell ?? [];
  const at =
    place && (isVector(layer) ? cellName(graph, layer.name, place.cell, t) : t("net.map.at", { y, x }));
  return {
    map,
    photo: null,
    look: map && lookOf(page.state.values, [map]),
    title: name,
    about: isVector(layer) ? t("net.map.count", { count: layer.shape[0] }) : sizeOf(map),
    readout: at ? (value === undefined ? at : `${at}: ${minus(value)}`) : "",
  };
}

/** @param {Host} page @param {Place | null} place @param {Reading} read */
function marksOf({ pointing, focus, graph }, place, { terms, best, of, layer, channel }) {
  const shape = graph?.layers.find(({ name }) => name === layer)?.shape;
  const columns = shape?.length === 1 ? rowLength(shape[0]) : 1;
  const own = terms.flatMap((term) =>
    term.input && term.of === of && (term.input.length === 1 || term.input[0] === channel)
      ? [seenAt(term.input, columns)]
      : [],
  );
  const window = own.length === 0 || own.length === shape?.[0] ? null : bounds(own);
  const light = pointing.light;
  const shown = (/** @type {string} */ name, /** @type {number[]} */ input) =>
    name === of && (input.length === 1 || input[0] === channel);
  const width = focus && isVector(focus.layer) ? rowLength(focus.layer.shape[0]) : 1;
  return {
    input: {
      ...NO_MARKS,
      window,
      lit: light && shown(light.of, light.input) ? seenAt(light.input, columns) : null,
      best: best?.input && shown(best.of, best.input) ? seenAt(best.input, columns) : null,
    },
    output: { ...NO_MARKS, cursor: place && seenAt(place.cell, width), pinned: pointing.chosen },
  };
}

/** @param {{y: number, x: number}[]} cells */
function bounds(cells) {
  const [ys, xs] = [cells.map(({ y }) => y), cells.map(({ x }) => x)];
  return {
    left: Math.min(...xs),
    top: Math.min(...ys),
    right: Math.max(...xs) + 1,
    bottom: Math.max(...ys) + 1,
  };
}

/** The maps that are read as they are. @param {Host} page @param {Reading} read */
function sourcesOf(page, { terms, of: chosen, channel: at }) {
  const { graph, focus, t } = page;
  if (!graph || !focus) return [];
  const found = new Map(
    terms.flatMap(({ of, input }) =>
      input && input.length > 1 ? [[`${of} ${input[0]}`, { of, channel: input[0] }]] : [],
    ),
  );
  return [...found.values()].map(({ of, channel }) => {
    const layer = focus.unit.head.inputs[of];
    const map = sheetOf(page, layer, channel);
    const name = `${layer} · ${mapName(graph, layer, channel, t)}`;
    return {
      of,
      channel,
      name,
      map,
      look: map && lookOf(page.state.values, [map]),
      chosen: of === chosen && channel === at,
    };
  });
}

/** @param {Host} page @param {Place} place */
function said({ graph, pointing, t }, { layer, cell }) {
  const value = pointing.trace?.steps.at(-1)?.trace.printed.value ?? "";
  return graph ? t("net.map.said", { cell: cellName(graph, layer.name, cell, t), value: minus(value) }) : "";
}
