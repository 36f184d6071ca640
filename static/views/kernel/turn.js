/**
 * Cross-correlation or convolution: which of both is computed with the kernel, and what the difference comes to.
 *
 * @import { Param, Translate } from "../../types.js"
 * @typedef {{flip: {param: Param, value: boolean} | null, turned: "same" | "negated" | "other", several: boolean,
 *   values: number[][]}} TurnModel flip: null where the operation has no choice; turned: what turning makes of the kernels
 */

import { h, rebuild, setText, show, uniqueId } from "../base/dom.js";
import { Choice } from "../fields/choice.js";
import { thumbnail } from "./presets.js";

export class KernelTurn {
  /** @param {Translate} t @param {(param: Param, value: boolean) => void} emit */
  constructor(t, emit) {
    this.t = t;
    this.label = uniqueId("kernel-turned");
    this.choice = new Choice("kernel-flip", (value) => {
      if (this.model?.flip) emit(this.model.flip.param, value === "convolution");
    });
    this.says = h("p.field-help", { "data-testid": "kernel-says" });
    this.differs = h("p.field-help", { "data-testid": "kernel-differs" });
    this.pictures = h("div.kernel-turned", { "aria-hidden": "true" });
    this.element = h(
      "div.kernel-turn",
      h("span", { id: this.label, hidden: true }, t("kernel.flip")),
      this.choice.element,
      h("div.kernel-turn-words", h("div", this.says, this.differs), this.pictures),
    );
  }

  /** @param {TurnModel} model */
  update(model) {
    this.model = model;
    const { t } = this;
    const { flip, turned, several, values } = model;
    show(this.element, flip !== null);
    if (!flip) return;
    const value = flip.value ? "convolution" : "correlation";
    const options = ["correlation", "convolution"].map((one) => ({ value: one, label: t(`kernel.${one}`) }));
    this.choice.update({ value, options, labelledBy: this.label });
    setText(this.says, t(`kernel.${value}Says`));
    setText(this.differs, t(`kernel.${turned}${several ? "Several" : ""}`));
    rebuild(this.pictures, JSON.stringify([values, flip.value]), () => {
      const applied = values.toReversed().map((row) => row.toReversed());
      const arrow = h("span", "→");
      return flip.value ? [thumbnail(values), arrow, thumbnail(applied)] : [];
    });
  }
}
