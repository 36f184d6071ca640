/**
 * From maps to a number: how the logit of the class, or a number of a dense layer before, is made.
 *
 * @import { Answer, Chapter } from "../../page/chapters.js"
 * @import { Term, Trace } from "../../types.js"
 * @import { Made } from "../graph/ending.js"
 * @import { Translate } from "../../types.js"
 * @import { Host as Ended } from "../graph/ending.js"
 * @typedef {Ended & {t: Translate,
 *   look: (layer: string, map: number, cell?: {y: number, x: number} | null) => void}} Host
 */

import { on } from "../../page/events.js";
import { restOf } from "../../views/network/end/decimals.js";
import { DenseView } from "../../views/network/end/dense.js";
import { stepLines, sumParts } from "../../views/sum/terms.js";
import { bracket, minus } from "../../views/sum/words.js";
import { cellOf, isMapwise, madeOf } from "../graph/ending.js";
import { isVector } from "../graph/units.js";
import { pictureOf } from "../state.js";
import { className } from "./end.js";

/** So many terms have a row of their own. */
const SHOWN = 8;

/** @type {Chapter<Host>} */
export const logit = {
  name: "logit",
  offered: (page) => madeOf(page) !== null,
  view: (place, t) => new DenseView(place, t),
  request,
  model: (page, answer) => {
    const made = madeOf(page);
    return made && answer ? denseOf(page, made, answer) : {};
  },
  summary: (page) => {
    const made = madeOf(page);
    return made ? nameOf(page, made) : "";
  },
  listen: (page, view) => {
    on(view, "look", ({ index }) => lookAt(page, index));
    on(view, "source", () => lookAt(page, 0));
  },
};

/** @param {Host} page */
function request(page) {
  const made = madeOf(page);
  if (!made) return null;
  const { network, ...picture } = pictureOf(page.state.values);
  const body = { ...picture, layer: made.layer.name, cell: cellOf(made.layer, made.index) };
  return { post: `networks/${encodeURIComponent(network)}/trace`, body };
}

/** One of the numbers that it is made of, or of the map's cells. @param {Host} page @param {number} index */
function lookAt(page, index) {
  const made = madeOf(page);
  if (!made) return;
  const { source, how } = made;
  if (isVector(source)) return page.look(source.name, index);
  // Of a map made into one number, the map itself says more.
  if (page.graph && isMapwise(page.graph, source)) return page.look(source.inputs.input, index);
  const [, height, width] = source.shape;
  const within = index % (height * width);
  const cell = how === "mean" && index === 0 ? null : { y: Math.floor(within / width), x: within % width };
  page.look(source.name, how === "mean" ? made.index : Math.floor(index / (height * width)), cell);
}

/** @param {Host} page @param {Made} made */
function nameOf(page, { logit, index, layer }) {
  const { t } = page;
  return logit
    ? t("net.logit.of", { name: className(index, page) })
    : t("net.logit.numberOf", { index, layer: layer.name });
}

/** @param {Host} page @param {Made} made @param {Answer} answer */
function denseOf(page, made, answer) {
  const { t } = page;
  const { layer, steps } = answer.messages.reply;
  // Another layer's answer still stands while the newest is on its way.
  if (layer !== made.layer.name) return {};
  const [{ trace }, ...after] = /** @type {{layer: string, trace: Trace}[]} */ (steps);
  const { how, source, flatten } = made;
  const [maps, height, width] = how === "mean" ? [1, ...source.shape.slice(1)] : [...source.shape, 1, 1];
  const place = (/** @type {number} */ index) => placeOf(page, made, { maps, height, width }, index);
  const last = after.at(-1)?.trace ?? trace;
  const words = wordsOf(page, made);
  const count = trace.terms.length;
  return {
    how,
    name: nameOf(page, made),
    value: last.printed.value,
    about: t(words, { count, layer: source.name, size: `${height} × ${width}`, maps }),
    flattened:
      flatten && how === "sum" && height * width > 1
        ? t("net.logit.flattened", { maps, height, width, count, cells: height * width })
        : "",
    layout: { maps, height, width },
    numbers: {
      values: trace.terms.map(({ value }) => value ?? Number.NaN),
      weights: trace.printed.weights ? trace.terms.map(({ weight }) => weight ?? Number.NaN) : null,
      products: trace.terms.map(({ product }) => product ?? Number.NaN),
    },
    told: (/** @type {number} */ index) => `${place(index)}: ${termText(trace, index)}`,
    terms: termsOf(
      page,
      trace,
      after.map((step) => step.trace),
      place,
    ),
    source: source.name,
  };
}

