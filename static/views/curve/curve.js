/**
 * An activation as a curve with its slope, the numbers of the map before and after it, and the present cell on it.
 *
 * @import { Translate } from "../../types.js"
 * @import { CurveData, Histogram } from "./plot.js"
 * @typedef {object} CurveModel
 * @property {CurveData | null} data
 * @property {string} name
 * @property {boolean} alone whether it is the operation itself, and does not follow another
 * @property {string} map which one, where there are several
 * @property {{y: number, x: number, before: string, after: string} | null} cell
 */

import { clip } from "../../draw/clip.js";
import { exact } from "../../draw/numbers.js";
import { nearest } from "../../draw/plot.js";
import { printed } from "../../draw/values.js";
import { h, rebuild, setAttr, setText, show } from "../base/dom.js";
import { View } from "../base/view.js";
import { NamedChoice, optionsOf } from "../fields/named.js";
import { combined } from "../pane/keys.js";
import { minus } from "../sum/words.js";
import { CurvePlot, far } from "./plot.js";

const ROWS = /** @type {const} */ (["zeros", "mean", "min", "max", "not_finite"]);
/** Points that a page key moves by. */
const PAGE = 16;

/** Percent of its cells that are zero; what is not nothing is not called so. @param {Histogram} told */
export function share({ zeros, counts, not_finite }) {
  const cells = counts.reduce((sum, one) => sum + one, not_finite);
  const tenths = Math.floor((1000 * zeros) / Math.max(cells, 1));
  return zeros > 0 && tenths === 0 ? "< 0.1" : String(tenths / 10);
}

/** @param {{min: number, max: number}} map its least and greatest number as they are read */
export function ends({ min, max }) {
  return { min: printed(min), max: printed(max) };
}

/** @extends {View<CurveModel>} */
export class CurveView extends View {
  how = { log: false, near: false };
  /** The point that is read off. */
  at = -1;
  drawn = "";
  /** What is drawn. @type {CurveData | null} */
  data = null;
  width = 0;
  plot = new CurvePlot();
  about = h("p.field-help");
  formula = h("p.curve-formula");
  slider = h(
    "div.curve-slider",
    { role: "slider", tabindex: "0", "data-testid": "curve" },
    this.plot.element,
  );
  log = this.#choice("log");
  near = this.#choice("near");
  cell = h("p.curve-cell", { "data-testid": "curve-cell" });
  look = h("p.curve-look", { "data-testid": "curve-look" });
  table = h("table.curve-table", { "data-testid": "curve-table" });
  rest = h(
    "div.curve-both",
    h("div.curve-left", this.slider, h("div.curve-bar.wrap", this.log.element, this.near.element)),
    h("div.curve-right", this.cell, this.look, this.table),
  );

  /** @param {HTMLElement} root @param {Translate} t */
  constructor(root, t) {
    super(root, t);
    this.fill(this.about, this.formula, this.rest);
    this.#listen();
    new ResizeObserver(([{ contentRect }]) => {
      this.width = Math.floor(contentRect.width);
      this.refresh();
    }).observe(this.slider);
  }

