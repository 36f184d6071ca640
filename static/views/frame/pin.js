/** A small button above the pictures: keep what is seen, to compare it. Emits "pin". */

import { h, setText } from "../base/dom.js";

export class PinView extends EventTarget {
  /** @param {HTMLElement} bar @param {HTMLElement} before what it stands before @param {import("../../types.js").Translate} t */
  constructor(bar, before, t) {
    super();
    this.pinned = false;
    this.button = h("button.stage-button.stage-button-pin", {
      "data-testid": "pin",
      click: () => this.dispatchEvent(new CustomEvent("pin")),
    });
    bar.insertBefore(this.button, before);
    this.translate(t);
  }

  /** @param {import("../../types.js").Translate} t */
  translate(t) {
    this.t = t;
    this.update({ pinned: this.pinned });
  }

  /** @param {{pinned: boolean}} model */
  update({ pinned }) {
    const { t } = this;
    this.pinned = pinned;
    if (!t) return;
    setText(this.button, t(pinned ? "pin.compare" : "pin.pin"));
    this.button.title = t(pinned ? "pin.compareHelp" : "pin.pinHelp");
  }
}
