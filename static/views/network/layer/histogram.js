/**
 * How often which numbers occur: bars over an axis of the numbers, counts linear or logarithmic. Drawn at the size it has.
 *
 * @import { Translate } from "../../../types.js"
 * @import { Axis } from "../../../draw/plot.js"
 * @typedef {{edges: number[], counts: number[]}} Counted
 * @typedef {{counted: Counted | null, title: string, across: string, up: string}} HistogramModel title is said of it;
 *   across and up name its axes
 */

import { at, barLength, bars, countTicks, ticks } from "../../../draw/plot.js";
import { printed } from "../../../draw/values.js";
import { give, h, show } from "../../base/dom.js";
import { svg } from "../../base/svg.js";
import { View } from "../../base/view.js";
import { NamedChoice, optionsOf } from "../../fields/named.js";

const HEIGHT = 190;
const LEFT = 46;
const END = 14;
const TOP = 22;
const FOOT = HEIGHT - 36;
/** px from one mark of an axis to the next. */
const APART = { across: 56, up: 30 };

/** @extends {View<HistogramModel>} */
export class HistogramView extends View {
  log = false;
  width = 0;
  drawn = "";

  /** @param {HTMLElement} root @param {Translate} t @param {string} id */
  constructor(root, t, id) {
    super(root, t);
    this.plot = svg("svg.histogram-plot", { role: "img", "data-testid": id });
    const chosen = (/** @type {string} */ value) => {
      this.log = value === "log";
      this.refresh();
    };
    const name = this.word("curve.log");
    this.choice = new NamedChoice(`${id}-counts`, name, chosen, "div.histogram-choice.row.note", "span");
    const box = h("div.histogram-box", this.plot);
    give(root, { class: "histogram" }, box, this.choice.element);
    new ResizeObserver(([{ contentRect }]) => {
      this.width = Math.floor(contentRect.width);
      this.refresh();
    }).observe(box);
  }

  /** @override @param {HistogramModel} model */
  draw(model) {
    const { t, log, width } = this;
    const { counted } = model;
    show(this.root, Boolean(counted?.counts.length));
    if (!counted) return;
    this.choice.update(log ? "log" : "off", optionsOf(t, "curve.log", ["off", "log"]));
    give(this.plot, { "aria-label": model.title });
    const drawn = JSON.stringify([t.lang, width, log, model]);
    if (width === 0 || drawn === this.drawn) return;
    this.drawn = drawn;
    give(this.plot, { width, height: HEIGHT });
    this.plot.replaceChildren(...picture(counted, model, width, log, t.lang));
  }
}

/** @param {Counted} counted @param {HistogramModel} model @param {number} width @param {boolean} log @param {string} lang */
function picture({ edges, counts }, { across, up }, width, log, lang) {
  /** @type {Axis} */
  const x = { lo: edges[0], hi: edges[edges.length - 1], from: LEFT, to: width - END };
  const most = Math.max(1, ...counts);
  const room = FOOT - TOP;
  const reach = (/** @type {number} */ count) => -Math.max(1, room * barLength(count, most, log));
  const short = new Intl.NumberFormat(lang, { notation: "compact" });
  const rules = countTicks(most, log, Math.floor(room / APART.up)).flatMap((count) => {
    const y = FOOT + reach(count);
    return [
      svg("path.histogram-rule", { d: `M${LEFT} ${y}H${x.to}` }),
      svg("text", { x: LEFT - 6, y: y + 4, "text-anchor": "end" }, short.format(count)),
    ];
  });
  const marks = ticks(x.lo, x.hi, Math.max(2, Math.floor((x.to - x.from) / APART.across))).flatMap(
    (value) => {
      const px = at(x, value);
      return [
        svg("path", {
          class: value === 0 ? "histogram-zero" : "histogram-rule",
          d: `M${px} ${TOP}V${FOOT + 4}`,
        }),
        svg("text", { x: px, y: FOOT + 17, "text-anchor": "middle" }, printed(value)),
      ];
    },
  );
  return [
    ...rules,
    ...marks,
    svg("path.histogram-bars", { d: bars(x, edges, counts, reach, FOOT, true) }),
    svg("path.histogram-zero", { d: `M${LEFT} ${FOOT}H${x.to}` }),
    svg("text", { x: 0, y: 12 }, up),
    svg("text", { x: x.to, y: HEIGHT - 4, "text-anchor": "end" }, across),
  ];
}
