/** One of a few, with its name before it. */

import { h } from "../base/dom.js";
import { Choice } from "./choice.js";

/** @typedef {import("../base/dom.js").Child} Child @typedef {import("./choice.js").Option} Option */

export class NamedChoice {
  /**
   * @param {string} id @param {Child} name @param {(value: string) => void} emit
   * @param {`div.${string}`} [row] what both stand in
   * @param {"span" | `span.${string}` | null} [label] what the name stands in; null: it is not seen
   */
  constructor(id, name, emit, row = "div.inline", label = "span.field-label") {
    this.choice = new Choice(id, emit);
    this.label = h(label ?? "span", { id: `${id}-label`, hidden: label === null }, name);
    this.element = h(row, this.label, this.choice.element);
  }

  /** @param {string} value @param {Option[]} options */
  update(value, options) {
    this.choice.update({ value, options, labelledBy: this.label.id });
  }
}

/** Options that are called by the page's own words. @param {import("../../types.js").Translate} t @param {string} stem of their keys @param {readonly string[]} values @returns {Option[]} */
export function optionsOf(t, stem, values) {
  return values.map((value) => ({ value, label: t(`${stem}.${value}`) }));
}
