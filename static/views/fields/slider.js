/** A slider with a number field beside it. Both say every change at once, while dragging too. */

import { clip } from "../../draw/clip.js";
import { h, setAttr, setValue } from "../base/dom.js";
import { combined } from "../pane/keys.js";

/** As far as a slider reaches when far more is allowed: a drag must hit single values; the number field takes the rest. */
const COMFORTABLE = 32;

/**
 * Steps of a slider that goes by octaves, and keys that are to step by one number on it, or by a fifth of it.
 * @type {Record<string, (value: number) => number>}
 */
const KEYS = {
  ArrowRight: (value) => value + 1,
  ArrowUp: (value) => value + 1,
  ArrowLeft: (value) => value - 1,
  ArrowDown: (value) => value - 1,
  PageUp: (value) => Math.ceil(value * 1.25),
  PageDown: (value) => Math.floor(value / 1.25),
};

/**
 * @typedef {object} SliderModel
 * @property {number} value
 * @property {number} min
 * @property {number} max
 * @property {number | null} [step]
 * @property {string} label
 * @property {boolean} [wide] all of it is on the slider, however much it is
 * @property {boolean} [octaves] doubling takes the same way everywhere; whole numbers only
 * @property {string} [describedBy]
 */

export class Slider {
  /**
   * @param {string} id
   * @param {(value: number) => void} emit
   * @param {(bad: boolean) => void} [report] whether the number field holds no number
   */
  constructor(id, emit, report = () => {}) {
    this.emit = emit;
    this.report = report;
    this.dragging = false;
    this.range = h("input", { type: "range", id, "data-testid": id, input: () => this.#slid() });
    this.number = h("input.number", {
      type: "number",
      id: `${id}-number`,
      "data-testid": `${id}-number`,
      input: () => this.#typed(),
      blur: () => this.#left(),
    });
    this.range.addEventListener("keydown", (event) => this.#key(event));
    this.range.addEventListener("pointerdown", () => {
      this.dragging = true;
    });
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"])
      this.range.addEventListener(end, () => this.#release());
    this.element = h("div.slider", this.range, this.number);
    /** @type {SliderModel | null} */
    this.model = null;
  }

  #slid() {
    const at = Number(this.range.value);
    this.#to(this.model?.octaves ? Math.round(2 ** at) : at);
  }

  /** @param {number} value */
  #to(value) {
    this.number.value = String(value);
    this.report(false);
    this.emit(value);
  }

  /** By octaves, the browser's own steps would leave numbers out. @param {KeyboardEvent} event */
  #key(event) {
    const { model } = this;
    const step = KEYS[event.key];
    if (!model?.octaves || !step || combined(event)) return;
    event.preventDefault();
    const from = Number(this.number.value) || model.value;
    this.#to(clip(step(from), model.min, model.max));
  }

  /** Where a value stands on the slider. @param {number} value */
  #place(value) {
    return String(this.model?.octaves ? Math.log2(value) : value);
  }

  #typed() {
    const good = this.number.value !== "" && Number.isFinite(this.number.valueAsNumber);
    this.report(!good);
    if (!good) return;
    this.range.value = this.#place(this.number.valueAsNumber);
    this.emit(this.number.valueAsNumber);
  }

  #left() {
    this.report(false);
    if (this.model) this.number.value = String(this.model.value);
  }

  #release() {
    this.dragging = false;
    if (this.model) this.update(this.model);
  }

  /** @param {SliderModel} model */
  update(model) {
    this.model = model;
    const { value, min, max, step, label, wide, octaves } = model;
    const soft =
      wide || octaves || max <= 2 * COMFORTABLE ? max : Math.min(max, Math.max(COMFORTABLE, 2 * value));
    setAttr(this.range, "min", this.#place(min));
    if (!this.dragging) setAttr(this.range, "max", this.#place(soft));
    setAttr(this.number, "min", min);
    setAttr(this.number, "max", max);
    setAttr(this.range, "step", octaves ? "any" : String(step ?? 1));
    setAttr(this.range, "aria-valuetext", octaves ? String(value) : null);
    setAttr(this.number, "step", step ?? 1);
    for (const input of [this.range, this.number]) {
      setAttr(input, "aria-label", label);
      setAttr(input, "aria-describedby", model.describedBy);
    }
    if (!this.dragging && this.range.value !== this.#place(value)) this.range.value = this.#place(value);
    setValue(this.number, value);
  }
}
