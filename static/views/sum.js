/**
 * How one output cell came to be, in the server's own decimals, which add up exactly: nothing is computed here.
 * Emits "term" {input, kernel} while a term is pointed at and "untrace" when the pin is let go.
 *
 * @import { Trace, OperationInput, Translate } from "../types.js"
 * @import { Block } from "./sum_terms.js"
 * @typedef {object} SumModel
 * @property {Trace | null} trace
 * @property {{y: number, x: number}} seen where its cell is in the map
 * @property {boolean} pinned
 * @property {OperationInput[]} inputs of the operation
 * @property {string[]} channelNames
 * @property {string} mapLabel
 * @property {boolean} stale
 * @property {string} problem
 */

import { h, rebuild, setAttr, setText, show } from "./dom.js";
import { bracket, minus, partNodes, partsOf, stepNodes } from "./sum_result.js";
import { blocksOf } from "./sum_terms.js";

const SHOWN_IN_LINE = 1000;
/** The largest kernel over three channels is shown whole. */
const SHOWN_IN_BLOCKS = 3000;

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
    this.steps = h("ol", { class: "sum-steps", "data-testid": "sum-steps" });
    this.result = h("div", { class: "sum-result", "data-testid": "sum-result" });
    for (const [type, on] of /** @type {[string, boolean][]} */ ([
      ["pointerover", true],
      ["pointerleave", false],
    ])) {
      this.blocks.addEventListener(type, (event) => this.#pointed(event, on));
    }
    const head = h("div", { class: "sum-head" }, h("h2", {}, t("sum.title")), this.where, this.release);
    this.root.replaceChildren(head, this.hint, this.blocks, this.line, this.result, this.steps);
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
    setAttr(this.hint, "data-problem", model.problem !== "");
    for (const part of [this.blocks, this.line, this.result, this.steps])
      if (part) show(part, trace !== null);
    setAttr(this.root, "data-stale", model.stale);
    setText(this.where, trace ? this.#place(trace, model) : "");
    if (!trace) return;
    this.#fill(trace, model);
    this.#sumLine(trace);
    this.#results(trace);
  }

  /** Where the cell is: in the map, or by its own numbers where there are more or fewer axes than a map's. @param {Trace} trace @param {SumModel} model */
  #place({ cell }, { mapLabel, seen: { y, x } }) {
    if (cell.length === 0) return this.t("sum.whereScalar");
    if (cell.length !== 3) return this.t("sum.whereCell", { cell });
    return this.t(mapLabel ? "sum.whereMap" : "sum.where", { map: mapLabel, y, x });
  }

  /** @param {Trace} trace @param {SumModel} model */
  #fill(trace, { channelNames, inputs }) {
    const blocks = blocksOf(trace.terms.slice(0, SHOWN_IN_BLOCKS));
    const rest = trace.terms.length - SHOWN_IN_BLOCKS;
    const { weights } = trace.printed;
    const kinds = ["values", ...(weights ? ["weights"] : []), ...(weights || trace.each ? ["products"] : [])];
    const several = new Set(blocks.map((block) => block.of)).size > 1;
    const titles = blocks.map((block) => this.#title(block, channelNames, inputs, several));
    const key = JSON.stringify([blocks, kinds, titles, rest, trace.each, this.t.lang]);
    const element = /** @type {HTMLElement} */ (this.blocks);
    rebuild(element, key, () => [
      ...blocks.map((block, at) => this.#block(block, kinds, titles[at], trace.each)),
      ...(rest > 0 ? [h("p", {}, this.t("sum.more", { count: rest }))] : []),
    ]);
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

  /** @param {Block} block @param {string[]} names of channels @param {OperationInput[]} inputs @param {boolean} several of them are read */
  #title({ of, of_input: [channel, plane] }, names, inputs, several) {
    const { t } = this;
    const input = inputs.find((one) => one.name === of);
    const named = input?.kind === "maps" ? names[channel] : undefined;
    const parts = [
      several && t.local(input?.texts),
      channel !== undefined && (named ?? t("sum.channel", { channel })),
      plane !== undefined && t("sum.plane", { plane }),
    ];
    return parts.filter(Boolean).join(t("list.separator")) || t("sum.cells");
  }

  /** @param {Block} block @param {string[]} kinds @param {string} name @param {string | null} each */
  #block(block, kinds, name, each) {
    const { t } = this;
    const caption = (/** @type {string} */ kind) => {
      if (kind === "products" && each) return minus(each);
      const plain = kind !== "products" && !block.windowed;
      return t(`sum.caption.${plain ? "plain." : ""}${kind}`);
    };
    const parts = kinds.flatMap((kind, at) => {
      const cells = block.at.map((term) => h("span", { "data-term": String(term), "data-kind": kind }));
      const matrix = h(
        "div",
        { class: "matrix", role: "img", "aria-label": t(`sum.${kind}`, { channel: name }) },
        ...cells,
      );
      matrix.style.setProperty("--columns", String(block.columns));
      const figure = h("figure", {}, h("figcaption", {}, caption(kind)), matrix);
      const sign = kind === "weights" ? "×" : each ? "→" : "=";
      return at === 0 ? [figure] : [h("span", { class: "sum-sign", "aria-hidden": "true" }, sign), figure];
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
    show(/** @type {HTMLElement} */ (this.line), products.length > 1 || weights !== null);
    const terms = products.slice(0, SHOWN_IN_LINE).map((product, at) => {
      if (picks || !weights || trace.each) return minus(product);
      return `${minus(values[at])}×${bracket(weights[at])}`;
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
  #results(trace) {
    const { t } = this;
    const parts = partsOf(trace, t);
    rebuild(/** @type {Element} */ (this.result), JSON.stringify(parts), () => partNodes(parts));
    const steps = /** @type {HTMLElement} */ (this.steps);
    const key = JSON.stringify([trace.steps, trace.printed.steps, t.lang]);
    rebuild(steps, key, () => stepNodes(trace, t));
    show(steps, trace.steps.length > 0);
  }
}
