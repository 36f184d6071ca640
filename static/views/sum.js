/**
 * How one output cell came to be, in the server's own decimals, which add up exactly: nothing is computed here.
 * Emits "term" {input, kernel} while a term is pointed at and "untrace" when the pin is let go.
 *
 * @import { Trace, Term, Translate } from "../types.js"
 * @typedef {{channel: number, rows: number, columns: number, at: number[]}} Block the terms of one input channel
 * @typedef {{trace: Trace | null, pinned: boolean, channelNames: string[], mapLabel: string, stale: boolean, problem: string}} SumModel
 */

import { h, rebuild, setAttr, setText, show } from "./dom.js";

const SHOWN_IN_LINE = 1000;

export class SumView extends EventTarget {
  /** @param {HTMLElement} root @param {Translate} t */
  constructor(root, t) {
    super();
    this.root = root;
    this.t = t;
    this.build();
  }

  build() {
    const { t } = this;
    this.where = h("span", { class: "sum-where", "data-testid": "sum-cell" });
    this.release = h("button", { type: "button", hidden: true, "data-testid": "unpin" }, t("sum.unpin"));
    this.release.addEventListener("click", () => this.dispatchEvent(new CustomEvent("untrace")));
    this.hint = h("p", { class: "field-help" });
    this.blocks = h("div", {
      class: "sum-blocks",
      tabindex: "0",
      role: "group",
      "aria-label": t("sum.blocks"),
    });
    this.line = h("div", {
      class: "sum-line",
      tabindex: "0",
      role: "group",
      "aria-label": t("sum.line"),
      "data-testid": "sum-line",
    });
    this.result = h("div", { class: "sum-result", "data-testid": "sum-result" });
    for (const [type, on] of /** @type {[string, boolean][]} */ ([
      ["pointerover", true],
      ["pointerleave", false],
    ])) {
      this.blocks.addEventListener(type, (event) => this.#pointed(event, on));
    }
    const head = h("div", { class: "sum-head" }, h("h2", {}, t("sum.title")), this.where, this.release);
    this.root.replaceChildren(head, this.hint, this.blocks, this.line, this.result);
  }

  /** @param {Translate} t */
  translate(t) {
    this.t = t;
    this.build();
    if (this.model) this.update(this.model);
  }

  /** @param {Event} event @param {boolean} on */
  #pointed(event, on) {
    const at = /** @type {HTMLElement} */ (event.target).dataset.term;
    const term = on && at !== undefined ? this.model?.trace?.terms[Number(at)] : null;
    this.dispatchEvent(new CustomEvent("term", { detail: term ?? null }));
  }

  /** @param {SumModel} model */
  update(model) {
    this.model = model;
    const { trace, pinned } = model;
    if (!this.where || !this.release || !this.hint) return;
    show(this.release, pinned);
    setText(this.hint, model.problem || this.t(pinned ? "sum.pinnedHint" : "sum.hint"));
    for (const part of [this.blocks, this.line, this.result]) if (part) show(part, trace !== null);
    setAttr(this.root, "data-stale", model.stale);
    if (!trace) return;
    const [, y, x] = trace.cell;
    setText(this.where, this.t(model.mapLabel ? "sum.whereMap" : "sum.where", { map: model.mapLabel, y, x }));
    this.#fill(trace, model.channelNames);
    this.#sumLine(trace);
    this.#resultLine(trace);
  }

  /** @param {Trace} trace @param {string[]} names */
  #fill(trace, names) {
    const blocks = split(trace.terms);
    const weighted = trace.printed.weights !== null && trace.terms.some((term) => term.weight !== null);
    const key = JSON.stringify([blocks, weighted, names, this.t.lang]);
    const element = /** @type {HTMLElement} */ (this.blocks);
    rebuild(element, key, () => blocks.map((block) => this.#block(block, weighted, names)));
    for (const cell of element.querySelectorAll("[data-term]")) {
      const node = /** @type {HTMLElement} */ (cell);
      const at = Number(node.dataset.term);
      const kind = /** @type {"values" | "weights" | "products"} */ (node.dataset.kind);
      const text = trace.printed[kind]?.[at] ?? "";
      setText(node, minus(text));
      setAttr(
        node,
        "data-sign",
        kind === "values" ? null : text.startsWith("-") ? "-" : text === "0" ? "0" : "+",
      );
      if (kind === "values") setAttr(node, "data-padding", trace.terms[at].input === null);
      setAttr(node, "data-chosen", trace.terms[at].chosen === true);
    }
  }

  /** @param {Block} block @param {boolean} weighted @param {string[]} names */
  #block(block, weighted, names) {
    const { t } = this;
    const name = names[block.channel] ?? t("sum.channel", { channel: block.channel });
    const kinds = weighted ? ["values", "weights", "products"] : ["values"];
    const parts = kinds.flatMap((kind, at) => {
      const cells = block.at.map((term) => h("span", { "data-term": String(term), "data-kind": kind }));
      const matrix = h(
        "div",
        { class: "matrix", role: "img", "aria-label": t(`sum.${kind}`, { channel: name }) },
        ...cells,
      );
      matrix.style.setProperty("--columns", String(block.columns));
      const figure = h("figure", {}, h("figcaption", {}, t(`sum.caption.${kind}`)), matrix);
      return at === 0
        ? [figure]
        : [h("span", { class: "sum-sign", "aria-hidden": "true" }, at === 1 ? "×" : "="), figure];
    });
    return h(
      "section",
      { class: "sum-block" },
      h("h3", {}, name),
      h("div", { class: "sum-parts" }, ...parts),
    );
  }

