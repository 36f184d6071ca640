/**
 * From numbers to classes: softmax opened. For each of the likeliest classes its logit, the exponential, its share of
 * their sum; the others in one row, so that every column adds up. Emits "look" {index}.
 *
 * @typedef {{index: number, name: string, logit: string, power: string, share: string, part: number, chosen: boolean}} Row
 *   part: how long its bar is, 0 to 1
 * @typedef {object} EndModel
 * @property {Row[]} rows
 * @property {{count: number, power: string, share: string, part: number} | null} rest of the other classes
 * @property {{power: string, share: string, greatest: string}} total greatest: the logit that is subtracted from each
 * @property {{name: string, logit: string, power: string, sum: string, share: string}} own of the chosen class
 */

import { h, rebuild, setText } from "../../base/dom.js";
import { View } from "../../base/view.js";
import { minus } from "../../sum/words.js";
import { padsOf } from "./decimals.js";

/** @extends {View<EndModel>} */
export class EndView extends View {
  about = h("p.end-about");
  own = h("p.end-own", { "data-testid": "softmax-own" });
  table = h("table.end-table", { "data-testid": "softmax" });
  scroll = h(
    "div.end-scroll",
    { tabindex: "0", role: "group", "aria-label": this.word("net.end.table") },
    this.table,
  );
  element = this.fill(this.about, this.own, this.scroll, h("p.field-help", this.word("net.end.rounding")));

  /** @override @param {EndModel | {rows?: undefined}} model of which there is nothing yet */
  update(model) {
    if (model.rows) super.update(model);
  }

  /** @override @param {EndModel} model */
  draw(model) {
    const { t } = this;
    const { own, total, rows, rest } = model;
    setText(this.about, t("net.end.about", { greatest: minus(total.greatest) }));
    setText(this.own, t("net.end.own", numbers(own)));
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.index;
    const held = this.table.contains(document.activeElement);
    const key = [t.lang, rows, rest, total];
    if (rebuild(this.table, key, () => this.#table(model)) && held)
      /** @type {HTMLElement | null} */ (this.table.querySelector(`[data-index="${focused}"]`))?.focus();
  }

  /** @param {EndModel} model */
  #table({ rows, rest, total }) {
    const { t } = this;
    const heads = ["class", "logit", "power", "share"].map((key) =>
      h("th", { scope: "col", class: key === "class" ? null : "end-number" }, t(`net.end.${key}`)),
    );
    const logits = padsOf(rows.map(({ logit }) => logit));
    const powers = padsOf([...rows.map(({ power }) => power), rest?.power ?? "0", total.power]);
    const shares = padsOf([...rows.map(({ share }) => share), rest?.share ?? "0", total.share]);
    const body = rows.map((row, at) => {
      const { index, name, logit, power, share, part, chosen } = row;
      const click = () => this.emit("look", { index });
      const button = h("button.end-name", { "data-index": index, click, title: t("net.end.why") }, name);
      return h(
        "tr",
        { "data-class": index, "aria-current": chosen || null },
        h("th", { scope: "row" }, button),
        number(logit, logits[at]),
        number(power, powers[at]),
        number(share, shares[at]),
        h("td", bar(part)),
      );
    });
    /** @param {string} name @param {{power: string, share: string, part?: number}} sum @param {number} at */
    const row = (name, { power, share, part }, at) => [
      h("th", { scope: "row" }, name),
      h("td"),
      number(power, powers[at]),
      number(share, shares[at]),
      h("td", part === undefined ? null : bar(part)),
    ];
    const last = rows.length;
    const others = rest
      ? [h("tr.end-rest", ...row(t("net.end.rest", { count: rest.count }), rest, last))]
      : [];
    const foot = h("tr", ...row(t("net.end.sum"), total, last + 1));
    return [
      h("thead", h("tr", ...heads, h("td.end-bars"))),
      h("tbody", ...body, ...others),
      h("tfoot", foot),
    ];
  }
}

/** @param {Record<string, string>} texts names stay as they are */
function numbers({ name, ...texts }) {
  return { name, ...Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, minus(text)])) };
}

/** @param {string} text @param {string} pad zeros that are not written, but keep the points in line */
function number(text, pad) {
  return h("td.end-number", { "data-pad": pad || null }, minus(text));
}

/** @param {number} part */
function bar(part) {
  const inside = h("span");
  inside.style.setProperty("--part", `${(100 * part).toFixed(2)}%`);
  return h("span.end-bar", { "aria-hidden": true }, inside);
}
