/**
 * From maps to a number: the mean of one map, or the sum of many numbers times their weights. Emits "look" {index} for
 * one of the numbers that it is made of, and "source" for the map whose mean it is.
 *
 * @import { Translate } from "../../../types.js"
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

import { h, setText, show } from "../../base/dom.js";
import { minus } from "../../sum/words.js";
import { Sheets } from "./dense_sheets.js";
import { Terms } from "./dense_terms.js";

export class DenseView extends EventTarget {
  /** @param {HTMLElement} root @param {Translate} t */
  constructor(root, t) {
    super();
    this.t = t;
    this.name = h("span.dense-name");
    this.value = h("strong.dense-value", { "data-testid": "dense-value" });
    this.about = h("p.end-about");
    this.flattened = h("p.end-about", { "data-testid": "flattened" });
    this.source = h("button", { "data-testid": "dense-source", click: () => this.#say("source", {}) });
    this.sheets = new Sheets();
    this.terms = new Terms(t);
    for (const part of [this.sheets, this.terms])
      part.addEventListener("look", (event) => this.#say("look", /** @type {CustomEvent} */ (event).detail));
    this.body = h("div.dense-body", this.sheets.element, h("div", this.terms.element, this.source));
    this.root = root;
    root.replaceChildren(h("p.dense-head", this.name, this.value), this.about, this.flattened, this.body);
    /** @type {DenseModel | null} */
    this.model = null;
  }

  /** @param {Translate} t */
  translate(t) {
    this.t = t;
    if (this.model) this.update(this.model);
  }

  /** @param {DenseModel} model */
  update(model) {
    if (!model.terms) return;
    this.model = model;
    const { t } = this;
    const { how, name, value, about, flattened, layout, numbers, terms, told, source } = model;
    setText(this.name, name);
    setText(this.value, ` = ${minus(value)}`);
    setText(this.about, about);
    setText(this.flattened, flattened);
    show(this.flattened, flattened !== "");
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
    this.terms.update(terms, t);
  }

  /** @param {string} type @param {object} detail */
  #say(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
