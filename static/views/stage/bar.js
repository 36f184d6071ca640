/** The zoom controls above the pictures. Emits "wish" {wish: "in" | "out" | "fit" | "cells"}. */

/** @typedef {import("../../draw/types.js").Translate} Translate */

/** @typedef {"out" | "in" | "fit" | "cells"} Wish */

export class StageBar extends EventTarget {
  constructor() {
    super();
    this.element = document.createElement("div");
    this.element.className = "stage-bar";
    this.element.setAttribute("role", "group");
    this.label = span("stage-bar-label");
    this.value = span("stage-bar-value");
    this.hint = span("stage-bar-hint");
    /** Where the hands on the input are chosen: filled by their own view. */
    this.hand = document.createElement("div");
    this.hand.className = "hand";
    /** @type {Record<Wish, HTMLButtonElement>} */
    this.buttons = {
      out: this.#button("out"),
      in: this.#button("in"),
      fit: this.#button("fit"),
      cells: this.#button("cells"),
    };
    this.buttons.out.textContent = "−";
    this.buttons.in.textContent = "+";
    const { out, fit, cells } = this.buttons;
    this.element.append(this.label, out, this.value, this.buttons.in, fit, cells, this.hand, this.hint);
  }

  /** @param {Translate} t */
  translate(t) {
    this.element.setAttribute("aria-label", t("stage.zoom"));
    this.label.textContent = t("stage.zoom");
    this.hint.textContent = t("stage.zoom_hint");
    for (const wish of /** @type {const} */ (["out", "in"])) {
      this.buttons[wish].title = t(`stage.zoom_${wish}`);
      this.buttons[wish].setAttribute("aria-label", t(`stage.zoom_${wish}`));
    }
    for (const wish of /** @type {const} */ (["fit", "cells"])) {
      this.buttons[wish].textContent = t(`stage.${wish}`);
      this.buttons[wish].title = t(`stage.${wish}_help`);
    }
  }

  /** @param {Translate} t @param {number} scale px per cell @param {boolean} fits @param {boolean} closest */
  show(t, scale, fits, closest) {
    const px = scale >= 10 ? Math.round(scale) : Math.round(scale * 100) / 100;
    this.value.textContent = t("stage.px_per_cell", { px });
    // Not "disabled": a button under the finger must not lose the focus.
    this.buttons.out.setAttribute("aria-disabled", String(fits));
    this.buttons.in.setAttribute("aria-disabled", String(closest));
    this.buttons.fit.setAttribute("aria-pressed", String(fits));
  }

  /** @param {Wish} wish */
  #button(wish) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `stage-button stage-button-${wish}`;
    button.addEventListener("click", () => this.dispatchEvent(new CustomEvent("wish", { detail: { wish } })));
    return button;
  }
}

/** @param {string} name */
function span(name) {
  const element = document.createElement("span");
  element.className = name;
  return element;
}
