/**
 * Cross-correlation or convolution: which of both is computed with the kernel, and what the difference comes to.
 * Emits "param" {param, value}.
 *
 * @import { Param } from "../../types.js"
 * @typedef {{flip: {param: Param, value: boolean} | null, turned: "same" | "negated" | "other", several: boolean,
 *   values: number[][]}} TurnModel flip: null where the operation has no choice; turned: what turning makes of the kernels
 */

import { add, h, rebuild, setText, show } from "../base/dom.js";
import { View } from "../base/view.js";
import { NamedChoice, optionsOf } from "../fields/named.js";
import { thumbnail } from "./thumbnail.js";

/** @extends {View<TurnModel>} */
export class KernelTurn extends View {
  choice = new NamedChoice(
    "kernel-flip",
    this.word("kernel.flip"),
    (value) => this.emit("param", { param: this.model?.flip?.param, value: value === "convolution" }),
    "div.kernel-turn",
    null,
  );
  says = h("p.field-help", { "data-testid": "kernel-says" });
  differs = h("p.field-help", { "data-testid": "kernel-differs" });
  pictures = h("div.kernel-turned", { "aria-hidden": true });
  element = add(
    this.choice.element,
    h("div.kernel-turn-words", h("div", this.says, this.differs), this.pictures),
  );

  /** @override @param {TurnModel} model */
  draw({ flip, turned, several, values }) {
    show(this.element, flip !== null);
    if (!flip) return;
    const { t } = this;
    const value = flip.value ? "convolution" : "correlation";
    this.choice.update(value, optionsOf(t, "kernel", ["correlation", "convolution"]));
    setText(this.says, t(`kernel.${value}Says`));
    setText(this.differs, t(`kernel.${turned}${several ? "Several" : ""}`));
    rebuild(this.pictures, [values, flip.value], () => {
      const applied = values.toReversed().map((row) => row.toReversed());
      return flip.value ? [thumbnail(values), h("span", "→"), thumbnail(applied)] : [];
    });
  }
}
