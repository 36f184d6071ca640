/**
 * The few numbers of a kernel beside its weights: rows, columns, divisor, bias. Emits "number" {name, value}.
 *
 * @import { Limit, Param } from "../../types.js"
 * @typedef {"rows" | "columns" | "divisor" | "bias"} Name
 * @typedef {{value: number, limit?: Limit, param?: Param, hidden?: boolean, error?: string}} NumberModel
 */

import { h, setAttr, setText, setValue, show, uniqueId } from "../base/dom.js";
import { View } from "../base/view.js";
import { limitText } from "../fields/limits.js";

/** @type {Name[]} */
const NAMES = ["rows", "columns", "divisor", "bias"];

/** @extends {View<Record<Name, NumberModel>>} */
export class KernelNumbers extends View {
  note = h("p.field-limit", { id: uniqueId("kernel-note") });
  problem = h("p.field-error", { role: "alert", "data-testid": "error-numbers" });
  inputs = NAMES.map((name) =>
    h("input.number", {
      type: "number",
      step: name === "rows" || name === "columns" ? "1" : "any",
      "data-testid": name === "bias" ? "bias" : `kernel-${name}`,
      "aria-describedby": this.note.id,
      input: ({ target }) => this.#typed(name, target),
      blur: ({ target }) => this.#left(target),
    }),
  );
  labels = NAMES.map((name, at) => h("label", this.word(`kernel.${name}`), this.inputs[at]));
  element = h("div", h("div.kernel-numbers", ...this.labels), this.note, this.problem);
  /** Whether the bias shown was refused. @type {string | undefined} */
  refused = "";

  /** @param {Name} name @param {HTMLInputElement} input */
  #typed(name, input) {
    const value = input.valueAsNumber;
    const problem = this.#problem(name, value);
    setAttr(input, "aria-invalid", problem ? "true" : null);
    setText(this.problem, problem);
    if (!problem) this.emit("number", { name, value });
  }

  /** A field left with nonsense in it shows its number again. @param {HTMLInputElement} input */
  #left(input) {
    if (!input.hasAttribute("aria-invalid")) return;
    setAttr(input, "aria-invalid", null);
    setText(this.problem, "");
    this.refresh();
  }

  /** @param {Name} name @param {number} value */
  #problem(name, value) {
    if (!Number.isFinite(value)) return this.t("field.number");
    if (name === "divisor") return value === 0 ? this.t("kernel.divisorBad") : "";
    const good = name === "bias" || (Number.isInteger(value) && value >= 1 && value <= 31);
    return good ? "" : this.t("kernel.sizeBad", { min: 1, max: 31 });
  }

  /** @override @param {Record<Name, NumberModel>} model */
  draw(model) {
    const reasons = NAMES.map((name, at) => {
      const { value, limit, param, hidden, error } = model[name];
      const input = this.inputs[at];
      if (setValue(input, value)) setAttr(input, "aria-invalid", null);
      if (limit) {
        setAttr(input, "min", limit.min);
        setAttr(input, "max", limit.max);
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
