/**
 * The diagram of an activation: f(x), below it the numbers before along the same x, beside it those after along the
 * same y, and the slope under all. Drawn at the size it has.
 *
 * @import { Translate } from "../../types.js"
 * @import { Axis } from "../../draw/plot.js"
 * @typedef {{min: number | null, max: number | null, mean: number | null, zeros: number, not_finite: number,
 *   edges: number[], counts: number[]}} Histogram
 * @typedef {{name: string, formula_text: import("../../types.js").Text, x: number[], y: (number | null)[], slope: (number | null)[],
 *   before: Histogram, after: Histogram}} CurveData
 */

import { at, barLength, bars, countTicks, line, ticks } from "../../draw/plot.js";
import { printed } from "../../draw/values.js";
import { give, uniqueId } from "../base/dom.js";
import { svg } from "../base/svg.js";

/** Where activations bend. */
const NEAR = 8;
const LEFT = 54;
const TOP = 24;
const GAP = 40;
/** px that numbers at the right end need. */
const END = 18;
const NARROW = 480;
/** px from one mark of an axis to the next. */
const APART = { across: 50, up: 36 };

/** Whether the numbers reach so far that the bend would not be seen. @param {CurveData} data */
export function far({ x }) {
  return x[0] < -3 * NEAR || x[x.length - 1] > 3 * NEAR;
}

export class CurvePlot {
  constructor() {
    this.clip = uniqueId("curve-clip");
    this.element = svg("svg.curve-plot", { "aria-hidden": true });
    this.pointed = svg("g.curve-pointed");
    this.looked = svg("g.curve-looked");
    /** @type {{x: Axis, y: Axis, slope: Axis, foot: number, side: number} | null} */
    this.axes = null;
  }

  /** @param {CurveData} data @param {number} width px @param {{log: boolean, near: boolean}} how @param {Translate} t */
  draw(data, width, how, t) {
    const axes = axesOf(data, width, how.near);
    const { x, y, slope, foot, side } = axes;
    this.axes = axes;
    const height = slope.from + 22;
    give(this.element, { width, height });
    const { before, after } = data;
    const [most, mostAfter] = [before, after].map(({ counts }) => Math.max(1, ...counts));
    const deep = foot - y.from - GAP;
    const wide = width - side - END;
    /** @param {number} room px for the most @param {number} of @returns {(count: number) => number} */
    const length = (room, of) => (count) => Math.max(1, room * barLength(count, of, how.log));
    const [down, out] = [length(deep, most), length(wide, mostAfter)];
    const top = y.from + GAP;
    const inside = svg("g", { "clip-path": `url(#${this.clip})` });
    inside.append(
      svg("path.curve-before", { d: bars(x, before.edges, before.counts, down, top, true) }),
      svg("path.curve-after", { d: bars(y, after.edges, after.counts, out, side, false) }),
      svg("path.curve-slope", { d: line(x, slope, data.x, data.slope) }),
      svg("path.curve-line", { d: line(x, y, data.x, data.y) }),
    );
    const clip = [
      [x.from, 0, x.to - x.from, height],
      [side, y.to, wide + 1, y.from - y.to],
    ].map(([left, up, w, h]) => svg("rect", { x: left, y: up, width: w, height: h }));
    const short = new Intl.NumberFormat(t.lang, { notation: "compact" });
    const counts = (/** @type {number} */ of, /** @type {number} */ few) =>
      countTicks(of, how.log, Math.floor(few));
    const on = (/** @type {Axis} */ axis) => (/** @type {number} */ value) => at(axis, value);
    const [xs, ys, slopes] = [x, y, slope].map(marks);
    const grid = svg("g.curve-grid");
    grid.append(
      ...rules(xs, on(x), [y.to, y.from], false, printed),
      ...rules(xs, on(x), [top, foot], false, null),
      ...rules(xs, on(x), [slope.to, slope.from], false, printed),
      ...rules(ys, on(y), [x.from, x.to], true, printed),
      ...rules(ys, on(y), [side, width - END], true, null),
      ...rules(slopes, on(slope), [x.from, x.to], true, printed),
      ...rules(counts(most, deep / 26), (one) => top + down(one), [LEFT, x.to], true, short.format),
      ...rules(counts(mostAfter, wide / 44), (one) => side + out(one), [y.to, y.from], false, short.format),
    );
    this.element.replaceChildren(
      svg("defs", svg("clipPath", { id: this.clip }, ...clip)),
      grid,
      inside,
      ...captions(axes, t),
      this.pointed,
      this.looked,
    );
  }

