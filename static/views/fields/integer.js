/**
 * A whole number, or one per axis that go together until unlocked. Where only some values are possible
 * (groups that divide the channels), they are offered one by one instead of on a slider.
 *
 * @import { ParamValue, Limit } from "../../types.js"
 * @import { FieldModel } from "./field.js"
 */

import { h, setAttr, setText, show } from "../base/dom.js";
import { Choice } from "./choice.js";
import { declaredLimit, limitText, merge } from "./limits.js";
import { ParamField } from "./param.js";
import { Slider } from "./slider.js";

/** The names of the axes, by how many there are. @type {Record<number, string[]>} */
export const AXES = { 1: ["length"], 2: ["height", "width"], 3: ["depth", "height", "width"] };

export class IntegerField extends ParamField {
  axes = AXES[this.param.axes ?? 0] ?? [""];
  together = true;
  shown = this.axes.map(() => 1);
  sliders = this.axes.map((name, axis) => {
    const id = `param-${this.param.name}${axis ? `-${name}` : ""}`;
    const moved = (/** @type {number} */ value) =>
      this.emit(packed(this.together ? [value] : this.shown.with(axis, value)));
    return new Slider(id, moved, this.bad);
  });
  names = this.axes.map((name) =>
    h("span.axis-name.note", this.axes.length > 1 ? this.t(`axis.${name}`) : ""),
  );
  rows = this.sliders.map(({ element }, axis) => h("div.axis-row.row", this.names[axis], element));
  choice = new Choice(`param-${this.param.name}-choice`, (value) => this.emit(Number(value)));
  auto = h("input", {
    type: "checkbox",
    "data-testid": `param-${this.param.name}-auto`,
    change: () => this.emit(this.auto.checked ? null : packed(this.shown)),
  });
  lock = h("button.lock", {
    "data-testid": `param-${this.param.name}-lock`,
    title: this.t("field.together"),
    click: () => {
      this.together = !this.together;
      if (this.together && !even(this.shown)) this.emit(this.shown[0]);
      else this.refresh();
    },
  });

  /** @param {ConstructorParameters<typeof ParamField>} declared */
  constructor(...declared) {
    super(...declared);
    this.body.append(...this.rows, this.choice.element);
    if (this.optional) this.tools.append(h("label.check", this.auto, this.t("field.automatic")));
    if (this.axes.length > 1) this.tools.append(this.lock);
  }

  /** @override @param {FieldModel} model */
  draw({ value, resolved, limit: told }) {
    const { param, axes, t } = this;
    const given = /** @type {number | number[]} */ (value ?? resolved ?? param.start ?? 1);
    this.shown = axes.map((_, axis) => (Array.isArray(given) ? (given[axis] ?? given[0]) : given));
    if (!even(this.shown)) this.together = false;
    const limits = Array.isArray(told) && told.length > 0 ? told : [declaredLimit(param)];
    const limit = this.together ? [merge(limits)] : axes.map((_, axis) => limits[axis] ?? limits[0]);
    const values = limit.length === 1 ? limit[0].values : null;
    const open = !values && (value ?? resolved) !== null;
    show(this.choice.element, values !== null);
    if (values) this.#offer(values);
    this.sliders.forEach((slider, axis) => {
      const used = open && axis < limit.length;
      show(this.rows[axis], used);
      if (used) slider.update(this.#sliderModel(axis, limit[axis]));
    });
    this.auto.checked = value === null;
    setAttr(this.lock, "aria-pressed", this.together);
    setAttr(this.lock, "aria-label", `${this.label.textContent}: ${t("field.together")}`);
    setText(this.lock, axes.map((name) => t(`axis.short.${name}`)).join(this.together ? " = " : ", "));
    for (const name of this.names) show(name, !this.together);
    this.setLimit(limit.map((one, axis) => limitText(t, one, this.shown[axis], param)).find(Boolean) ?? "");
  }

  /** @param {number} axis @param {Limit} limit */
  #sliderModel(axis, { min, max }) {
    const { param, t, describedBy } = this;
    const label = t.local(param.label);
    const name = this.together ? label : `${label}, ${t(`axis.${this.axes[axis]}`)}`;
    return { value: this.shown[axis], min, max, step: param.step, label: name, describedBy };
  }

  /** @param {number[]} values */
  #offer(values) {
    const options = values.map((value) => ({ value: String(value), label: String(value) }));
    const { labelId, describedBy } = this;
    this.choice.update({ value: String(this.shown[0]), options, labelledBy: labelId, describedBy });
  }
}

/** @param {number[]} numbers */
function even(numbers) {
  return numbers.every((one) => one === numbers[0]);
}

/** @param {number[]} numbers @returns {ParamValue} */
function packed(numbers) {
  return even(numbers) ? numbers[0] : numbers;
}
