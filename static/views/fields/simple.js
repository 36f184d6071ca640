/**
 * The plain kinds: one of several words, yes or no, a real number.
 *
 * @import { Param, ParamValue, Translate } from "../../types.js"
 * @import { FieldModel } from "./field.js"
 */

import { h, setAttr } from "../base/dom.js";
import { Choice } from "./choice.js";
import { Field } from "./field.js";
import { choiceText, localNames } from "./limits.js";

/** No word: the server chooses. */
const AUTOMATIC = "";

export class ChoiceField {
  /** @param {Param} param @param {Translate} t @param {(value: ParamValue) => void} emit */
  constructor(param, t, emit) {
    this.param = param;
    this.t = t;
    this.field = new Field(param.name, localNames(t, param));
    this.element = this.field.element;
    this.choice = new Choice(`param-${param.name}`, (word) => emit(word === AUTOMATIC ? null : word));
    this.field.body.append(this.choice.element);
  }

  /** @param {FieldModel} model */
  update({ value, limit, error }) {
    const { t, field } = this;
    const allowed = limit && !Array.isArray(limit) ? limit : null;
    const reasons = allowed?.reasons ?? {};
    const { default: declared, required } = this.param;
    const none = declared === null && !required ? [{ value: AUTOMATIC, label: t("field.automatic") }] : [];
    const words = (this.param.choices ?? []).map((choice) => ({
      value: choice.value,
      label: t.local(choice.label),
      disabled: allowed ? !allowed.choices.includes(choice.value) && choice.value !== value : false,
      title: reasons[choice.value] ? choiceText(t, reasons[choice.value], this.param) : undefined,
    }));
    const options = [...none, ...words];
    const { labelId, describedBy } = field;
    this.choice.update({ value: String(value ?? AUTOMATIC), options, labelledBy: labelId, describedBy });
    field.setLimit(
      [...new Set(Object.values(reasons).map((reason) => choiceText(t, reason, this.param)))].join(" "),
    );
    field.setError(error);
  }
}

export class FlagField {
  /** @param {Param} param @param {Translate} t @param {(value: ParamValue) => void} emit */
  constructor(param, t, emit) {
    this.field = new Field(param.name, { ...localNames(t, param), label: "" });
    this.element = this.field.element;
    this.input = h("input", { type: "checkbox", role: "switch", "data-testid": `param-${param.name}` });
    this.input.addEventListener("change", () => emit(this.input.checked));
    this.field.label.append(h("label", { class: "check" }, this.input, localNames(t, param).label));
  }

  /** @param {FieldModel} model */
  update({ value, error }) {
    this.input.checked = value === true;
    setAttr(this.input, "aria-describedby", this.field.describedBy);
    this.field.setError(error);
  }
}

export class NumberField {
  /** @param {Param} param @param {Translate} t @param {(value: ParamValue) => void} emit */
  constructor(param, t, emit) {
    this.field = new Field(param.name, localNames(t, param));
    this.element = this.field.element;
    const { min, max } = param;
    const optional = param.default === null && !param.required;
    this.input = h("input", {
      type: "number",
      class: "number",
      step: "any",
      placeholder: optional ? t("field.automatic") : null,
      min: min === null ? null : String(min),
      max: max === null ? null : String(max),
      "data-testid": `param-${param.name}`,
      "aria-labelledby": this.field.labelId,
      "aria-describedby": this.field.describedBy,
    });
    this.input.addEventListener("input", () => {
      const empty = this.input.value === "" && !this.input.validity.badInput;
      const good = Number.isFinite(this.input.valueAsNumber) || (empty && optional);
      this.field.setLocal(good ? "" : t("field.number"));
      if (good) emit(empty ? null : this.input.valueAsNumber);
    });
    this.field.body.append(this.input);
    this.field.left(this.input, () => this.model && this.update(this.model));
  }

  /** @param {FieldModel} model */
  update(model) {
    this.model = model;
    const { value, resolved, error } = model;
    const shown = String(value ?? resolved ?? "");
    if (document.activeElement !== this.input && this.input.value !== shown) this.input.value = shown;
    this.field.setError(error);
  }
}
