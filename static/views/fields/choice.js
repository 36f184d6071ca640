/** One of a few: side by side while few and short, a list to open otherwise. */

import { h, rebuild, setAttr, uniqueId } from "../base/dom.js";

/** @typedef {{value: string, label: string, group?: string, disabled?: boolean, title?: string}} Option group: its heading in a list */

const FEW = 5;
/** Letters that fit beside each other; a Chinese one is as wide as two. */
const SHORT = 34;

export class Choice {
  /** @param {string} id @param {(value: string) => void} emit @param {boolean} [list] open a list even where few */
  constructor(id, emit, list = false) {
    this.id = id;
    this.list = list;
    this.emit = emit;
    this.group = uniqueId("choice");
    this.element = h("div.choice");
  }

  /** @param {{value: string, options: Option[], labelledBy: string, describedBy?: string}} model */
  update({ value, options, labelledBy, describedBy }) {
    const letters = options.map(({ label }) => label.replace(/[\u2e80-\uffef]/g, "aa")).join("").length;
    const wide = this.list || options.length > FEW || letters > SHORT;
    const key = [options, wide];
    rebuild(this.element, key, () => [wide ? this.#select(options) : this.#segments(options)]);
    const shell = /** @type {HTMLElement} */ (this.element.firstElementChild);
    setAttr(shell, "aria-labelledby", labelledBy);
    setAttr(shell, "aria-describedby", describedBy);
    if (shell instanceof HTMLSelectElement) shell.value = value;
    else for (const radio of shell.querySelectorAll("input")) radio.checked = radio.value === value;
  }

  /** @param {Option[]} options */
  #select(options) {
    const select = h("select", { id: this.id, "data-testid": this.id });
    /** @type {HTMLElement} */
    let into = select;
    options.forEach(({ value, label, group, disabled, title }, at) => {
      if (group && group !== options[at - 1]?.group) {
        into = h("optgroup", { label: group });
        select.append(into);
      }
      into.append(h("option", { value, disabled, title }, label));
    });
    select.addEventListener("change", () => this.emit(select.value));
    return select;
  }

  /** @param {Option[]} options */
  #segments(options) {
    const parts = options.map(({ value, label, disabled, title }) => {
      const change = () => this.emit(value);
      const radio = h("input", {
        type: "radio",
        name: this.group,
        value,
        disabled,
        change,
        "data-testid": `${this.id}-${value}`,
      });
      return h("label", { title }, radio, h("span.segment", label));
    });
    return h("div.segments", { role: "radiogroup" }, ...parts);
  }
}
