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

import { h, say, setAttr, show, uniqueId } from "../base/dom.js";

/** @typedef {string | import("../base/word.js").Word} Text */

export class Field {
  /** @param {string} name stable, for tests and links @param {{label: Text, unit?: Text, help?: Text}} texts */
  constructor(name, { label, unit = "", help = "" }) {
    const id = uniqueId(name);
    this.labelId = `${id}-label`;
    this.label = h("span.field-label", { id: this.labelId }, label);
    this.unit = h("span.field-unit.note", unit);
    this.tools = h("span.field-tools.row");
    this.body = h("div.field-body");
    this.help = h("p.field-help", { id: `${id}-help` }, help);
    this.limit = h("p.field-limit", { id: `${id}-limit`, hidden: true });
    this.error = h("p.field-error", {
      id: `${id}-error`,
      role: "alert",
      "data-testid": `error-${name}`,
      hidden: true,
    });
    const head = h("div.field-head.row", this.label, this.unit, this.tools);
    this.element = h("div.field", { "data-field": name }, head, this.body, this.limit, this.error, this.help);
    this.describedBy = `${this.limit.id} ${this.error.id} ${this.help.id}`;
    /** What the field itself finds wrong with the text typed into it. */
    this.local = "";
    this.refusal = "";
    show(this.help, help !== "");
  }

  /** @param {string} text why the value cannot go further, or nothing */
  setLimit(text) {
    say(this.limit, text);
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

  #speak() {
    const text = this.local || this.refusal;
    say(this.error, text);
    setAttr(this.element, "data-refused", text !== "");
    for (const input of this.body.querySelectorAll("input, select"))
      setAttr(input, "aria-invalid", text ? "true" : null);
  }
}