  /** The cell that is pointed at, from below onto the curve and to the side. @param {number} x @param {number} y */
  point(x, y) {
    const { axes } = this;
    if (!axes || !within(axes.x, x) || !within(axes.y, y)) return this.pointed.replaceChildren();
    const [px, py] = [at(axes.x, x), at(axes.y, y)];
    this.pointed.replaceChildren(
      svg("path", { d: `M${px} ${axes.foot}V${py}H${this.element.getAttribute("width")}` }),
      svg("circle", { cx: px, cy: py, r: 5 }),
    );
  }

  /** A point of the curve that is read off. @param {number} x @param {number | null} y @param {number | null} slope */
  look(x, y, slope) {
    const { axes } = this;
    if (!axes || !within(axes.x, x)) return this.looked.replaceChildren();
    const px = at(axes.x, x);
    const dot = (/** @type {number | null} */ value, /** @type {Axis} */ axis) =>
      value === null || !within(axis, value) ? [] : [svg("circle", { cx: px, cy: at(axis, value), r: 4 })];
    this.looked.replaceChildren(
      svg("path", { d: `M${px} ${axes.y.to}V${axes.slope.from}` }),
      ...dot(y, axes.y),
      ...dot(slope, axes.slope),
    );
  }
}

/** @param {Axis} axis @param {number} value */
function within({ lo, hi }, value) {
  return value >= lo && value <= hi;
}

/** @param {(number | null)[]} values @returns {[number, number]} with some of both sides of zero */
function reach(values) {
  const known = values.flatMap((value) => value ?? []);
  const [lo, hi] = [Math.min(0, ...known), Math.max(0, ...known)];
  const room = (hi - lo || 1) * 0.06;
  return [lo - room, hi + room];
}

/** @param {CurveData} data @param {number} width @param {boolean} near */
function axesOf({ x, y, slope, before }, width, near) {
  const narrow = width < NARROW;
  const side = width - (narrow ? 84 : 150);
  const ends = near
    ? [-NEAR, NEAR]
    : [Math.min(x[0], before.edges[0] ?? 0), Math.max(x[x.length - 1], before.edges.at(-1) ?? 0)];
  const seen = x.flatMap((one, n) => (one >= ends[0] && one <= ends[1] ? [n] : []));
  const heights = seen.map((n) => y[n]);
  const [lo, hi] = reach(heights);
  const [flat, steep] = reach(seen.map((n) => slope[n]));
  const foot = TOP + (narrow ? 190 : 230);
  const below = foot + GAP + (narrow ? 74 : 96);
  return {
    x: { lo: ends[0], hi: ends[1], from: LEFT, to: side - 12 },
    y: { lo, hi, from: foot, to: TOP },
    slope: { lo: flat, hi: steep, from: below + 26 + 64, to: below + 26 },
    foot: below,
    side,
  };
}

/** Round numbers along an axis. @param {Axis} axis */
function marks({ lo, hi, from, to }) {
  const room = Math.abs(to - from);
  return ticks(lo, hi, Math.max(2, Math.floor(room / (to > from ? APART.across : APART.up))));
}

/**
 * Rules through a diagram, with their numbers at the near end.
 * @param {number[]} values @param {(value: number) => number} place px @param {[number, number]} between
 * @param {boolean} level @param {((value: number) => string) | null} text
 */
function rules(values, place, [from, to], level, text) {
  return values.flatMap((value) => {
    const px = place(value);
    const d = level ? `M${from} ${px}H${to}` : `M${px} ${from}V${to}`;
    const rule = svg("path", { d, class: value === 0 ? "curve-zero" : "" });
    const where = level
      ? { x: from - 6, y: px + 4, "text-anchor": "end" }
      : { x: px, y: to + 15, "text-anchor": "middle" };
    return text ? [rule, svg("text", where, text(value))] : [rule];
  });
}

/** What each diagram is of, with a piece of its line or bar. @param {NonNullable<CurvePlot["axes"]>} axes @param {Translate} t */
function captions({ x, y, slope, side }, t) {
  const places = /** @type {const} */ ([
    ["line", x.from, y.to - 9],
    ["before", x.from, y.from + GAP - 6],
    ["after", side, y.to - 9],
    ["slope", x.from, slope.to - 7],
  ]);
  return places.map(([name, left, bottom]) => {
    const sample =
      name === "before" || name === "after" ? `M${left} ${bottom - 9}h9v9h-9z` : `M${left} ${bottom - 4}h20`;
    return svg(
      "g.curve-caption",
      svg("path", { d: sample, class: `curve-${name}` }),
      svg("text", { x: left + (sample.endsWith("z") ? 14 : 26), y: bottom }, t(`curve.${name}`)),
    );
  });
}
