/**
 * Padding: a word, or cells on all sides alike, per axis, or on each side.
 *
 * @import { ParamValue, Limit } from "../../types.js"
 * @import { FieldModel } from "./field.js"
 */

import { SIDES } from "../../draw/axes.js";
import { h, say, setText, show } from "../base/dom.js";
import { Choice } from "./choice.js";
import { AXES } from "./integer.js";
import { declaredLimit, limitText, merge } from "./limits.js";
import { ParamField } from "./param.js";
import { Slider } from "./slider.js";

/** @typedef {{names: string[], sides: number[][]}} Numbers which sides each slider moves */

/** @param {string[]} axes @returns {Record<string, Numbers>} by mode */
function numbersOf(axes) {
  const sides = axes.flatMap((axis) => SIDES[axis]);
  const all = sides.map((_, side) => side);
  const each = { names: sides.map((side) => `side.${side}`), sides: all.map((side) => [side]) };
  const modes = { all: { names: ["padding.allSides"], sides: [all] }, sides: each };
  if (axes.length < 2) return modes;
  const pairs = axes.map((_, axis) => [2 * axis, 2 * axis + 1]);
  return { all: modes.all, axes: { names: axes.map((axis) => `axis.${axis}`), sides: pairs }, sides: each };
}

export class PaddingField extends ParamField {
  mode = "all";
  axes = AXES[this.param.axes || 2];
  numbers = numbersOf(this.axes);
  sides = this.axes.flatMap((axis) => SIDES[axis]);
  /** For each side. */
  cells = this.sides.map(() => 0);
  words = this.param.choices?.map((choice) => (typeof choice === "string" ? choice : choice.value)) ?? [];
  modes = [...Object.keys(this.numbers), ...this.words];
  choice = new Choice(`param-${this.param.name}-mode`, (mode) => this.#choose(mode));
  sliders = this.sides.map((_, at) => {
    const id = `param-${this.param.name}${at ? `-${at}` : ""}`;
    return new Slider(id, (value) => this.#moved(at, value), this.bad);
  });
  names = this.sides.map(() => h("span.axis-name.note"));
  rows = this.sliders.map(({ element }, at) => h("div.axis-row.row", this.names[at], element));
  resolved = h("p.field-resolved");

  /** @param {ConstructorParameters<typeof ParamField>} declared */
  constructor(...declared) {
    super(...declared);
    this.body.append(this.choice.element, ...this.rows, this.resolved);
  }

  /** @param {string} mode */
  #choose(mode) {
    this.mode = mode;
    this.emit(this.numbers[mode] ? this.#packed(this.cells) : mode);
    this.refresh();
  }

  /** @param {number} at @param {number} value */
  #moved(at, value) {
    const sides = this.numbers[this.mode].sides[at];
    this.emit(this.#packed(this.cells.map((cells, side) => (sides.includes(side) ? value : cells))));
  }

  /** @param {number[]} cells @returns {ParamValue} as short as the mode allows */
  #packed(cells) {
    if (this.mode === "all" || cells.every((one) => one === cells[0])) return cells[0];
    return this.mode === "axes" ? cells.filter((_, side) => side % 2 === 0) : cells;
  }

  /** @override @param {FieldModel} model */
  draw(model) {
    this.#read(model);
    const { t, param, labelId, describedBy } = this;
    const options = this.modes.map((mode) => ({ value: mode, label: t.or(`padding.${mode}`, mode) }));
    this.choice.update({ value: this.mode, options, labelledBy: labelId, describedBy });
    const limits =
      Array.isArray(model.limit) && model.limit.length === this.sides.length
        ? model.limit
        : this.sides.map(() => declaredLimit(param));
    const numbers = this.numbers[this.mode];
    const reasons = this.sliders.map((_, at) => this.#row(at, numbers, limits));
    say(this.resolved, numbers ? "" : sidesText(this.sides, this.cells, t));
    this.setLimit(reasons.find(Boolean) ?? "");
  }

  /** @param {FieldModel} model */
  #read({ value, resolved }) {
    const count = this.sides.length;
    if (typeof value === "string") {
      this.mode = value;
      this.cells = Array.isArray(resolved) && resolved.length === count ? resolved : this.sides.map(() => 0);
      return;
    }
    const list = Array.isArray(value) ? value : [/** @type {number} */ (value ?? 0)];
    const per = count / list.length;
    this.cells = this.sides.map((_, side) => list[Math.floor(side / per)] ?? list[0]);
    const { cells } = this;
    const paired = cells.every((one, side) => one === cells[side - (side % 2)]);
    if (!this.numbers[this.mode]) this.mode = "all";
    if (this.mode === "all" && cells.some((one) => one !== cells[0]))
      this.mode = this.numbers.axes ? "axes" : "sides";
    if (this.mode === "axes" && !paired) this.mode = "sides";
  }

  /** @param {number} at @param {Numbers | undefined} numbers @param {Limit[]} limits @returns {string} the reason for its limit */
  #row(at, numbers, limits) {
    const sides = numbers?.sides[at];
    show(this.rows[at], sides !== undefined);
    if (!sides || !numbers) return "";
    const limit = merge(sides.map((side) => limits[side]));
    const name = this.t(numbers.names[at]);
    const value = this.cells[sides[0]];
    setText(this.names[at], name);
    show(this.names[at], this.mode !== "all");
    const label = `${this.label.textContent}, ${name}`;
    this.sliders[at].update({
      value,
      min: limit.min,
      max: limit.max,
      label,
      describedBy: this.describedBy,
    });
    return limitText(this.t, limit, value, this.param);
  }
}

/** Each side with its cells. @param {string[]} sides @param {number[]} cells @param {(key: string) => string} t */
export function sidesText(sides, cells, t) {
  return sides.map((side, at) => `${t(`side.${side}`)} ${cells[at]}`).join(t("list.separator"));
}