  /** The terms in one line, as one would write them. @param {Trace} trace */
  #sumLine(trace) {
    const { products, weights, values } = trace.printed;
    const picks = trace.reduction !== "sum";
    const terms = products.slice(0, SHOWN_IN_LINE).map((product, at) => {
      if (picks || !weights || weights[at] === null) return minus(product);
      return `${minus(values[at])}×${bracket(/** @type {string} */ (weights[at]))}`;
    });
    const rest =
      products.length > SHOWN_IN_LINE ? [this.t("sum.more", { count: products.length - SHOWN_IN_LINE })] : [];
    const all = [...terms, ...rest];
    setText(
      /** @type {Node} */ (this.line),
      picks ? `${trace.reduction}(${all.join(", ")})` : all.join(" + "),
    );
  }

  /** @param {Trace} trace */
  #resultLine({ printed, reduction, terms }) {
    const { t } = this;
    /** @type {{key: string, sign: string, text: string, label: string}[]} */
    const steps = [];
    const put = (
      /** @type {string} */ key,
      /** @type {string} */ sign,
      /** @type {string | null} */ text,
    ) => {
      if (text !== null)
        steps.push({ key, sign, text, label: t(`sum.step.${key}`, { count: terms.length }) });
    };
    put(reduction, "", printed.sum);
    put("divisor", "÷", printed.divisor);
    if (printed.divisor !== null) put("quotient", "=", printed.quotient);
    if (printed.remainder !== "0") put("remainder", "", printed.remainder);
    put("bias", "+", printed.bias);
    if (printed.residual !== "0") put("residual", "+", printed.residual);
    put("value", "=", printed.value);
    if (steps.length === 2 && printed.sum === printed.value) return this.#plainResult(steps[0]);
    rebuild(/** @type {Element} */ (this.result), JSON.stringify([steps, t.lang]), () =>
      steps.map(({ key, sign, text, label }) => {
        const number = h(
          "span",
          { class: "step-number", "data-testid": `sum-${key}` },
          sign === "+" ? bracket(text) : minus(text),
        );
        const top = h("span", {}, sign ? h("span", { class: "sign" }, sign) : null, number);
        return h("div", { class: "step", "data-step": key }, top, h("small", {}, label));
      }),
    );
  }

  /** Nothing follows the sum: it is the output cell. One number stands for both. @param {{key: string, text: string, label: string}} step */
  #plainResult({ key, text, label }) {
    rebuild(/** @type {Element} */ (this.result), JSON.stringify(["plain", key, text, label]), () => {
      const sum = h("span", { "data-testid": `sum-${key}` }, minus(text));
      const number = h("span", { class: "step-number", "data-testid": "sum-value" }, sum);
      const value = h("span", { "data-step": "value" }, h("span", { class: "sign" }, "="), number);
      return [h("div", { class: "step plain", "data-step": key }, h("span", {}, label), value)];
    });
  }
}

/** @param {string} text with a true minus sign */
function minus(text) {
  return text.replace("Infinity", "∞").replaceAll("-", "−");
}

/** @param {string} text negative numbers in brackets, where a sign stands before */
function bracket(text) {
  return text.startsWith("-") ? `(${minus(text)})` : text;
}

/** The terms by channel, each block as wide as the kernel. @param {Term[]} terms @returns {Block[]} */
function split(terms) {
  /** @type {Map<number, Block>} */
  const blocks = new Map();
  terms.forEach(({ kernel: [part, row, column], input }, at) => {
    const block = blocks.get(part) ?? { channel: part, rows: 0, columns: 0, at: [] };
    block.at.push(at);
    block.rows = Math.max(block.rows, row + 1);
    block.columns = Math.max(block.columns, column + 1);
    if (input) block.channel = input[0];
    blocks.set(part, block);
  });
  return [...blocks.values()];
}
