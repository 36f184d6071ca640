/**
 * A sum of many products as a table: the strongest of them, the others in one row, the sum, and what is done to it.
 * Emits "look" {index} for the number of a term.
 *
 * @import { Trace, Translate } from "../../../types.js"
 * @typedef {{index: number, name: string, value: string, weight: string, product: string}} Strong
 * @typedef {{shown: Strong[], rest: {count: number, product: string} | null, lines: {label: string, sign: string, text: string}[]}} TermsModel
 */

import { h, rebuild } from "../../base/dom.js";
import { bracket, minus } from "../../sum/words.js";
import { padsOf } from "./decimals.js";

export class Terms extends EventTarget {
  /** @param {Translate} t */
  constructor(t) {
    super();
    this.t = t;
    this.table = h("table.end-table", { "data-testid": "dense-terms" });
    this.element = h("div.end-scroll", { tabindex: "0", role: "group" }, this.table);
  }

  /** @param {TermsModel} model @param {Translate} t */
  update(model, t) {
    this.t = t;
    this.element.setAttribute("aria-label", t("net.logit.terms"));
    rebuild(this.table, JSON.stringify([t.lang, model]), () => this.#rows(model));
  }

  /** @param {TermsModel} model */
  #rows({ shown, rest, lines }) {
    const { t } = this;
    const values = padsOf(shown.map(({ value }) => value));
    const weights = padsOf(shown.map(({ weight }) => weight));
    const last = [
      ...shown.map(({ product }) => product),
      ...(rest ? [rest.product] : []),
      ...lines.map(({ text }) => text),
    ];
    const pads = padsOf(last);
    const heads = ["number", "weight", "product"].map((key) =>
      h("th.end-number", { scope: "col" }, t(`net.logit.${key}`)),
    );
    const rows = shown.map(({ index, name, value, weight, product }, at) => {
      const click = () => this.dispatchEvent(new CustomEvent("look", { detail: { index } }));
      return h(
        "tr",
        h("th", { scope: "row" }, h("button.end-name", { click }, name)),
        h("td.end-number", { "data-pad": values[at] || null }, minus(value)),
        h("td.end-number", { "data-pad": weights[at] || null }, `× ${bracket(weight)}`),
        h("td.end-number", { "data-pad": pads[at] || null }, `= ${minus(product)}`),
      );
    });
    const plain = (/** @type {string} */ label, /** @type {string} */ text, /** @type {string} */ pad) =>
      h(
        "tr",
        h("th", { scope: "row", colspan: "3" }, label),
        h("td.end-number", { "data-pad": pad || null }, text),
      );
    const others = rest
      ? [plain(t("net.logit.rest", { count: rest.count }), minus(rest.product), pads[shown.length])]
      : [];
    const first = shown.length + others.length;
    const foot = lines.map(({ label, sign, text }, at) =>
      plain(
        label,
        sign === "" || sign === "=" ? `${sign} ${minus(text)}`.trim() : `${sign} ${bracket(text)}`,
        pads[first + at],
      ),
    );
    return [
      ...(rows.length > 0 ? [h("thead", h("tr", h("td"), ...heads))] : []),
      h("tbody", ...rows, ...others),
      h("tfoot", ...foot),
    ];
  }
}
