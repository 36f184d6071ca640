/**
 * Numbers typed one after another, as many as one likes: sizes of any number of axes.
 *
 * @import { Param, ParamValue, Translate } from "../../types.js"
 * @import { FieldModel } from "./field.js"
 */

import { h } from "../base/dom.js";
import { Field } from "./field.js";
import { localNames } from "./limits.js";

/** @param {string} text @returns {ParamValue | undefined} null where nothing is said, undefined for nonsense */
export function readList(text) {
  const words = text.split(/[\s,;×x]+/).filter(Boolean);
  const numbers = words.map(Number);
  if (!numbers.every(Number.isFinite)) return undefined;
  if (numbers.length === 0) return null;
  return numbers.length === 1 ? numbers[0] : numbers;
}

export class ListField {
  /** @param {Param} param @param {Translate} t @param {(value: ParamValue) => void} emit */
  constructor(param, t, emit) {
    this.field = new Field(param.name, localNames(t, param));
    this.element = this.field.element;
    this.input = h("input", {
      type: "text",
      inputmode: "text",
      autocomplete: "off",
      class: "list",
      "data-testid": `param-${param.name}`,
      "aria-labelledby": this.field.labelId,
      "aria-describedby": this.field.describedBy,
      placeholder: param.default === null && !param.required ? t("field.automatic") : null,
    });
    this.input.addEventListener("input", () => {
      const value = readList(this.input.value);
      const bad = value === undefined || (value === null && param.required === true);
      this.field.setLocal(bad ? t("field.numbers") : "");
      if (value !== undefined && !bad) emit(value);
    });
    this.field.body.append(this.input);
    this.field.left(this.input, () => this.model && this.update(this.model));
  }

  /** @param {FieldModel} model */
  update(model) {
    this.model = model;
    const { value, error } = model;
    const shown = Array.isArray(value) ? value.join(", ") : String(value ?? "");
    if (document.activeElement !== this.input && this.input.value !== shown) this.input.value = shown;
    this.field.setError(error);
  }
}
