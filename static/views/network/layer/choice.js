/** One of a few, with its name before it. */

import { h, setText, uniqueId } from "../../base/dom.js";
import { Choice } from "../../fields/choice.js";

export class LayerChoice {
  /** @param {string} id @param {(value: string) => void} emit */
  constructor(id, emit) {
    this.label = h("span", { id: uniqueId(id) });
    this.choice = new Choice(id, emit);
    this.element = h("div.layer-choice", this.label, this.choice.element);
  }

  /** @param {string} label @param {string} value @param {import("../../fields/choice.js").Option[]} options */
  update(label, value, options) {
    setText(this.label, label);
    this.choice.update({ value, options, labelledBy: this.label.id });
  }
}