/** @param {Host} page @param {Made} made */
function wordsOf({ graph }, { how, source }) {
  if (how === "mean") return "net.logit.mean";
  if (graph && isMapwise(graph, source)) return "net.logit.sumOfMeans";
  return isVector(source) ? "net.logit.sumOf" : "net.logit.sumOfMaps";
}

/** @param {Host} page @param {Made} made @param {{maps: number, height: number, width: number}} layout @param {number} index */
function placeOf({ t }, { how, source }, { height, width }, index) {
  const within = index % (height * width);
  const [map, y, x] = [Math.floor(index / (height * width)), Math.floor(within / width), within % width];
  if (how === "mean") return t("net.logit.cell", { y, x });
  if (isVector(source)) return t("net.logit.numberAt", { index });
  return height * width > 1 ? t("net.logit.flat", { index, map, y, x }) : t("net.logit.map", { map });
}

/** @param {Trace} trace @param {number} at */
function termText({ printed: { values, weights, products } }, at) {
  return weights
    ? `${minus(values[at])} × ${bracket(weights[at])} = ${minus(products[at])}`
    : minus(values[at]);
}

/** @param {Host} page @param {Trace} trace @param {Trace[]} after of what the unit does then @param {(index: number) => string} place */
function termsOf({ t }, trace, after, place) {
  const { printed, terms, reduction } = trace;
  const size = (/** @type {Term} */ { product }) => Math.abs(product ?? 0);
  const order = [...terms.keys()].sort((a, b) => size(terms[b]) - size(terms[a]) || a - b);
  const first = printed.weights ? order.slice(0, SHOWN) : [];
  const shown = first.map((index) => ({
    ...{ index, name: place(index), value: printed.values[index] },
    ...{ weight: printed.weights?.[index] ?? "", product: printed.products[index] },
  }));
  const others = terms.length - shown.length;
  const rest = restOf(
    printed.sum ?? "0",
    shown.map(({ product }) => product),
  );
  const count = terms.length;
  const lines = sumParts(printed, reduction).map(({ key, sign, text }) => ({
    label: t(`sum.step.${key}`, { count }) + remainder(key, trace, t),
    sign: key === "sum" ? "" : sign,
    text,
  }));
  for (const one of [trace, ...after]) lines.push(...doneLines(one, t));
  if (lines.at(-1)?.text !== printed.value && after.length === 0)
    lines.push({ label: t("net.logit.value"), sign: "=", text: printed.value });
  return { shown, rest: shown.length > 0 && others > 0 ? { count: others, product: rest } : null, lines };
}

/** @param {string} key @param {Trace} trace @param {Translate} t */
function remainder(key, { printed }, t) {
  const left = key === "quotient" ? (printed.remainder ?? "0") : "0";
  return left === "0" ? "" : ` (${t("sum.rest", { residual: minus(left) })})`;
}

/** What is done to the sum, or by the layers after it in its unit. @param {Trace} trace @param {Translate} t */
function doneLines({ steps, printed }, t) {
  return stepLines(steps, printed).flatMap(({ text, sign, operand, result }) => {
    const label = t.local(text);
    if (operand === null) return [{ label, sign: "=", text: result }];
    return [
      { label, sign, text: operand },
      { label: "", sign: "=", text: result },
    ];
  });
}
