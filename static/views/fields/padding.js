/**
 * Padding: a word, or cells on all sides alike, per axis, or on each side.
 *
 * @import { Param, ParamValue, Translate, Limit } from "../../types.js"
 * @import { FieldModel } from "./index.js"
 */

import { h, setText, show } from "../dom.js";
import { Choice } from "./choice.js";
import { Field } from "./field.js";
import { declaredLimit, limitText, localNames, merge } from "./limits.js";
import { Slider } from "./slider.js";

const SIDES = ["top", "bottom", "left", "right"];
/** Which sides each slider moves, by mode. @type {Record<string, {names: string[], sides: number[][]}>} */
const NUMBERS = {
  all: { names: ["padding.allSides"], sides: [[0, 1, 2, 3]] },
  axes: {
    names: ["axis.height", "axis.width"],
    sides: [
      [0, 1],
      [2, 3],
    ],
  },
  sides: { names: SIDES.map((side) => `side.${side}`), sides: [[0], [1], [2], [3]] },
};
const WORDS = ["valid", "same", "full"];

export class PaddingField {
  /** @param {Param} param @param {Translate} t @param {(value: ParamValue) => void} emit */
  constructor(param, t, emit) {
    this.param = param;
    this.t = t;
    this.emit = emit;
    this.field = new Field(param.name, localNames(t, param));
    this.element = this.field.element;
    this.mode = "all";
    /** @type {number[]} top, bottom, left, right */
    this.cells = [0, 0, 0, 0];
    const words =
      param.choices?.map((choice) => (typeof choice === "string" ? choice : choice.value)) ?? WORDS;
    this.modes = [...Object.keys(NUMBERS), ...words];
    this.choice = new Choice(`param-${param.name}-mode`, (mode) => this.#choose(mode));
    const bad = (/** @type {boolean} */ is) => this.field.setLocal(is ? t("field.number") : "");
    this.sliders = SIDES.map(
      (_, at) =>
        new Slider(`param-${param.name}${at ? `-${at}` : ""}`, (value) => this.#moved(at, value), bad),
    );
    this.names = SIDES.map(() => h("span", { class: "axis-name" }));
    this.rows = this.sliders.map((slider, at) =>
      h("div", { class: "axis-row" }, this.names[at], slider.element),
    );
    this.resolved = h("p", { class: "field-resolved" });
    this.field.body.append(this.choice.element, ...this.rows, this.resolved);
  }

  /** @param {string} mode */
  #choose(mode) {
    this.mode = mode;
    this.emit(NUMBERS[mode] ? this.#packed(this.cells) : mode);
    if (this.model) this.update(this.model);
  }

  /** @param {number} at @param {number} value */
  #moved(at, value) {
    const sides = NUMBERS[this.mode].sides[at];
    this.emit(this.#packed(this.cells.map((cells, side) => (sides.includes(side) ? value : cells))));
  }

  /** @param {number[]} cells @returns {ParamValue} as short as the mode allows */
  #packed(cells) {
    if (this.mode === "all") return cells[0];
    if (this.mode === "axes") return cells[0] === cells[2] ? cells[0] : [cells[0], cells[2]];
    return cells.every((one) => one === cells[0]) ? cells[0] : cells;
  }

  /** @param {FieldModel} model */
  update(model) {
    this.model = model;
    this.#read(model);
    const { t, param, field } = this;
    const options = this.modes.map((mode) => ({ value: mode, label: t(`padding.${mode}`) }));
    const { labelId, describedBy } = field;
    this.choice.update({ value: this.mode, options, labelledBy: labelId, describedBy });
    const limits =
      Array.isArray(model.limit) && model.limit.length === 4
        ? model.limit
        : SIDES.map(() => declaredLimit(param));
    const numbers = NUMBERS[this.mode];
    const reasons = this.sliders.map((_, at) => this.#row(at, numbers, limits));
    const [top, bottom, left, right] = this.cells;
    setText(this.resolved, numbers ? "" : t("padding.resolved", { top, bottom, left, right }));
    show(this.resolved, !numbers);
    field.setLimit(reasons.find(Boolean) ?? "");
    field.setError(model.error);
  }

  /** @param {FieldModel} model */
  #read({ value, resolved }) {
    const sides = Array.isArray(resolved) && resolved.length === 4 ? resolved : [0, 0, 0, 0];
    if (typeof value === "string") {
      this.mode = value;
      this.cells = sides;
      return;
    }
    const list = Array.isArray(value) ? value : [/** @type {number} */ (value ?? 0)];
    this.cells = list.length === 4 ? list : [list[0], list[0], list.at(-1) ?? 0, list.at(-1) ?? 0];
    const [top, bottom, left, right] = this.cells;
    if (!NUMBERS[this.mode]) this.mode = "all";
    if (this.mode === "all" && (top !== bottom || left !== right || top !== left)) this.mode = "axes";
    if (this.mode === "axes" && (top !== bottom || left !== right)) this.mode = "sides";
  }

  /** @param {number} at @param {typeof NUMBERS[string] | undefined} numbers @param {Limit[]} limits @returns {string} the reason for its limit */
  #row(at, numbers, limits) {
    const sides = numbers?.sides[at];
    show(this.rows[at], sides !== undefined);
    if (!sides || !numbers) return "";
    const limit = merge(sides.map((side) => limits[side]));
    const name = this.t(numbers.names[at]);
    const value = this.cells[sides[0]];
    setText(this.names[at], name);
    show(this.names[at], this.mode !== "all");
    const label = `${this.field.label.textContent}, ${name}`;
    this.sliders[at].update({
      value,
      min: limit.min,
      max: limit.max,
      label,
      describedBy: this.field.describedBy,
    });
    return limitText(this.t, limit, value, this.param);
  }
}
