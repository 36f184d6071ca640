/**
 * The sum as one would write it down: a row for each channel with its matrices and what they come to, a line, and
 * below it what becomes of the whole. Rows that are too many stay closed, with their numbers; a button opens them.
 *
 * @import { Text, Trace, Translate } from "../../types.js"
 * @import { Block } from "./terms.js"
 * @import { Kind } from "./matrix.js"
 * @typedef {{titles: string[], activation: string, few?: number}} Names few: so many stand open, and no closed one has a row
 * @typedef {{kinds: Kind[], picks: boolean, alone: boolean, each: Text | null}} Plan how this kind of sum is laid out
 */

import { h, rebuild, setAttr, setText, show } from "../base/dom.js";
import { alignPoints, fillMatrix, matrix } from "./matrix.js";
import { numberNode, rowNode, rowsOf } from "./rows.js";
import { shownOf } from "./terms.js";
import { minus } from "./words.js";

/** Closed rows beyond so many stand side by side. */
const ROWS = 8;
/** Px: about what a digit takes, and what lies between two numbers. */
const [DIGIT, BETWEEN] = [7.5, 9];
/** Px that names and signs take, about. */
const BESIDE = 120;
/** More are not listed: they are in the sum all the same. */
const LISTED = 600;

export class Ledger {
  /** @param {Translate} t @param {() => void} changed when a row is opened or closed */
  constructor(t, changed) {
    this.t = t;
    this.changed = changed;
    /** Blocks that were opened, of the structure at hand. @type {Set<number>} */
    this.opened = new Set();
    this.structure = "";
    /** Px: about how wide the matrices of a row are, and how wide the place is. */
    this.widest = 0;
    this.room = Number.POSITIVE_INFINITY;
    this.above = h("div.sum-above", { role: "group", "aria-label": t("sum.blocks") });
    this.below = h("div.sum-below", { "data-testid": "sum-result" });
    this.element = h("div.sum-ledger", this.above, this.below);
  }

  /** @param {Translate} t */
  translate(t) {
    this.t = t;
    setAttr(this.above, "aria-label", t("sum.blocks"));
  }

  /** @param {Trace} trace @param {Block[]} blocks @param {Names} names */
  update(trace, blocks, names) {
    const structure = JSON.stringify([
      trace.operation,
      blocks.map(({ of, count, columns }) => [of, count, columns]),
    ]);
    if (structure !== this.structure) this.opened.clear();
    this.structure = structure;
    const plan = planOf(trace, blocks);
    const shown = shownOf(blocks, this.opened, names.few);
    const key = [structure, names.titles, plan, shown, this.t.lang];
    const rowed = names.few === undefined ? ROWS : 0;
    rebuild(this.above, key, () => this.#above(blocks, shown, names.titles, plan, rowed));
    const parts = trace.printed.partials ?? [];
    const tables = [...this.above.querySelectorAll("table")];
    this.widest = 0;
    for (const kind of plan.kinds) {
      const alike = tables.filter((table) => table.dataset.kind === kind);
      const digits = alike.map((table) => fillMatrix(table, trace, this.t("sum.padding")));
      const widest = Math.max(0, ...digits);
      setStyle(this.above, `--${kind}`, `${widest}ch`);
      this.widest += Math.max(0, ...blocks.map(({ columns }) => columns)) * (widest * DIGIT + BETWEEN);
    }
    for (const node of this.above.querySelectorAll("[data-part]")) {
      const text = parts[Number(/** @type {HTMLElement} */ (node).dataset.part)] ?? "";
      setText(node, minus(text));
    }
    setAttr(this.element, "data-added", parts.length > 1);
    setAttr(this.element, "data-weighed", trace.printed.weights !== null);
    const rows = rowsOf(trace, this.t, plan.alone, names.activation);
    rebuild(this.below, [rows, this.t.lang], () => rows.map(rowNode));
    this.#align();
  }

  /** All numbers of the last column end alike, and stand behind signs that do. */
  #align() {
    const numbers = /** @type {HTMLElement[]} */ ([
      ...this.element.querySelectorAll(".sum-number > :last-child"),
    ]);
    alignPoints(numbers);
    const widest = Math.max(4, ...numbers.map((one) => `${one.textContent}${one.dataset.pad ?? ""}`.length));
    const width = `${widest + 3}ch`;
    setStyle(this.element, "--wide", width);
    show(this.below, this.below.childElementCount > 0);
    this.fit(this.room);
  }

  /** Where there is no room beside the matrices, what they come to stands below them. @param {number} room px */
  fit(room) {
    this.room = room;
    const number = 10 * Number.parseFloat(this.element.style.getPropertyValue("--wide"));
    setAttr(this.element, "data-wide", this.widest + BESIDE + number > room);
  }

