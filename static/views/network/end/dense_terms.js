/**
 * A sum of many products as a table: the strongest of them, the others in one row, the sum, and what is done to it.
 * Emits "look" {index} for the number of a term.
 *
 * @typedef {{index: number, name: string, value: string, weight: string, product: string}} Strong
 * @typedef {{shown: Strong[], rest: {count: number, product: string} | null, lines: {label: string, sign: string, text: string}[]}} TermsModel
 */

import { give, h, rebuild } from "../../base/dom.js";
import { View } from "../../base/view.js";
import { bracket, minus } from "../../sum/words.js";
import { padsOf } from "./decimals.js";

/** @extends {View<TermsModel>} */
export class Terms extends View {
  table = h("table.end-table", { "data-testid": "dense-terms" });

  /** @param {ConstructorParameters<typeof View>} place */
  constructor(...place) {
    super(...place);
    give(this.root, { "aria-label": this.word("net.logit.terms") }, this.table);
  }

  /** @override @param {TermsModel} model */
  draw(model) {
    rebuild(this.table, [this.t.lang, model], () => this.#rows(model));
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
    const number = (/** @type {string} */ text, /** @type {string} */ pad) =>
      h("td.end-number", { "data-pad": pad || null }, text);
    const rows = shown.map(({ index, name, value, weight, product }, at) => {
      const click = () => this.emit("look", { index });
      return h(
        "tr",
        h("th", { scope: "row" }, h("button.end-name", { click }, name)),
        number(minus(value), values[at]),
        number(`× ${bracket(weight)}`, weights[at]),
        number(`= ${minus(product)}`, pads[at]),
      );
    });
    const plain = (/** @type {string} */ label, /** @type {string} */ text, /** @type {string} */ pad) =>
      h("tr", h("th", { scope: "row", colspan: "3" }, label), number(text, pad));
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
