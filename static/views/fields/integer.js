/**
 * A whole number, or one per axis that go together until unlocked. Where only some values are possible
 * (groups that divide the channels), they are offered one by one instead of on a slider.
 *
 * @import { Param, ParamValue, Limit, Translate } from "../../types.js"
 * @import { FieldModel } from "./field.js"
 */

import { h, setAttr, setText, show } from "../base/dom.js";
import { Choice } from "./choice.js";
import { Field } from "./field.js";
import { declaredLimit, limitText, localNames, merge } from "./limits.js";
import { Slider } from "./slider.js";

/** The names of the axes, by how many there are. @type {Record<number, string[]>} */
export const AXES = { 1: ["length"], 2: ["height", "width"], 3: ["depth", "height", "width"] };

export class IntegerField {
  /** @param {Param} param @param {Translate} t @param {(value: ParamValue) => void} emit */
  constructor(param, t, emit) {
    this.param = param;
    this.t = t;
    this.emit = emit;
    this.field = new Field(param.name, localNames(t, param));
    this.element = this.field.element;
    this.axes = AXES[param.axes ?? 0] ?? [""];
    this.several = this.axes.length > 1;
    this.together = true;
    this.shown = this.axes.map(() => 1);
    const bad = (/** @type {boolean} */ is) => this.field.setLocal(is ? t("field.number") : "");
    this.sliders = this.axes.map(
      (name, axis) =>
        new Slider(`param-${param.name}${axis ? `-${name}` : ""}`, (value) => this.#moved(axis, value), bad),
    );
    this.names = this.axes.map((name) =>
      h("span", { class: "axis-name" }, this.several ? t(`axis.${name}`) : ""),
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
      if (this.together && !even(this.shown)) this.emit(this.shown[0]);
      else if (this.model) this.update(this.model);
    });
    if (this.several) this.field.tools.append(this.lock);
  }

  /** @param {number} axis @param {number} value */
  #moved(axis, value) {
    this.emit(this.#packed(this.together ? [value] : this.shown.with(axis, value)));
  }

  /** @param {number[]} numbers @returns {ParamValue} */
  #packed(numbers) {
    return even(numbers) ? numbers[0] : numbers;
  }

  /** @param {FieldModel} model */
  update(model) {
    this.model = model;
    const { param, field } = this;
    const given = /** @type {number | number[]} */ (model.value ?? model.resolved ?? param.start ?? 1);
    this.shown = this.axes.map((_, axis) => (Array.isArray(given) ? (given[axis] ?? given[0]) : given));
    if (!even(this.shown)) this.together = false;
    const limits =
      Array.isArray(model.limit) && model.limit.length > 0 ? model.limit : [declaredLimit(param)];
    const limit = this.together ? [merge(limits)] : this.axes.map((_, axis) => limits[axis] ?? limits[0]);
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
    const name = this.together ? label : `${label}, ${this.t(`axis.${this.axes[axis]}`)}`;
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
    setText(
      this.lock,
      this.axes.map((name) => this.t(`axis.short.${name}`)).join(this.together ? " = " : ", "),
    );
    for (const name of this.names) show(name, !this.together);
  }
}

/** @param {number[]} numbers */
function even(numbers) {
  return numbers.every((one) => one === numbers[0]);
}
