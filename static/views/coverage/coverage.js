/**
 * What is lost: how often each input cell is read, as a map with its numbers, why it is not the same everywhere, and
 * what other endings would give. Emits "apply" {change}.
 *
 * @import { Axis, Endings, Shape, Translate } from "../../types.js"
 * @import { Box, Cell } from "./map.js"
 * @typedef {{shape: Shape | null, present: Cell | null, window: Box | null, endings: Endings | null}} CoverageModel
 */

import { hatch } from "../../draw/hatch.js";
import { css, heat, products } from "../../draw/heat.js";
import { onTheme } from "../../draw/theme.js";
import { h, rebuild, setAttr, setText, show } from "../base/dom.js";
import { Choice } from "../fields/choice.js";
import { EndingsView } from "../size/endings.js";
import { CoverageMap } from "./map.js";
import { cellWords, fewRuns, runName, runsOf, whyWords } from "./words.js";

/** Different counts up to which each has its own colour in the legend. */
const FEW = 10;

export class CoverageView extends EventTarget {
  /** @param {HTMLElement} root @param {Translate} t */
  constructor(root, t) {
    super();
    this.t = t;
    /** @type {CoverageModel} */
    this.model = { shape: null, present: null, window: null, endings: null };
    this.whole = "ends";
    /** @type {Cell | null} */
    this.seen = null;
    this.map = new CoverageMap();
    this.map.addEventListener("look", (event) => this.#look(/** @type {CustomEvent} */ (event).detail));
    this.map.addEventListener("fit", (event) => {
      const { long, small } = /** @type {CustomEvent} */ (event).detail;
      show(this.choice.element, long);
      show(this.small, small);
    });
    this.small = h("p.field-help", { hidden: true });
    this.endings = new EndingsView(t);
    this.endings.addEventListener("apply", (event) =>
      this.dispatchEvent(new CustomEvent("apply", { detail: /** @type {CustomEvent} */ (event).detail })),
    );
    this.choice = new Choice("coverage-extent", (value) => {
      this.whole = value;
      this.update(this.model);
    });
    this.choiceLabel = h("span.visually-hidden", { id: "coverage-extent-label" });
    this.words = h("p.coverage-cell", { "data-testid": "coverage-cell" });
    this.why = h("div.coverage-why", { "data-testid": "coverage-why" });
    this.legend = h("div.coverage-legend", { "data-testid": "coverage-legend" });
    this.runs = h("div.coverage-runs");
    this.summary = h("summary");
    this.hint = h("p.field-help", { id: "coverage-hint" });
    setAttr(this.map.element, "aria-describedby", "coverage-hint");
    root.replaceChildren(
      h(
        "div.coverage-grid",
        h(
          "div.coverage-left",
          this.choiceLabel,
          this.choice.element,
          this.map.element,
          this.legend,
          this.small,
        ),
        h("div.coverage-right", this.words, this.why, this.hint, h("details", this.summary, this.runs)),
      ),
      this.endings.element,
    );
    onTheme(() => this.#legend());
    this.translate(t);
  }

  /** @param {Translate} t */
  translate(t) {
    this.t = t;
    this.endings.t = t;
    setText(this.summary, t("coverage.numbers"));
    setText(this.hint, t("coverage.hint"));
    setText(this.small, t("coverage.small"));
    setText(this.choiceLabel, t("coverage.extent"));
    this.update(this.model);
  }

  /** The axes that lie in the map. @returns {{rows: Axis | null, columns: Axis} | null} */
  get axes() {
    const axes = this.model.shape?.axes ?? [];
    const columns = axes.at(-1);
    return columns ? { rows: axes.at(-2) ?? null, columns } : null;
  }

  /** @param {CoverageModel} model */
  update(model) {
    const { t } = this;
    this.model = model;
    const { axes } = this;
    if (!model.shape || !axes) return;
    const counts = { height: axes.rows?.coverage ?? [1], width: axes.columns.coverage };
    const options = ["ends", "all"].map((value) => ({ value, label: t(`coverage.${value}`) }));
    this.choice.update({ value: this.whole, options, labelledBy: "coverage-extent-label" });
    const { present, window } = model;
    this.map.update({
      counts,
      all: this.whole === "all",
      present,
      window,
    });
    this.#say();
    const sentences = whyWords(model.shape.axes, t);
    rebuild(this.why, sentences.join("\n"), () => sentences.map((sentence) => h("p", sentence)));
    rebuild(this.runs, JSON.stringify([t.lang, model.shape.axes.map((axis) => axis.coverage)]), () =>
      (model.shape?.axes ?? []).map((axis) => this.#table(axis)),
    );
    this.#legend();
    this.endings.update({ shape: model.shape, endings: model.endings });
  }

  /** @param {{cell: Cell | null, keys: boolean}} looked */
  #look({ cell, keys }) {
    this.seen = cell;
    // Every cell a pointer passes would be too much to hear.
    setAttr(this.words, "aria-live", keys ? "polite" : null);
    this.#say();
  }

  #say() {
    const { axes, t } = this;
    if (!axes) return;
    const { rows, columns } = axes;
    const cell = this.seen ?? this.model.present;
    const inside = cell && cell.x < columns.input && (!rows || cell.y < rows.input);
    const words = inside ? cellWords(rows, columns, cell, t) : t("coverage.point");
    setText(this.words, [words, ...this.#depth()].join(" "));
    setAttr(
      this.map.element,
      "aria-label",
      t("coverage.map", { height: rows?.input ?? 1, width: columns.input }),
    );
  }

  /** Of a volume, the map shows what is the same in all planes. */
  #depth() {
    const depth = this.model.shape?.axes.at(-3);
    if (!depth) return [];
    const [least, most] = [Math.min(...depth.coverage), Math.max(...depth.coverage)];
    return [this.t("coverage.depth", { times: least === most ? most : `${least}–${most}` })];
  }

  /** What the colours mean, in whole numbers. */
  #legend() {
    const { axes, t } = this;
    if (!axes) return;
    const found = products(axes.rows?.coverage ?? [1], axes.columns.coverage);
    const most = found.at(-1) ?? 0;
    const theme = getComputedStyle(document.documentElement).colorScheme;
    rebuild(this.legend, JSON.stringify([found, t.lang, theme]), () => [
      h("span.legend-label", t("coverage.legend")),
      ...(found[0] === 0 ? [entry(swatchUnread(), t("coverage.never"))] : []),
      ...shortened(found.filter((count) => count > 0)).map((count) =>
        entry(swatch(css(heat(count, most))), String(count)),
      ),
    ]);
  }

  /** @param {Axis} axis */
  #table(axis) {
    const { t } = this;
    const name = t(`axis.${axis.axis}`);
    const rows = fewRuns(runsOf(axis.coverage)).map((run) =>
      h("tr", h("td", run ? runName(run) : "…"), h("td", run ? String(run.count) : "…")),
    );
    return h(
      "table",
      { "data-testid": `coverage-${axis.axis}` },
      h("caption", name),
      h(
        "thead",
        h(
          "tr",
          h("th", { scope: "col" }, t("coverage.cells")),
          h("th", { scope: "col" }, t("coverage.times")),
        ),
      ),
      h("tbody", ...rows),
    );
  }
}

/** All counts while few; else some of them, evenly apart. @param {number[]} counts */
function shortened(counts) {
  if (counts.length <= FEW) return counts;
  const step = (counts.length - 1) / (FEW - 1);
  return Array.from({ length: FEW }, (_, at) => counts[Math.round(at * step)]);
}

/** @param {Node} sample @param {string} text */
function entry(sample, text) {
  return h("span.coverage-entry", sample, text);
}

/** @param {string} colour */
function swatch(colour) {
  const element = h("span.swatch", { "aria-hidden": "true" });
  element.style.backgroundColor = colour;
  return element;
}

function swatchUnread() {
  const element = h("canvas.swatch", { width: "20", height: "16", "aria-hidden": "true" });
  hatch(/** @type {CanvasRenderingContext2D} */ (element.getContext("2d")), 0, 0, 20, 16);
  return element;
}
