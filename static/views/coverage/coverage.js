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
import { View } from "../base/view.js";
import { NamedChoice, optionsOf } from "../fields/named.js";
import { EndingsView } from "../size/endings.js";
import { CoverageMap } from "./map.js";
import { cellWords, fewRuns, runName, runsOf, whyWords } from "./words.js";

/** Different counts up to which each has its own colour in the legend. */
const FEW = 10;

/** @extends {View<CoverageModel>} */
export class CoverageView extends View {
  whole = "ends";
  /** @type {Cell | null} */
  seen = null;
  map = new CoverageMap();
  endings = this.within(new EndingsView(h("section.endings", { "data-testid": "endings" }), this.t));
  choice = new NamedChoice(
    "coverage-extent",
    this.word("coverage.extent"),
    (value) => {
      this.whole = value;
      this.refresh();
    },
    "div.coverage-left",
    null,
  );
  small = h("p.field-help", { hidden: true }, this.word("coverage.small"));
  words = h("p.coverage-cell", { "data-testid": "coverage-cell" });
  why = h("div.coverage-why", { "data-testid": "coverage-why" });
  legend = h("div.coverage-legend.wrap", { "data-testid": "coverage-legend" });
  runs = h("div.coverage-runs.wrap");

  /** @param {HTMLElement} root @param {Translate} t */
  constructor(root, t) {
    super(root, t);
    const { map, choice, small } = this;
    choice.element.append(map.element, this.legend, small);
    setAttr(map.element, "aria-describedby", "coverage-hint");
    const hint = h("p.field-help", { id: "coverage-hint" }, this.word("coverage.hint"));
    const numbers = h("details", h("summary", this.word("coverage.numbers")), this.runs);
    const right = h("div.coverage-right", this.words, this.why, hint, numbers);
    this.fill(h("div.coverage-grid", choice.element, right), this.endings.root);
    map.on("look", (looked) => this.#look(looked));
    map.on("fit", ({ long, small: tiny }) => {
      show(choice.choice.element, long);
      show(small, tiny);
    });
    this.pass(this.endings, "apply");
    onTheme(() => this.#legend());
  }

  /** The axes that lie in the map. @returns {{rows: Axis | null, columns: Axis} | null} */
  get axes() {
    const axes = this.model?.shape?.axes ?? [];
    const columns = axes.at(-1);
    return columns ? { rows: axes.at(-2) ?? null, columns } : null;
  }

  /** @override @param {CoverageModel} model */
  draw({ shape, present, window, endings }) {
    const { t, axes, whole } = this;
    if (!shape || !axes) return;
    const counts = { height: axes.rows?.coverage ?? [1], width: axes.columns.coverage };
    this.choice.update(whole, optionsOf(t, "coverage", ["ends", "all"]));
    this.map.update({ counts, all: whole === "all", present, window });
    this.#say();
    const sentences = whyWords(shape.axes, t);
    rebuild(this.why, sentences.join("\n"), () => sentences.map((sentence) => h("p", sentence)));
    const runs = [t.lang, shape.axes.map(({ coverage }) => coverage)];
    rebuild(this.runs, runs, () => shape.axes.map((axis) => this.#table(axis)));
    this.#legend();
    this.endings.update({ shape, endings });
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
    const cell = this.seen ?? this.model?.present;
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
    const depth = this.model?.shape?.axes.at(-3);
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
    rebuild(this.legend, [found, t.lang, theme], () => [
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
  const element = h("span.swatch", { "aria-hidden": true });
  element.style.backgroundColor = colour;
  return element;
}

function swatchUnread() {
  const element = h("canvas.swatch", { width: "20", height: "16", "aria-hidden": true });
  hatch(/** @type {CanvasRenderingContext2D} */ (element.getContext("2d")), 0, 0, 20, 16);
  return element;
}