  /** @param {"log" | "near"} key */
  #choice(key) {
    const chosen = (/** @type {string} */ value) => {
      this.how[key] = value === key;
      this.refresh();
    };
    return new NamedChoice(
      `curve-${key}`,
      this.word(`curve.${key}`),
      chosen,
      "div.curve-choice.row.note",
      "span",
    );
  }

  #listen() {
    const { slider } = this;
    slider.addEventListener("pointermove", ({ clientX }) => {
      const { x } = this.plot.axes ?? {};
      const { data } = this.model ?? {};
      if (!x || !data) return;
      const px = clientX - slider.getBoundingClientRect().left;
      const value = x.lo + ((px - x.from) / (x.to - x.from)) * (x.hi - x.lo);
      this.#read(nearest(data.x, clip(value, x.lo, x.hi)));
    });
    slider.addEventListener("keydown", (event) => {
      const last = (this.model?.data?.x.length ?? 0) - 1;
      const steps = /** @type {Record<string, number>} */ ({
        ArrowRight: 1,
        ArrowUp: 1,
        ArrowLeft: -1,
        ArrowDown: -1,
        PageUp: PAGE,
        PageDown: -PAGE,
        Home: -last,
        End: last,
      });
      const by = steps[event.key];
      if (by === undefined || last < 0 || combined(event)) return;
      event.preventDefault();
      this.#read(clip(this.at + by, 0, last));
    });
  }

  /** @override @param {CurveModel} model */
  draw({ data, name, alone, map, cell }) {
    const { t, how } = this;
    show(this.rest, Boolean(data));
    setText(this.about, t(alone ? "curve.alone" : "curve.about", { name }));
    if (!data) return;
    // Another function has other points: from zero on.
    if (data.x.length !== this.data?.x.length) this.at = nearest(data.x, 0);
    const near = how.near && far(data);
    const formula = t.local(data.formula_text);
    for (const key of /** @type {const} */ (["log", "near"]))
      this[key].update(how[key] ? key : "off", optionsOf(t, `curve.${key}`, ["off", key]));
    show(this.near.element, far(data));
    setText(this.formula, `f(x) = ${formula}`);
    setAttr(this.slider, "aria-label", t("curve.label", { name, formula }));
    const drawn = `${t.lang} ${this.width} ${how.log} ${near}`;
    if (this.width > 0 && (drawn !== this.drawn || data !== this.data)) {
      this.drawn = drawn;
      this.plot.draw(data, this.width, { ...how, near }, t);
      this.#read(this.at, false);
    }
    this.data = data;
    this.plot.point(Number(cell?.before), Number(cell?.after));
    const said = cell && { ...cell, before: minus(cell.before), after: minus(cell.after), name };
    setText(this.cell, said ? t("curve.cell", said) : "");
    const key = [t.lang, map, name, data.before, data.after];
    rebuild(this.table, key, () => this.#rows(data, map, name));
  }

  /** @param {number} at a point of the curve @param {boolean} [shown] whether it is marked */
  #read(at, shown = true) {
    const { data } = this.model ?? {};
    if (!data || at < 0 || at >= data.x.length) return;
    this.at = at;
    const [x, y, slope] = [data.x[at], data.y[at], data.slope[at]];
    const text = this.t("curve.look", { x: exact(x), y: exact(y), slope: exact(slope) });
    for (const [name, value] of Object.entries({
      valuemin: data.x[0],
      valuemax: data.x.at(-1),
      valuenow: x,
      valuetext: text,
    }))
      setAttr(this.slider, `aria-${name}`, String(value));
    setText(this.look, shown ? text : this.t("curve.hint"));
    if (shown) this.plot.look(x, y, slope);
    else this.plot.looked.replaceChildren();
  }

  /** @param {CurveData} data @param {string} map @param {string} name @returns {Node[]} */
  #rows({ before, after }, map, name) {
    const { t } = this;
    const both = [before, after];
    const count = (/** @type {number} */ number) => number.toLocaleString(t.lang);
    const head = h(
      "tr",
      h("td"),
      ...["numbersBefore", "numbersAfter"].map((key) => h("th", { scope: "col" }, t(`curve.${key}`))),
    );
    const rows = ROWS.filter((row) => row !== "not_finite" || before.not_finite + after.not_finite > 0).map(
      (row) => {
        const cells = both.map((told) => {
          const text =
            row === "zeros"
              ? t("curve.share", { count: count(told.zeros), share: share(told) })
              : row === "not_finite"
                ? count(told[row])
                : exact(told[row]);
          return h("td", text);
        });
        return h("tr", { "data-row": row }, h("th", { scope: "row" }, t(`curve.${row}`)), ...cells);
      },
    );
    return [
      h("caption", t(map ? "curve.tableOf" : "curve.table", { map, name })),
      h("thead", head),
      h("tbody", ...rows),
    ];
  }
}
