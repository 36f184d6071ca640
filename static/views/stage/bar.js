/** The zoom controls above the pictures. Emits "wish" {wish: "in" | "out" | "fit" | "cells"}. */

import { h, setAttr, setText } from "../base/dom.js";
import { View } from "../base/view.js";

/** @typedef {{scale: number, fits: boolean, closest: boolean}} BarModel scale: px per cell */

/** @extends {View<BarModel>} */
export class StageBar extends View {
  out = this.#button(
    "out",
    { "aria-label": this.word("stage.zoom_out"), title: this.word("stage.zoom_out") },
    "−",
  );
  in = this.#button(
    "in",
    { "aria-label": this.word("stage.zoom_in"), title: this.word("stage.zoom_in") },
    "+",
  );
  fit = this.#button("fit", { title: this.word("stage.fit_help") }, this.word("stage.fit"));
  cells = this.#button("cells", { title: this.word("stage.cells_help") }, this.word("stage.cells"));
  value = h("span.stage-bar-value");
  /** Where the hands on the input are chosen: filled by their own view. */
  hand = h("div.hand");
  hint = h("span.stage-bar-hint", this.word("stage.zoom_hint"));
  element = h(
    "div.stage-bar.wrap",
    { role: "group", "aria-label": this.word("stage.zoom") },
    h("span.stage-bar-label", this.word("stage.zoom")),
    this.out,
    this.value,
    this.in,
    this.fit,
    this.cells,
    this.hand,
    this.hint,
  );

  /** @param {string} wish @param {import("../base/dom.js").Attributes} named @param {import("../base/dom.js").Child} sign */
  #button(wish, named, sign) {
    return h(
      `button.stage-button.stage-button-${wish}`,
      { ...named, click: () => this.emit("wish", { wish }) },
      sign,
    );
  }

  /** @override @param {BarModel} model */
  draw({ scale, fits, closest }) {
    const px = scale >= 10 ? Math.round(scale) : Math.round(scale * 100) / 100;
    setText(this.value, this.t("stage.px_per_cell", { px }));
    // Not "disabled": a button under the finger must not lose the focus.
    setAttr(this.out, "aria-disabled", fits);
    setAttr(this.in, "aria-disabled", closest);
    setAttr(this.fit, "aria-pressed", fits);
  }
}
