/**
 * Back to the picture: which pixels a cell owes its value to, and the way there.
 *
 * @import { Answer, Chapter } from "../../page/chapters.js"
 * @import { Stop, Walk } from "../graph/walk.js"
 * @import { Translate } from "../../types.js"
 * @import { Focus } from "../graph/focus.js"
 * @import { Pointing } from "../pointing.js"
 * @import { Session } from "../session.js"
 * @import { Values } from "../state.js"
 * @import { Graph } from "../types.js"
 * @typedef {{graph: Graph | null, focus: Focus | null, session: Session, pointing: Pointing, walk: Walk,
 *   state: {values: Values}, t: Translate}} Host
 */

import { on } from "../../page/events.js";
import { TraceView } from "../../views/network/trace/trace.js";
import { minus } from "../../views/sum/words.js";
import { cellName } from "../graph/names.js";
import { sameCell } from "../graph/place.js";
import { PICTURE } from "../graph/walk.js";
import { pictureOf } from "../state.js";

/** @type {Chapter<Host>} */
export const trace = {
  name: "trace",
  offered: ({ focus }) => focus !== null,
  view: (place, t) => new TraceView(place, t),
  request: ({ pointing: { place }, state }) =>
    place && {
      type: "explain",
      ...pictureOf(state.values),
      layer: place.layer.name,
      cell: place.cell,
      dtype: "float32",
    },
  model,
  listen: ({ pointing, walk }, view) => {
    on(view, "pixel", ({ y, x }) => pointing.show(y === undefined ? null : { y, x }));
    on(view, "blocks", ({ coarse }) => pointing.blocks(coarse));
    on(view, "back", () => walk.back());
    on(view, "visit", ({ at }) => walk.visit(at));
  },
  summary: ({ graph, pointing: { place }, t }) =>
    graph && place ? `${place.layer.name} · ${cellName(graph, place.layer.name, place.cell, t)}` : "",
};

/** @param {Host} page @param {Answer | null} answer */
function model(page, answer) {
  const { graph, session, pointing, walk, t } = page;
  const { place, field, heat, pixel } = pointing;
  const told = answer?.messages.explain;
  const here =
    told && place && told.layer === place.layer.name && sameCell(told.cell, place.cell) ? told : null;
  const name = graph && place ? cellName(graph, place.layer.name, place.cell, t) : "";
  const end = walk.stops[walk.at]?.layer === PICTURE;
  const { next } = walk;
  return {
    heat: { given: session.given, heat, field, pixel, label: t("net.trace.picture", { cell: name }) },
    words: here && {
      cell: name,
      printed: here.printed,
      field: sizeOf(page),
    },
    top: here ? topOf(here.top) : [],
    stops: walk.stops.map((stop, at) => stopModel(page, stop, walk.stops[at - 1])),
    at: walk.at,
    grain: pointing.grain,
    next:
      next && graph
        ? `${next.layer === PICTURE ? "" : `${next.layer} · `}${cellName(graph, next.layer, next.cell, t)}`
        : "",
    done: end,
    awaited: pointing.awaited,
  };
}

/** @param {{cell: [number, number], contribution: number}[]} top */
function topOf(top) {
  const most = Math.abs(top[0]?.contribution ?? 1) || 1;
  return top.map(({ cell: [y, x], contribution }) => ({
    ...{ y, x, value: contribution },
    share: contribution / most,
  }));
}

/** Of the receptive field, in pixels. @param {Host} page */
function sizeOf({ pointing: { place } }) {
  const [high, wide] = place?.layer.field ?? [];
  return high && wide ? { height: high.size, width: wide.size } : null;
}

/** @param {Host} page @param {Stop} stop @param {Stop | undefined} before */
function stopModel({ graph, pointing, t }, { layer, cell, value, gift }, before) {
  const name = graph ? cellName(graph, layer, cell, t) : "";
  const told = pointing.trace;
  const own = pointing.exact && told?.layer === layer && sameCell(told.cell, cell);
  const number = value ?? (own ? (told?.steps.at(-1)?.trace.printed.value ?? null) : null);
  const after = before ? before.layer : "";
  return {
    name: layer === PICTURE ? name : `${layer} · ${name}`,
    value: number === null ? "" : minus(number),
    gives: gift && after ? giftWords(gift, t) : "",
    pixel: layer === PICTURE,
  };
}

/** What it gave to the cell after it. @param {NonNullable<Stop["gift"]>} gift @param {Translate} t */
function giftWords({ gives, of, share, reduction, picks }, t) {
  if (picks) return t(reduction === "max" ? "net.trace.largest" : "net.trace.taken");
  const percent = Number.isFinite(share) ? Math.round(100 * share) : 0;
  return t("net.trace.gives", { gives: minus(gives), of: minus(of), percent: minus(String(percent)) });
}
