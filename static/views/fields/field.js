/**
 * The frame around every control: label, unit, help, the reason for a limit, the server's refusal.
 *
 * @import { ParamLimit, ParamValue } from "../../types.js"
 * @typedef {object} FieldModel
 * @property {ParamValue} value as set, null where it follows by itself
 * @property {ParamValue} resolved as the last shape reply understood it
 * @property {ParamLimit | null} limit
 * @property {string} error
 */

import { h, setAttr, setText, show, uniqueId } from "../base/dom.js";

export class Field {
  /** @param {string} name stable, for tests and links @param {{label: string, unit?: string, help?: string}} texts */
  constructor(name, { label, unit = "", help = "" }) {
    const id = uniqueId(name);
    this.labelId = `${id}-label`;
    this.label = h("span", { id: this.labelId, class: "field-label" }, label);
    this.unit = h("span", { class: "field-unit" }, unit);
    this.tools = h("span", { class: "field-tools" });
    this.body = h("div", { class: "field-body" });
    this.help = h("p", { class: "field-help", id: `${id}-help` }, help);
    this.limit = h("p", { class: "field-limit", id: `${id}-limit`, hidden: true });
    this.error = h("p", {
      class: "field-error",
      id: `${id}-error`,
      role: "alert",
      "data-testid": `error-${name}`,
      hidden: true,
    });
    const head = h("div", { class: "field-head" }, this.label, this.unit, this.tools);
    this.element = h(
      "div",
      { class: "field", "data-field": name },
      head,
      this.body,
      this.limit,
      this.error,
      this.help,
    );
    this.describedBy = `${this.limit.id} ${this.error.id} ${this.help.id}`;
    /** What the field itself finds wrong with the text typed into it. */
    this.local = "";
    this.refusal = "";
    show(this.help, help !== "");
  }

  /** @param {string} text why the value cannot go further, or nothing */
  setLimit(text) {
    setText(this.limit, text);
    show(this.limit, text !== "");
  }

  /** @param {string} text what the server says */
  setError(text) {
    this.refusal = text;
    this.#speak();
  }

  /** @param {string} text what is wrong with what was typed */
  setLocal(text) {
    this.local = text;
    this.#speak();
  }

  /** An input left with nonsense in it shows its value again. @param {HTMLElement} input @param {() => void} restore */
  left(input, restore) {
    input.addEventListener("blur", () => {
      if (!this.local) return;
      this.setLocal("");
      restore();
    });
  }

  #speak() {
    const text = this.local || this.refusal;
    setText(this.error, text);
    show(this.error, text !== "");
    setAttr(this.element, "data-refused", text !== "");
    for (const input of this.body.querySelectorAll("input, select"))
      setAttr(input, "aria-invalid", text ? "true" : null);
  }
}
