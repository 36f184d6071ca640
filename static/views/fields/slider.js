/** A slider with a number field beside it. Both say every change at once, while dragging too. */

import { h, setAttr } from "../dom.js";

/** As far as a slider reaches when far more is allowed: a drag must hit single values; the number field takes the rest. */
const COMFORTABLE = 32;

/** @typedef {{value: number, min: number, max: number, step?: number | null, label: string, wide?: boolean, describedBy?: string}} SliderModel */

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
    this.number = h("input", {
      type: "number",
      id: `${id}-number`,
      "data-testid": `${id}-number`,
      class: "number",
      input: () => this.#typed(),
      blur: () => this.#left(),
    });
    this.range.addEventListener("pointerdown", () => {
      this.dragging = true;
    });
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"])
      this.range.addEventListener(end, () => this.#release());
    this.element = h("div", { class: "slider" }, this.range, this.number);
    /** @type {SliderModel | null} */
    this.model = null;
  }

  #slid() {
    this.number.value = this.range.value;
    this.report(false);
    this.emit(Number(this.range.value));
  }

  #typed() {
    const good = this.number.value !== "" && Number.isFinite(this.number.valueAsNumber);
    this.report(!good);
    if (!good) return;
    this.range.value = this.number.value;
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
    const { value, min, max, step, label, wide } = model;
    const soft = wide || max <= 2 * COMFORTABLE ? max : Math.min(max, Math.max(COMFORTABLE, 2 * value));
    setAttr(this.range, "min", String(min));
    if (!this.dragging) setAttr(this.range, "max", String(soft));
    setAttr(this.number, "min", String(min));
    setAttr(this.number, "max", String(max));
    setAttr(this.range, "step", String(step ?? 1));
    setAttr(this.number, "step", String(step ?? 1));
    for (const input of [this.range, this.number]) {
      setAttr(input, "aria-label", label);
      setAttr(input, "aria-describedby", model.describedBy);
    }
    if (!this.dragging && this.range.value !== String(value)) this.range.value = String(value);
    if (document.activeElement !== this.number && this.number.value !== String(value))
      this.number.value = String(value);
  }
}
