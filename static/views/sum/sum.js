/**
 * How one output cell came to be, in the server's own decimals, which add up exactly: nothing is computed here.
 * Emits "term" {at, by} (at null: none) while a term is pointed at and "untrace" when the pin is let go.
 *
 * @import { Trace, OperationInput, Translate } from "../../types.js"
 * @import { Block } from "./terms.js"
 * @typedef {object} SumModel
 * @property {Trace | null} trace
 * @property {{y: number, x: number}} seen where its cell is in the map
 * @property {boolean} pinned
 * @property {OperationInput[]} inputs of the operation
 * @property {string[]} channelNames
 * @property {string} mapLabel
 * @property {string} activation what the last step is called
 * @property {string} [place] what the cell is called, where that is known better
 * @property {number} [few] so many channels stand open, the others closed
 * @property {number[]} lit terms
 * @property {boolean} stale
 * @property {string} problem
 */

import { h, rebuild, setAttr, setText, show } from "../base/dom.js";
import { View } from "../base/view.js";
import { combined } from "../pane/keys.js";
import { Ledger } from "./ledger.js";
import { neighbour } from "./matrix.js";
import { blocksOf } from "./terms.js";
import { bracket, minus, placeOf, termText, titlesOf } from "./words.js";

const SHOWN_IN_LINE = 200;
/** So many lit terms are said. */
const SAID = 4;

/** @extends {View<SumModel>} */
export class SumView extends View {
  where = h("span.sum-where", { "data-testid": "sum-cell" });
  value = h("strong.sum-headline", { "data-testid": "sum-headline" });
  release = h(
    "button.small",
    { hidden: true, "data-testid": "unpin", click: () => this.emit("untrace") },
    this.word("sum.unpin"),
  );
  hint = h("p.field-help.sum-hint", { "data-testid": "sum-hint" });
  ledger = new Ledger(this.t, () => this.refresh());
  line = h("div.sum-line.note", {
    tabindex: "0",
    role: "group",
    "aria-label": this.word("sum.line"),
    "data-testid": "sum-line",
  });
  aside = h("div.sum-aside", h("h3", { "aria-hidden": true }, this.word("sum.line")), this.line);
  body = h("div.sum-body.wrap", this.ledger.element, this.aside);
  live = h("p.visually-hidden", { "aria-live": "polite" });
  /** @type {Block[]} */
  blocks = [];
  /** @type {string[]} */
  titles = [];
  /** @type {number[]} */
  lit = [];
  /** What the sum on the page was made from. @type {{trace?: Trace, about?: string}} */
  drawn = {};
  /** The term last told. @type {number | null} */
  told = null;

  /** @param {HTMLElement} root @param {Translate} t */
  constructor(root, t) {
    super(root, t);
    this.within(this.ledger);
    this.fill(h("div.sum-head.wrap", this.where, this.value, this.release), this.hint, this.body, this.live);
    this.#listen();
  }

  /** Hands and keys anywhere in it: they all mean a term. */
  #listen() {
    const { root } = this;
    new ResizeObserver(([{ contentRect }]) => this.ledger.fit(contentRect.width)).observe(root);
    root.addEventListener("pointerover", (event) => {
      if (event.pointerType !== "touch") this.#tell(termAt(event), "pointer");
    });
    root.addEventListener("pointerleave", (event) => {
      if (event.pointerType !== "touch") this.#tell(null, "pointer");
    });
    // A finger has no hover: what it taps stays lit until it taps beside it.
    root.addEventListener("click", (event) => this.#tell(termAt(event), "pointer"));
    root.addEventListener("focusin", (event) => {
      const { target } = event;
      if (!(target instanceof HTMLTableCellElement)) return;
      this.#stop(target);
      if (target.matches(":focus-visible")) this.#tell(termAt(event), "keys");
    });
    root.addEventListener("focusout", (event) => {
      if (!(event.relatedTarget instanceof HTMLTableCellElement)) this.#tell(null, "keys");
    });
    root.addEventListener("keydown", (event) => {
      if (!(event.target instanceof HTMLTableCellElement) || combined(event)) return;
      const next = neighbour(event.target, event.key, root);
      if (!next) return;
      event.preventDefault();
      next.focus();
    });
  }

  /** @param {number | null} at @param {"pointer" | "keys"} by */
  #tell(at, by) {
    if (at === this.told) return;
    this.told = at;
    this.emit("term", { at, by });
    if (by === "keys") setText(this.live, this.#litText());
  }

