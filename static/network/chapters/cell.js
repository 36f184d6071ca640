/**
 * How one cell came to be, term by term, and what its unit makes of the sum.
 *
 * @import { Chapter } from "../../page/chapters.js"
 * @import { Term, Trace, Translate } from "../../types.js"
 * @import { Focus } from "../graph/focus.js"
 * @import { Pointing } from "../pointing.js"
 * @import { Graph } from "../types.js"
 * @typedef {{focus: Focus | null, graph: Graph | null, pointing: Pointing, t: Translate}} Host
 */

import { on } from "../../page/events.js";
import { CellView } from "../../views/network/map/cell.js";
import { minus } from "../../views/sum/words.js";
import { strongestFirst } from "../answers/terms.js";
import { cellName, mapNames } from "../graph/names.js";
import { sameCell } from "../graph/place.js";
import { PICTURE } from "../graph/walk.js";

/** So many of the maps that give most stand open. */
const FEW = 4;

/** @type {Chapter<Host>} */
export const cell = {
  name: "cell",
  offered: ({ focus }) => focus !== null,
  view: (place, t) => new CellView(place, t),
  listen: ({ pointing }, view) => {
    on(view, "untrace", () => pointing.release());
    on(view, "term", ({ at }) => {
      const trace = pointing.trace && strongestFirst(pointing.trace.steps[0].trace);
      const term = at === null || at === undefined ? null : trace?.terms[at];
      pointing.read(term?.input ? { of: term.of, input: term.input } : null);
    });
  },
  model,
  summary: ({ pointing, graph, t }) => {
    const { trace, place } = pointing;
    const value = trace?.steps.at(-1)?.trace.printed.value;
    return graph && place && value !== undefined && pointing.exact
      ? `${cellName(graph, place.layer.name, place.cell, t)}: ${minus(value)}`
      : "";
  },
};

/** @param {Host} page */
function model(page) {
  const { pointing, graph, t } = page;
  const { trace, light } = pointing;
  if (!trace || !graph) return { sum: null, layer: "", following: [] };
  const [head, ...rest] = trace.steps;
  const sum = strongestFirst(head.trace);
  const [, y = 0, x = 0] = trace.cell;
  const lit = light ? [...sum.terms.keys()].filter((at) => reads(sum.terms[at], light)) : [];
  return {
    sum: {
      trace: sum,
      seen: { y, x },
      pinned: pointing.chosen,
      inputs: Object.entries(head.sources).map(([name, layer]) => ({
        ...{ name, kind: "maps", layer },
        texts: { en: layer, zh: layer },
      })),
      channelNames: namesOf(page, sum, head.sources),
      mapLabel: "",
      activation: "",
      place: `${head.layer} · ${cellName(graph, head.layer, trace.cell, t)}`,
      few: FEW,
      lit,
      stale: pointing.late,
      problem: pointing.problem,
    },
    layer: head.layer,
    following: rest.map((step) => ({
      layer: step.layer,
      name: graph.layers.find(({ name }) => name === step.layer)?.short ?? "",
      trace: step.trace,
    })),
  };
}

/** @param {import("../../types.js").Term} term @param {{of: string, input: number[]}} light */
function reads({ of, input }, light) {
  return of === light.of && input !== null && sameCell(input, light.input);
}

/** @type {{key: string, names: string[]}} */
let named = { key: "", names: [] };

/** @param {Host} page @param {import("../../types.js").Trace} trace @param {Record<string, string>} sources */
function namesOf({ graph, t }, trace, sources) {
  const [source] = Object.values(sources);
  const found = graph?.layers.find(({ name }) => name === source);
  // Sums over lists of numbers name none of them: there is one block.
  if (!graph || !source || (found && found.shape.length === 1)) return [];
  const counts = Object.values(sources).map(
    (one) => graph.layers.find(({ name }) => name === one)?.shape[0] ?? 0,
  );
  const most = source === PICTURE ? graph.preparation.channels.length : Math.max(...counts);
  const key = JSON.stringify([graph.name, source, most, t.lang, trace.operation]);
  if (key !== named.key) named = { key, names: mapNames(graph, source, most, t) };
  return named.names;
}
