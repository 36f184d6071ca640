/**
 * From maps to a number: the mean of one map, or the sum of many numbers times their weights. Emits "look" {index} for
 * one of the numbers that it is made of, and "source" for the map whose mean it is.
 *
 * @import { Layout } from "./dense_sheet.js"
 * @import { TermsModel } from "./dense_terms.js"
 * @typedef {object} DenseModel
 * @property {"mean" | "sum"} how
 * @property {string} name of the number
 * @property {string} value
 * @property {string} about
 * @property {string} flattened how its numbers were laid out into a row, or empty
 * @property {Layout} layout of the maps that it reads
 * @property {{values: number[], weights: number[] | null, products: number[]}} numbers
 * @property {(index: number) => string} told a term in words
 * @property {TermsModel} terms
 * @property {string} source name of the map whose mean it is
 */

import { h, say, setText, show } from "../../base/dom.js";
import { View } from "../../base/view.js";
import { minus } from "../../sum/words.js";
import { Sheets } from "./dense_sheets.js";
import { Terms } from "./dense_terms.js";

/** @extends {View<DenseModel>} */
export class DenseView extends View {
  name = h("span.dense-name");
  value = h("strong.dense-value", { "data-testid": "dense-value" });
  about = h("p.end-about");
  flattened = h("p.end-about", { "data-testid": "flattened" });
  source = h("button", { "data-testid": "dense-source", click: () => this.emit("source") });
  sheets = new Sheets();
  terms = this.within(new Terms(h("div.end-scroll", { tabindex: "0", role: "group" }), this.t));
  body = h("div.dense-body", this.sheets.element, h("div", this.terms.root, this.source));

  /** @param {ConstructorParameters<typeof View>} place */
  constructor(...place) {
    super(...place);
    this.fill(h("p.dense-head", this.name, this.value), this.about, this.flattened, this.body);
    this.pass(this.sheets, "look");
    this.pass(this.terms, "look");
  }

  /** @override @param {DenseModel | {terms?: undefined}} model of which there is nothing yet */
  update(model) {
    if (model.terms) super.update(model);
  }

  /** @override @param {DenseModel} model */
  draw({ how, name, value, about, flattened, layout, numbers, terms, told, source }) {
    const { t } = this;
    setText(this.name, name);
    setText(this.value, ` = ${minus(value)}`);
    setText(this.about, about);
    say(this.flattened, flattened);
    setText(this.source, t("net.logit.source", { name: source }));
    show(this.source, how === "mean");
    this.root.dataset.how = how;
    const sheet = (/** @type {string} */ key, /** @type {number[]} */ list) => ({
      title: t(`net.logit.${key}`),
      numbers: list,
      colormap: list.some((one) => one < 0) ? "diverging" : "grey",
    });
    /** @type {import("./dense_sheets.js").SheetModel[]} */
    const sheets = [sheet(how === "mean" ? "cells" : "number", numbers.values)];
    if (numbers.weights) sheets.push(sheet("weight", numbers.weights), sheet("product", numbers.products));
    const row = { maps: 1, height: 1, width: numbers.values.length };
    if (flattened)
      sheets.push({ ...sheet("number", numbers.values), title: t("net.logit.row"), layout: row });
    this.sheets.update({ sheets, layout, label: t("net.logit.sheets"), told });
    this.terms.update(terms);
  }
}
