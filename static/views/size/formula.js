/**
 * How large the output is and why: the size law per axis, its boxes, what follows from it, and how far settings go.
 *
 * @import { Param, Shape } from "../../types.js"
 * @typedef {{shape: Shape | null, params: Param[]}} FormulaModel params: as declared
 * @typedef {[term: string, value: string, key: string, notes?: string[]]} Fact
 */

import { h, rebuild, show } from "../base/dom.js";
import { mathml, symbolsOf } from "../base/mathml.js";
import { View } from "../base/view.js";
import { drawBlocks } from "./blocks.js";
import { bytesText, countText } from "./count_words.js";
import { limitsTable } from "./limits.js";

const TIMES = " × ";

/** @extends {View<FormulaModel>} */
export class FormulaView extends View {
  law = this.#group("div.law", "formula.title", { tabindex: "0", "data-testid": "formula" });
  facts = h("dl.facts");
  blocks = this.#group("div.blocks.wrap", "blocks.title");
  limits = this.#group("div.limits-scroll", "limits.title", { tabindex: "0" });
  element = this.fill(
    h("div.size-top.wrap", this.law, h("div", this.blocks, h("p.field-help", this.word("blocks.scale")))),
    this.facts,
    h("details", h("summary", this.word("limits.title")), this.limits),
  );

  /** @param {`div.${string}`} selector @param {string} label @param {import("../base/dom.js").Attributes} [more] */
  #group(selector, label, more) {
    return h(selector, { role: "group", "aria-label": this.word(label), ...more });
  }

  /** @override @param {FormulaModel} model */
  draw({ shape, params }) {
    if (!shape) return;
    const { t } = this;
    const { input_shape, output_shape, axes } = shape;
    show(this.law, axes.length > 0);
    const laws = axes.map(({ axis, formula }) => [axis, formula]);
    rebuild(this.law, [t.lang, laws], () => this.#lines(shape));
    const sizes = [t.lang, input_shape, output_shape, shape.params];
    rebuild(this.blocks, sizes, () => drawBlocks(shape, t));
    const facts = this.#rows(shape);
    rebuild(this.facts, facts, () => facts.map((fact) => this.#fact(fact)));
    const limits = JSON.stringify([t.lang, shape.limits]);
    rebuild(this.limits, limits, () => [limitsTable(shape, params, t)]);
  }

  /** @param {Fact} fact */
  #fact([term, value, key, notes = []]) {
    const [how, what] = notes;
    return h(
      "div",
      h("dt", term),
      h("dd", { "data-testid": `fact-${key}` }, value),
      how ? h("dd.fact-how.note", { "data-testid": `how-${key}` }, `= ${how}`, h("small", what)) : null,
    );
  }

  /** @param {Shape} shape @returns {Node[]} the law in symbols once where both axes follow the same, then each with its numbers */
  #lines(shape) {
    const { t } = this;
    const word = (/** @type {string} */ index) => t.or(`symbol.${index}`, index);
    const symbolic = new Map(shape.axes.map(({ formula }) => [mathml(formula, word).textContent, formula]));
    const lines = [...symbolic.values()].map((formula) =>
      h("div.law-line.row.symbols", mathml(formula, word)),
    );
    const counted = shape.axes.map((axis) =>
      h(
        "div.law-line.row",
        { "data-testid": `formula-${axis.axis}`, title: axis.text },
        h("span.axis-name.note", t(`axis.${axis.axis}`)),
        mathml(axis.formula, null),
      ),
    );
    const names = [...new Set(shape.axes.flatMap((axis) => symbolsOf(axis.formula)))];
    const known = names.filter((name) => t.has(`symbol.${name}`)).map((name) => t(`symbol.${name}`));
    return [...lines, ...counted, h("p.field-help", known.join(t("list.separator")))];
  }

  /** @param {Shape} shape @returns {Fact[]} */
  #rows(shape) {
    const { t } = this;
    const count = new Intl.NumberFormat(t.lang);
    const [, ...others] = Object.entries(shape.outputs ?? {});
    /** @type {Fact[]} */
    const further = others.map(([name, size]) => [
      t("facts.further", { name }),
      this.#size(size),
      `output-${name}`,
    ]);
    /** @type {Fact[]} */
    const rows = [
      [this.#sized("input", "channels", shape, shape.input_shape), this.#size(shape.input_shape), "input"],
      [this.#sized("output", "maps", shape, shape.output_shape), this.#size(shape.output_shape), "output"],
      ...further,
      [
        t("facts.parameters"),
        count.format(shape.parameters),
        "parameters",
        countText(shape.counts.parameters, t),
      ],
      [t("facts.macs"), count.format(shape.macs), "macs", countText(shape.counts.macs, t)],
      [
        t("facts.additions"),
        count.format(shape.additions),
        "additions",
        countText(shape.counts.additions, t),
      ],
      [t("facts.bytes"), count.format(shape.bytes_moved), "bytes", bytesText(shape.counts.bytes_moved, t)],
    ];
    if (shape.axes.length === 0) return rows;
    const names = shape.axes.map((axis) => t(`axis.${axis.axis}`)).join(TIMES);
    rows.push([t("facts.field", { names }), this.#size(shape.receptive_field), "field"]);
    rows.push([t("facts.unread"), this.#unread(shape), "unread"]);
    return rows;
  }

  /** What the numbers of a size stand for, where that is known. @param {"input" | "output"} what @param {string} first @param {Shape} shape @param {number[]} size */
  #sized(what, first, { axes }, size) {
    const { t } = this;
    if (axes.length === 0 || size.length !== axes.length + 1) return t(`facts.${what}Shape`);
    const names = [t(`facts.${first}`), ...axes.map((axis) => t(`axis.${axis.axis}`))].join(TIMES);
    return t(`facts.${what}`, { names });
  }

  /** @param {number[]} size */
  #size(size) {
    return size.length > 0 ? size.join(TIMES) : this.t("facts.scalar");
  }

  /** @param {Shape} shape */
  #unread(shape) {
    const { t } = this;
    const parts = shape.axes
      .filter((axis) => axis.unread.length > 0)
      .map((axis) => {
        const few = axis.unread.slice(0, 6).join(", ");
        return t(`facts.unread.${axis.axis}`, {
          count: axis.unread.length,
          which: axis.unread.length > 6 ? `${few}, …` : few,
        });
      });
    return parts.length > 0 ? parts.join(t("list.separator")) : t("facts.unreadNone");
  }
}
