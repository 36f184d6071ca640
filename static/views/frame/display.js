/**
 * How maps become colours: colour map, scale, and the two ends where they are fixed. Emits "display" {patch}.
 *
 * @typedef {{colormap: string, scale: string, range: [number, number]}} DisplayModel
 */

import { h, setAttr, setText, show } from "../base/dom.js";
import { View } from "../base/view.js";
import { NamedChoice, optionsOf } from "../fields/named.js";

/** @extends {View<DisplayModel>} */
export class DisplayView extends View {
  colormap = new NamedChoice("colormap", this.word("display.colormap"), (colormap) =>
    this.#say({ colormap }),
  );
  scale = new NamedChoice("scale", this.word("display.scale"), (scale) => this.#say({ scale }));
  ends = ["lo", "hi"].map((end) =>
    h("input.number", {
      type: "number",
      step: "any",
      "aria-label": this.word(`display.${end}`),
      "data-testid": `range-${end}`,
      input: () => this.#ranged(),
    }),
  );
  fixed = h("span.range", this.ends[0], h("span", this.word("display.to")), this.ends[1]);
  error = h("p.field-error", { role: "alert" });
  element = this.fill(this.colormap.element, this.scale.element, this.fixed, this.error);

  #ranged() {
    const [lo, hi] = this.ends.map((input) => input.valueAsNumber);
    const good = Number.isFinite(lo) && Number.isFinite(hi) && lo < hi;
    setText(this.error, good ? "" : this.t("display.rangeBad"));
    for (const input of this.ends) setAttr(input, "aria-invalid", good ? null : "true");
    if (good) this.#say({ range: [lo, hi] });
  }

  /** @override @param {DisplayModel} model */
  draw({ colormap, scale, range }) {
    const { t } = this;
    this.colormap.update(colormap, optionsOf(t, "colormap", ["auto", "diverging", "sequential", "grey"]));
    this.scale.update(scale, optionsOf(t, "scale", ["map", "shared", "fixed"]));
    show(this.fixed, scale === "fixed");
    this.ends.forEach((input, at) => {
      if (document.activeElement !== input) input.value = String(range[at]);
    });
  }

  /** @param {Record<string, unknown>} patch */
  #say(patch) {
    this.emit("display", { patch });
  }
}
