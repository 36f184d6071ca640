/**
 * A whole number, or one per axis that go together until unlocked. Where only some values are possible
 * (groups that divide the channels), they are offered one by one instead of on a slider.
 *
 * @import { Param, ParamValue, Limit, Translate } from "../../types.js"
 * @import { FieldModel } from "./index.js"
 */

import { h, setAttr, setText, show } from "../dom.js";
import { Choice } from "./choice.js";
import { Field } from "./field.js";
import { declaredLimit, limitText, localNames, merge } from "./limits.js";
import { Slider } from "./slider.js";

const AXES = ["height", "width"];

export class IntegerField {
  /** @param {Param} param @param {Translate} t @param {(value: ParamValue) => void} emit */
  constructor(param, t, emit) {
    this.param = param;
    this.t = t;
    this.emit = emit;
    this.field = new Field(param.name, localNames(t, param));
    this.element = this.field.element;
    this.two = param.axes === 2;
    this.together = true;
    /** @type {number[]} */
    this.shown = [1, 1];
    const bad = (/** @type {boolean} */ is) => this.field.setLocal(is ? t("field.number") : "");
    this.sliders = (this.two ? AXES : [""]).map(
      (_, axis) =>
        new Slider(`param-${param.name}${axis ? "-width" : ""}`, (value) => this.#moved(axis, value), bad),
    );
    this.names = this.sliders.map((_, axis) =>
      h("span", { class: "axis-name" }, this.two ? t(`axis.${AXES[axis]}`) : ""),
    );
    this.rows = this.sliders.map((slider, axis) =>
      h("div", { class: "axis-row" }, this.names[axis], slider.element),
    );
    this.choice = new Choice(`param-${param.name}-choice`, (value) => emit(Number(value)));
    this.field.body.append(...this.rows, this.choice.element);
    this.#tools();
  }

  #tools() {
    const { t, param } = this;
    this.auto = h("input", { type: "checkbox", "data-testid": `param-${param.name}-auto` });
    this.auto.addEventListener("change", () =>
      this.emit(this.auto?.checked ? null : this.#packed(this.shown)),
    );
    if (param.default === null && !param.required)
      this.field.tools.append(h("label", { class: "check" }, this.auto, t("field.automatic")));
    this.lock = h("button", {
      type: "button",
      class: "lock",
      "data-testid": `param-${param.name}-lock`,
      title: t("field.together"),
    });
    this.lock.addEventListener("click", () => {
      this.together = !this.together;
      if (this.together && this.shown[0] !== this.shown[1]) this.emit(this.shown[0]);
      else if (this.model) this.update(this.model);
    });
    if (this.two) this.field.tools.append(this.lock);
  }

  /** @param {number} axis @param {number} value */
  #moved(axis, value) {
    this.emit(this.#packed(this.together || !this.two ? [value, value] : this.shown.with(axis, value)));
  }

  /** @param {number[]} pair @returns {ParamValue} */
  #packed(pair) {
    return this.two && pair[0] !== pair[1] ? pair : pair[0];
  }

  /** @param {FieldModel} model */
  update(model) {
    this.model = model;
    const { param, field } = this;
    const given = model.value ?? model.resolved ?? 1;
    this.shown = /** @type {number[]} */ (Array.isArray(given) ? given : [given, given]);
    if (this.shown.length === 1) this.shown = [this.shown[0], this.shown[0]];
    if (this.shown[0] !== this.shown[1] && this.two) this.together = false;
    const limits = Array.isArray(model.limit) ? model.limit : [declaredLimit(param)];
    const limit =
      this.together || !this.two ? [merge(limits)] : AXES.map((_, axis) => limits[axis] ?? limits[0]);
    const values = limit.length === 1 ? limit[0].values : null;
    const open = !values && (model.value ?? model.resolved) !== null;
    show(this.choice.element, values !== null);
    if (values) this.#offer(values);
    this.sliders.forEach((slider, axis) => {
      show(this.rows[axis], open && axis < limit.length);
      if (open && axis < limit.length) slider.update(this.#sliderModel(axis, limit[axis]));
    });
    this.#updateTools(model);
    field.setLimit(
      limit.map((one, axis) => limitText(this.t, one, this.shown[axis], param)).find(Boolean) ?? "",
    );
    field.setError(model.error);
  }

  /** @param {number} axis @param {Limit} limit */
  #sliderModel(axis, limit) {
    const { label } = localNames(this.t, this.param);
    const name = this.together || !this.two ? label : `${label}, ${this.t(`axis.${AXES[axis]}`)}`;
    const { min, max } = limit;
    return {
      value: this.shown[axis],
      min,
      max,
      step: this.param.step,
      label: name,
      describedBy: this.field.describedBy,
    };
  }

  /** @param {number[]} values */
  #offer(values) {
    const options = values.map((value) => ({ value: String(value), label: String(value) }));
    const { labelId, describedBy } = this.field;
    this.choice.update({ value: String(this.shown[0]), options, labelledBy: labelId, describedBy });
  }

  /** @param {FieldModel} model */
  #updateTools(model) {
    if (this.auto) this.auto.checked = model.value === null;
    if (!this.lock) return;
    setAttr(this.lock, "aria-pressed", String(this.together));
    setAttr(this.lock, "aria-label", `${this.field.label.textContent}: ${this.t("field.together")}`);
    setText(this.lock, this.t(this.together ? "field.locked" : "field.unlocked"));
    for (const name of this.names) show(name, !this.together);
  }
}
