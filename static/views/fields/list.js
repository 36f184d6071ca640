/**
 * Numbers typed one after another, as many as one likes: sizes of any number of axes.
 *
 * @import { ParamValue } from "../../types.js"
 * @import { FieldModel } from "./field.js"
 */

import { h, setValue } from "../base/dom.js";
import { ParamField } from "./param.js";

/** @param {string} text @returns {ParamValue | undefined} null where nothing is said, undefined for nonsense */
export function readList(text) {
  const words = text.split(/[\s,;×x]+/).filter(Boolean);
  const numbers = words.map(Number);
  if (!numbers.every(Number.isFinite)) return undefined;
  if (numbers.length === 0) return null;
  return numbers.length === 1 ? numbers[0] : numbers;
}

export class ListField extends ParamField {
  input = h("input.list", {
    type: "text",
    inputmode: "text",
    autocomplete: "off",
    "data-testid": `param-${this.param.name}`,
    "aria-labelledby": this.labelId,
    "aria-describedby": this.describedBy,
    placeholder: this.optional ? this.t("field.automatic") : null,
    input: () => {
      const value = readList(this.input.value);
      const bad = value === undefined || (value === null && this.param.required === true);
      this.setLocal(bad ? this.t("field.numbers") : "");
      if (value !== undefined && !bad) this.emit(value);
    },
  });

  /** @param {ConstructorParameters<typeof ParamField>} declared */
  constructor(...declared) {
    super(...declared);
    this.hold(this.input);
  }

  /** @override @param {FieldModel} model */
  draw({ value }) {
    setValue(this.input, Array.isArray(value) ? value.join(", ") : (value ?? "").toString());
  }
}
