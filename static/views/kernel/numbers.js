/**
 * The few numbers of a kernel beside its weights: rows, columns, divisor, bias.
 *
 * @import { Translate, Limit, Param } from "../../types.js"
 * @typedef {"rows" | "columns" | "divisor" | "bias"} Name
 * @typedef {{value: number, limit?: Limit, param?: Param, hidden?: boolean, error?: string}} NumberModel
 */

import { h, setAttr, setText, show, uniqueId } from "../base/dom.js";
import { limitText } from "../fields/limits.js";

/** @type {Name[]} */
const NAMES = ["rows", "columns", "divisor", "bias"];

export class KernelNumbers {
  /** @param {Translate} t @param {(name: Name, value: number) => void} emit */
  constructor(t, emit) {
    this.t = t;
    this.emit = emit;
    const id = uniqueId("kernel-note");
    this.note = h("p", { class: "field-limit", id });
    this.problem = h("p", { class: "field-error", role: "alert", "data-testid": "error-numbers" });
    this.inputs = NAMES.map((name) => {
      const testid = name === "bias" ? "bias" : `kernel-${name}`;
      const step = name === "rows" || name === "columns" ? "1" : "any";
      const input = h("input", {
        type: "number",
        class: "number",
        step,
        "data-testid": testid,
        "aria-describedby": id,
      });
      input.addEventListener("input", () => this.#typed(name, input));
      input.addEventListener("blur", () => this.#left(input));
      return input;
    });
    this.labels = NAMES.map((name, at) => h("label", {}, t(`kernel.${name}`), this.inputs[at]));
    this.element = h(
      "div",
      {},
      h("div", { class: "kernel-numbers" }, ...this.labels),
      this.note,
      this.problem,
    );
  }

  /** @param {Name} name @param {HTMLInputElement} input */
  #typed(name, input) {
    const value = input.valueAsNumber;
    const problem = this.#problem(name, value);
    setAttr(input, "aria-invalid", problem ? "true" : null);
    setText(this.problem, problem);
    if (!problem) this.emit(name, value);
  }

  /** A field left with nonsense in it shows its number again. @param {HTMLInputElement} input */
  #left(input) {
    if (!input.hasAttribute("aria-invalid") || !this.model) return;
    setAttr(input, "aria-invalid", null);
    setText(this.problem, "");
    this.update(this.model);
  }

  /** @param {Name} name @param {number} value */
  #problem(name, value) {
    if (!Number.isFinite(value)) return this.t("field.number");
    if (name === "divisor") return value === 0 ? this.t("kernel.divisorBad") : "";
    if (name === "bias") return "";
    return Number.isInteger(value) && value >= 1 && value <= 31
      ? ""
      : this.t("kernel.sizeBad", { min: 1, max: 31 });
  }

  /** @param {Record<Name, NumberModel>} model */
  update(model) {
    this.model = model;
    const reasons = NAMES.map((name, at) => {
      const { value, limit, param, hidden, error } = model[name];
      const input = this.inputs[at];
      if (document.activeElement !== input && input.value !== String(value)) {
        input.value = String(value);
        setAttr(input, "aria-invalid", null);
      }
      if (limit) {
        setAttr(input, "min", String(limit.min));
        setAttr(input, "max", String(limit.max));
      }
      show(this.labels[at], !hidden);
      if (error) setText(this.problem, error);
      return limit && param ? limitText(this.t, limit, value, param) : "";
    });
    if (this.refused && !model.bias.error) setText(this.problem, "");
    this.refused = model.bias.error;
    setText(this.note, reasons.find(Boolean) ?? "");
  }
}