  /** @param {Block[]} blocks @param {number[]} shown @param {string[]} titles @param {Plan} plan @param {number} rowed closed rows, if there are no more @returns {Node[]} */
  #above(blocks, shown, titles, plan, rowed) {
    const between = plan.kinds.length * 2 - 1;
    this.above.style.setProperty("--between", String(between));
    const closed = shown.filter((count) => count === 0).length;
    const rows = blocks.flatMap((block, at) =>
      shown[at] > 0 || closed <= rowed ? [this.#row(block, at, shown[at], titles[at], plan)] : [],
    );
    if (closed > rowed) rows.push(this.#chips(shown, titles));
    return [this.#head(blocks[0], plan), ...rows];
  }

  /** @param {Block | undefined} block @param {Plan} plan */
  #head(block, { kinds, picks, each }) {
    const { t } = this;
    const captions = kinds.flatMap((kind, at) => {
      const plain = kind !== "products" && !block?.windowed ? "plain." : "";
      const text = kind === "products" && each ? t.local(each) : t(`sum.caption.${plain}${kind}`);
      return [...(at > 0 ? [h("span")] : []), h("span", text)];
    });
    const last = h("span.sum-caption-last", picks || !block || block.count < 2 ? "" : t("sum.caption.sum"));
    return h("div.sum-captions", { "aria-hidden": true }, h("span"), ...captions, last);
  }

  /** @param {Block} block @param {number} at @param {number} shown @param {string} title @param {Plan} plan */
  #row(block, at, shown, title, { kinds, picks, alone, each }) {
    const { t } = this;
    const figures = kinds.flatMap((kind, nth) => {
      const figure = matrix(block, shown, kind, t(`sum.${kind}`, { channel: title }));
      const sign = kind === "weights" ? "×" : each ? "→" : "=";
      return nth === 0 ? [figure] : [h("span.sum-sign", { "aria-hidden": true }, sign), figure];
    });
    const number = h("span.step-number", { "data-part": at, "data-testid": alone ? "sum-sum" : null });
    const single = alone && block.count < 2;
    return h(
      "div.sum-block",
      {
        role: "group",
        "aria-label": title,
        "data-closed": shown === 0,
        "data-step": alone && !single ? "sum" : null,
      },
      h("div.sum-name", h("h3", title), this.#toggle(at, shown, block.count, title)),
      ...(shown > 0 ? figures : []),
      picks || single ? h("span.sum-number") : numberNode(at === 0 ? "" : "+", number),
    );
  }

  /** @param {number} at @param {number} shown @param {number} count @param {string} title */
  #toggle(at, shown, count, title) {
    const open = this.opened.has(at);
    if (!open && shown === count) return null;
    const { t } = this;
    const click = () => {
      if (!this.opened.delete(at)) this.opened.add(at);
      this.#changed(at);
    };
    const text = open ? t("sum.fold") : t("sum.open", { count });
    const label = `${title}: ${text}`;
    return h("button.small", { "aria-expanded": open, "aria-label": label, "data-block": at, click }, text);
  }

  /** @param {number} at the block that was opened or closed: its button keeps the focus */
  #changed(at) {
    this.changed();
    /** @type {HTMLElement | null} */ (this.element.querySelector(`[data-block="${at}"]`))?.focus();
  }

  /** @param {number[]} shown @param {string[]} titles */
  #chips(shown, titles) {
    const closed = [...shown.keys()].filter((at) => shown[at] === 0);
    const chips = closed.slice(0, LISTED).map((at) => {
      const click = () => {
        this.opened.add(at);
        this.#changed(at);
      };
      const number = h("span", { "data-part": at });
      return h("button.sum-chip", { "aria-expanded": false, click }, h("small", titles[at]), number);
    });
    const rest = closed.length - chips.length;
    const more = rest > 0 ? h("p", this.t("sum.more", { count: rest })) : null;
    return h("div.sum-chips", { role: "group", "aria-label": this.t("sum.others") }, ...chips, more);
  }
}

/** @param {HTMLElement} element @param {string} name @param {string} value */
function setStyle({ style }, name, value) {
  if (style.getPropertyValue(name) !== value) style.setProperty(name, value);
}

/** @param {Trace} trace @param {Block[]} blocks @returns {Plan} */
function planOf({ printed: { weights, partials }, each_text: each }, blocks) {
  /** @type {Kind[]} */
  const kinds = [
    "values",
    ...(weights ? /** @type {Kind[]} */ (["weights"]) : []),
    ...(weights || each ? /** @type {Kind[]} */ (["products"]) : []),
  ];
  return { kinds, picks: partials === null, alone: partials !== null && blocks.length === 1, each };
}
