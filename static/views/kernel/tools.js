/**
 * How the kernel is changed: by typing, with a brush, or as a whole from a small menu. Emits "mode" {painting} and
 * "change" {name}.
 */

import { h, setAttr, setText, show } from "../base/dom.js";
import { View } from "../base/view.js";
import { NamedChoice, optionsOf } from "../fields/named.js";

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

/** @extends {View<{painting: boolean, value: number}>} */
export class KernelTools extends View {
  choice = new NamedChoice(
    "kernel-mode",
    this.word("kernel.mode"),
    (mode) => this.#to(mode === "paint"),
    "div.kernel-bar.wrap.row",
    null,
  );
  toggle = h(
    "button.small.more",
    {
      "aria-expanded": false,
      "data-testid": "kernel-change",
      click: () => this.#open(this.menu.hidden === true),
    },
    this.word("kernel.change"),
  );
  menu = h(
    "div.kernel-menu",
    { hidden: true, keydown: (event) => this.#key(event) },
    ...CHANGES.map(([name, sign]) =>
      h(
        "button",
        {
          title: this.word(`kernel.${name}Help`),
          "data-testid": `kernel-${name}`,
          click: () => this.emit("change", { name }),
        },
        h("span", { "aria-hidden": true }, sign),
        this.word(`kernel.${name}`),
      ),
    ),
  );
  input = h("input.number", {
    type: "number",
    step: "any",
    value: "1",
    "data-testid": "kernel-brush",
    input: () => this.#set(this.input.valueAsNumber),
    blur: () => this.#set(this.value, true),
  });
  problem = h("p.field-error", { role: "alert", "data-testid": "error-brush" });
  quick = QUICK.map((value) =>
    h(
      "button.small",
      { "data-testid": `kernel-brush-${value}`, click: () => this.#set(value, true) },
      String(value).replace("-", "−"),
    ),
  );
  brush = h(
    "div.kernel-brush.wrap",
    { hidden: true },
    h("label", this.word("kernel.brush"), this.input),
    ...this.quick,
    this.problem,
    h("p.field-help", this.word("kernel.brushHelp")),
  );
  element = h("div", this.choice.element, this.menu, this.brush);

  /** @param {ConstructorParameters<typeof View>} place */
  constructor(...place) {
    super(...place);
    this.choice.element.append(this.toggle);
    this.update({ painting: false, value: 1 });
  }

  /** What the brush paints. */
  get value() {
    return this.model?.value ?? 1;
  }

  /** @param {number} value @param {boolean} [write] it into the field too */
  #set(value, write = false) {
    const good = Number.isFinite(value);
    setText(this.problem, good ? "" : this.t("field.number"));
    setAttr(this.input, "aria-invalid", good ? null : "true");
    if (good) this.update({ painting: this.model?.painting ?? false, value });
    if (write) this.input.value = String(this.value);
  }

  /** @param {boolean} painting */
  #to(painting) {
    this.update({ painting, value: this.value });
    this.emit("mode", { painting });
  }

  /** @override @param {{painting: boolean, value: number}} model */
  draw({ painting, value }) {
    this.choice.update(painting ? "paint" : "type", optionsOf(this.t, "kernel", ["type", "paint"]));
    show(this.brush, painting);
    for (const [at, button] of this.quick.entries()) setAttr(button, "aria-pressed", QUICK[at] === value);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    this.#open(false);
    this.toggle.focus();
  }

  /** It stays open: one change often follows another. @param {boolean} open */
  #open(open) {
    show(this.menu, open);
    setAttr(this.toggle, "aria-expanded", open);
  }
}
