/**
 * How the kernel is changed: by typing, with a brush, or as a whole from a small menu.
 *
 * @import { Translate } from "../../types.js"
 * @typedef {{mode: (painting: boolean) => void, change: (name: string) => void}} Listeners
 */

import { h, setAttr, setText, show, uniqueId } from "../base/dom.js";
import { Choice } from "../fields/choice.js";

/** What can be done to a kernel as a whole, each with a sign. */
const CHANGES = Object.entries({
  rotate: "90°",
  turn: "180°",
  mirror: "↔",
  overturn: "↕",
  negate: "±",
  symmetric: "⊞",
  normalise: "Σ1",
  random: "?",
});
const QUICK = [-1, 0, 1];

export class KernelTools {
  /** @param {Translate} t @param {Listeners} listeners @param {{painting: boolean, value: number}} [before] as it was in another language */
  constructor(t, { mode, change }, before = { painting: false, value: 1 }) {
    this.t = t;
    this.mode = mode;
    this.painting = before.painting;
    /** What the brush paints. */
    this.value = before.value;
    const label = uniqueId("kernel-mode");
    this.choice = new Choice("kernel-mode", (value) => this.#to(value === "paint"));
    this.labelledBy = label;
    this.toggle = h(
      "button.small.more",
      { "aria-expanded": "false", "data-testid": "kernel-change" },
      t("kernel.change"),
    );
    this.toggle.addEventListener("click", () => this.#open(this.menu.hidden === true));
    const buttons = CHANGES.map(([name, sign]) =>
      h(
        "button",
        { title: t(`kernel.${name}Help`), "data-testid": `kernel-${name}`, click: () => change(name) },
        h("span", { "aria-hidden": "true" }, sign),
        t(`kernel.${name}`),
      ),
    );
    this.menu = h("div.kernel-menu", { hidden: true }, ...buttons);
    this.menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.#open(false);
      this.toggle.focus();
    });
    this.brush = this.#brush();
    this.element = h(
      "div",
      h(
        "div.kernel-bar",
        h("span", { id: label, hidden: true }, t("kernel.mode")),
        this.choice.element,
        this.toggle,
      ),
      this.menu,
      this.brush,
    );
    this.#show();
  }

  #brush() {
    const { t } = this;
    this.input = h("input.number", {
      type: "number",
      step: "any",
      value: String(this.value),
      "data-testid": "kernel-brush",
    });
    this.input.addEventListener("input", () => this.#set(this.input?.valueAsNumber ?? Number.NaN));
    this.input.addEventListener("blur", () => this.#set(this.value, true));
    this.problem = h("p.field-error", { role: "alert", "data-testid": "error-brush" });
    this.quick = QUICK.map((value) =>
      h(
        "button.small",
        { "data-testid": `kernel-brush-${value}`, click: () => this.#set(value, true) },
        String(value).replace("-", "−"),
      ),
    );
    return h(
      "div.kernel-brush",
      { hidden: true },
      h("label", t("kernel.brush"), this.input),
      ...this.quick,
      this.problem,
      h("p.field-help", t("kernel.brushHelp")),
    );
  }

  /** @param {number} value @param {boolean} [write] it into the field too */
  #set(value, write = false) {
    const good = Number.isFinite(value);
    if (this.problem) setText(this.problem, good ? "" : this.t("field.number"));
    if (this.input) setAttr(this.input, "aria-invalid", good ? null : "true");
    if (good) this.value = value;
    if (write && this.input) this.input.value = String(this.value);
    this.#show();
  }

  /** @param {boolean} painting */
  #to(painting) {
    this.painting = painting;
    this.#show();
    this.mode(painting);
  }

  #show() {
    const { t, painting, value } = this;
    const options = ["type", "paint"].map((one) => ({ value: one, label: t(`kernel.${one}`) }));
    this.choice.update({ value: painting ? "paint" : "type", options, labelledBy: this.labelledBy });
    show(this.brush, painting);
    this.quick?.forEach((button, at) => {
      setAttr(button, "aria-pressed", String(QUICK[at] === value));
    });
  }

  /** It stays open: one change often follows another. @param {boolean} open */
  #open(open) {
    show(this.menu, open);
    setAttr(this.toggle, "aria-expanded", String(open));
  }
}
