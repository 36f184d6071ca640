/** The plain kinds: one of several words, yes or no, a real number. @import { FieldModel } from "./field.js" */

import { h, setValue } from "../base/dom.js";
import { Choice } from "./choice.js";
import { ParamField } from "./param.js";

/** No word: the server chooses. */
const AUTOMATIC = "";

/** @typedef {ConstructorParameters<typeof ParamField>} Declared */

export class ChoiceField extends ParamField {
  choice = new Choice(`param-${this.param.name}`, (word) => this.emit(word === AUTOMATIC ? null : word));

  /** @param {Declared} declared */
  constructor(...declared) {
    super(...declared);
    this.body.append(this.choice.element);
  }

  /** @override @param {FieldModel} model */
  draw({ value, limit }) {
    const { t, param, labelId, describedBy } = this;
    const allowed = limit && !Array.isArray(limit) ? limit : null;
    const reasons = allowed?.reasons ?? {};
    const none = this.optional ? [{ value: AUTOMATIC, label: t("field.automatic") }] : [];
    const words = (param.choices ?? []).map((choice) => ({
      value: choice.value,
      label: t.local(choice.label),
      disabled: allowed ? !allowed.choices.includes(choice.value) && choice.value !== value : false,
      title: reasons[choice.value] ? t.error(reasons[choice.value], [param]) : undefined,
    }));
    const options = [...none, ...words];
    this.choice.update({ value: String(value ?? AUTOMATIC), options, labelledBy: labelId, describedBy });
    const why = Object.values(reasons).map((reason) => t.error(reason, [param]));
    this.setLimit([...new Set(why)].join(" "));
  }
}

export class FlagField extends ParamField {
  input = h("input", {
    type: "checkbox",
    role: "switch",
    "data-testid": `param-${this.param.name}`,
    "aria-describedby": this.describedBy,
    change: () => this.emit(this.input.checked),
  });

  /** @param {Declared} declared */
  constructor(...declared) {
    const [param, t, emit] = declared;
    super(param, t, emit, { label: "" });
    this.label.append(h("label.check", this.input, t.local(param.label)));
  }

  /** @override @param {FieldModel} model */
  draw({ value }) {
    this.input.checked = value === true;
  }
}

export class NumberField extends ParamField {
  input = h("input.number", {
    type: "number",
    step: "any",
    placeholder: this.optional ? this.t("field.automatic") : null,
    min: this.param.min,
    max: this.param.max,
    "data-testid": `param-${this.param.name}`,
    "aria-labelledby": this.labelId,
    "aria-describedby": this.describedBy,
    input: () => {
      const empty = this.input.value === "" && !this.input.validity.badInput;
      const good = Number.isFinite(this.input.valueAsNumber) || (empty && this.optional);
      this.bad(!good);
      if (good) this.emit(empty ? null : this.input.valueAsNumber);
    },
  });

  /** @param {Declared} declared */
  constructor(...declared) {
    super(...declared);
    this.hold(this.input);
  }

  /** @override @param {FieldModel} model */
  draw({ value, resolved }) {
    setValue(this.input, String(value ?? resolved ?? ""));
  }
}
