/**
 * How maps become colours: colour map, scale, and the two ends where they are fixed. Emits "display" {patch}.
 *
 * @import { Translate } from "../../types.js"
 * @typedef {{colormap: string, scale: string, range: [number, number]}} DisplayModel
 */

import { h, setAttr, setText, show } from "../base/dom.js";
import { Choice } from "../fields/choice.js";

export class DisplayView extends EventTarget {
  /** @param {HTMLElement} root @param {Translate} t */
  constructor(root, t) {
    super();
    this.root = root;
    this.t = t;
    this.build();
  }

  build() {
    const { t } = this;
    this.colormap = new Choice("colormap", (colormap) => this.#say({ colormap }));
    this.scale = new Choice("scale", (scale) => this.#say({ scale }));
    this.ends = [0, 1].map((at) =>
      h("input.number", {
        type: "number",
        step: "any",
        "aria-label": t(at ? "display.hi" : "display.lo"),
        "data-testid": at ? "range-hi" : "range-lo",
      }),
    );
    for (const input of this.ends) input.addEventListener("input", () => this.#ranged());
    this.fixed = h("span.range", this.ends[0], h("span", t("display.to")), this.ends[1]);
    this.error = h("p.field-error", { role: "alert" });
    this.root.replaceChildren(
      pair("colormap-label", t("display.colormap"), this.colormap.element),
      pair("scale-label", t("display.scale"), this.scale.element),
      this.fixed,
      this.error,
    );
  }

  /** @param {Translate} t */
  translate(t) {
    this.t = t;
    this.build();
    if (this.model) this.update(this.model);
  }

  #ranged() {
    const [lo, hi] = (this.ends ?? []).map((input) => input.valueAsNumber);
    const good = Number.isFinite(lo) && Number.isFinite(hi) && lo < hi;
    if (this.error) setText(this.error, good ? "" : this.t("display.rangeBad"));
    for (const input of this.ends ?? []) setAttr(input, "aria-invalid", good ? null : "true");
    if (good) this.#say({ range: [lo, hi] });
  }

  /** @param {DisplayModel} model */
  update(model) {
    this.model = model;
    const { t } = this;
    const colours = ["auto", "diverging", "sequential", "grey"].map((value) => ({
      value,
      label: t(`colormap.${value}`),
    }));
    this.colormap?.update({ value: model.colormap, options: colours, labelledBy: "colormap-label" });
    const scales = ["map", "shared", "fixed"].map((value) => ({ value, label: t(`scale.${value}`) }));
    this.scale?.update({ value: model.scale, options: scales, labelledBy: "scale-label" });
    if (this.fixed) show(this.fixed, model.scale === "fixed");
    this.ends?.forEach((input, at) => {
      if (document.activeElement !== input) input.value = String(model.range[at]);
    });
  }

  /** @param {Record<string, unknown>} patch */
  #say(patch) {
    this.dispatchEvent(new CustomEvent("display", { detail: { patch } }));
  }
}

/** @param {string} id @param {string} label @param {HTMLElement} control */
function pair(id, label, control) {
  return h("div.inline", h("span.field-label", { id }, label), control);
}
