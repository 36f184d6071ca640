/** A small button above the pictures: keep what is seen, to compare it. Emits "pin". */

import { h, setAttr, setText } from "../base/dom.js";
import { View } from "../base/view.js";

/** @extends {View<{pinned: boolean}>} */
export class PinView extends View {
  button = h("button.stage-button.stage-button-pin", { "data-testid": "pin", click: () => this.emit("pin") });

  /** @param {HTMLElement} bar @param {HTMLElement} before what it stands before @param {import("../../types.js").Translate} t */
  constructor(bar, before, t) {
    super(bar, t);
    bar.insertBefore(this.button, before);
    this.update({ pinned: false });
  }

  /** @override @param {{pinned: boolean}} model */
  draw({ pinned }) {
    const word = pinned ? "pin.compare" : "pin.pin";
    setText(this.button, this.t(word));
    setAttr(this.button, "title", this.t(`${word}Help`));
  }
}