  /** One of the cells is a stop of the Tab key. @param {Element | null} cell */
  #stop(cell) {
    const stop = this.root.querySelector("td[tabindex='0']");
    if (stop === cell) return;
    if (stop) setAttr(stop, "tabindex", "-1");
    if (cell) setAttr(cell, "tabindex", "0");
  }

  /** @override @param {SumModel} model */
  draw(model) {
    const { trace, pinned, channelNames, inputs, activation, few } = model;
    const { ledger, t } = this;
    show(this.release, pinned);
    show(this.body, trace !== null);
    setAttr(this.root, "data-stale", model.stale);
    setText(this.where, trace ? this.#place(trace, model) : "");
    setText(this.value, trace ? `= ${minus(trace.printed.value)}` : "");
    const about = JSON.stringify([t.lang, channelNames, inputs, activation, [...ledger.opened]]);
    if (trace && (trace !== this.drawn.trace || about !== this.drawn.about)) {
      this.drawn = { trace, about };
      this.blocks = blocksOf(trace.terms, trace.partials);
      this.titles = titlesOf(this.blocks, inputs, channelNames, t);
      const focused = this.root.contains(document.activeElement) && termOf(document.activeElement);
      ledger.update(trace, this.blocks, { titles: this.titles, activation, few });
      this.#line(trace);
      if (!this.root.querySelector("td[tabindex='0']")) this.#stop(this.root.querySelector("td"));
      if (focused && !this.root.contains(document.activeElement))
        this.#find(focused.at, focused.kind)?.focus();
    }
    this.light(model.lit);
  }

  /** Lights terms, here and nowhere else. @param {number[]} terms */
  light(terms) {
    const trace = this.model?.trace;
    const wanted = terms.filter((at) => at < (trace?.terms.length ?? 0));
    const now = new Set(wanted.map(String));
    for (const node of this.root.querySelectorAll("[data-term]"))
      setAttr(node, "data-lit", now.has(/** @type {HTMLElement} */ (node).dataset.term ?? ""));
    this.lit = wanted;
    this.#hint();
  }

  #hint() {
    const { model, t } = this;
    if (!model) return;
    const hint = model.pinned ? "sum.pinnedHint" : "sum.hint";
    setText(this.hint, model.problem || this.#litText() || t(hint));
    setAttr(this.hint, "data-problem", model.problem !== "");
    setAttr(this.hint, "data-lit", this.lit.length > 0 && !model.problem);
  }

  /** What is lit, in words: its place, and each term by its channel. */
  #litText() {
    const { lit, t } = this;
    const trace = this.model?.trace;
    if (!trace || lit.length === 0) return "";
    const terms = lit.slice(0, SAID).map((at) => {
      const title = this.blocks.length > 1 ? this.titles[this.#blockOf(at)] : "";
      return title ? `${title} ${termText(trace, at)}` : termText(trace, at);
    });
    if (lit.length > SAID) terms.push(t("sum.more", { count: lit.length - SAID }));
    return `${placeOf(trace.terms[lit[0]], t)}: ${terms.join(" · ")}`;
  }

  /** @param {number} term */
  #blockOf(term) {
    return this.blocks.findLastIndex(({ start }) => start <= term);
  }

  /** @param {number} at @param {string} kind @returns {HTMLElement | null} */
  #find(at, kind) {
    return this.root.querySelector(`td[data-term="${at}"][data-kind="${kind}"]`);
  }

  /** Where the cell is: in the map, or by its own numbers where there are more or fewer axes than a map's. @param {Trace} trace @param {SumModel} model */
  #place({ cell }, { mapLabel, seen: { y, x }, place }) {
    if (place) return place;
    if (cell.length === 0) return this.t("sum.whereScalar");
    if (cell.length !== 3) return this.t("sum.whereCell", { cell });
    return this.t(mapLabel ? "sum.whereMap" : "sum.where", { map: mapLabel, y, x });
  }

  /** The terms in one line, as one would type them into a calculator. @param {Trace} trace */
  #line(trace) {
    const { line, aside } = this;
    const { products, weights, values, sum } = trace.printed;
    const picks = trace.reduction !== "sum";
    show(aside, products.length > 1 || weights !== null);
    const count = Math.min(products.length, SHOWN_IN_LINE);
    const between = picks ? ", " : " + ";
    const rest = products.length - count;
    rebuild(line, [count, rest, trace.reduction, this.t.lang], () => [
      ...(picks ? [new Text(`${trace.reduction}(`)] : []),
      ...Array.from({ length: count }, (_, at) => [
        ...(at > 0 ? [new Text(between)] : []),
        h("span", { "data-term": at }),
      ]).flat(),
      new Text(`${rest > 0 ? between + this.t("sum.more", { count: rest }) : ""}${picks ? ")" : ""}`),
      h("span.sum-line-end"),
    ]);
    const spans = line.children;
    for (let at = 0; at < count; at++) {
      const plain = picks || !weights || trace.each;
      setText(spans[at], plain ? minus(products[at]) : `${minus(values[at])}×${bracket(weights[at])}`);
    }
    setText(spans[count], ` = ${minus(sum ?? "")}`);
  }
}

/** @param {Event} event */
function termAt({ target }) {
  return termOf(/** @type {Element | null} */ (target))?.at ?? null;
}

/** @param {Element | null} element */
function termOf(element) {
  const node = /** @type {HTMLElement | null} */ (element?.closest("[data-term]") ?? null);
  return node && { at: Number(node.dataset.term), kind: node.dataset.kind ?? "" };
}
