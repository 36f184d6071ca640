/** What the colours of the shown map mean: its colour bar with the lowest value, zero and the highest. */

import { Bitmap } from "../../draw/bitmap.js";
import { lut } from "../../draw/colour.js";
import { entryOf } from "../../draw/paint.js";
import { printed } from "../../draw/values.js";
import { give, h, setAttr, setText, show } from "../base/dom.js";
import { View } from "../base/view.js";

/** @typedef {{colormap: string, lo: number, hi: number, signed: boolean, label: string}} LegendModel */

const STEPS = 256;

/** @extends {View<LegendModel>} */
export class LegendView extends View {
  bitmap = new Bitmap();
  bar = give(this.bitmap.canvas, { class: "legend-bar", role: "img" });
  label = h("span.legend-label");
  low = h("span.legend-low");
  zero = h("span.legend-zero");
  high = h("span.legend-high");
  painted = "";
  element = this.fill(
    this.label,
    h("span.legend-scale", this.bar, h("span.legend-ends", this.low, this.zero, this.high)),
  );

  /** @param {ConstructorParameters<typeof View>} place */
  constructor(...place) {
    super(...place);
    this.root.classList.add("legend");
  }

  /** @override @param {LegendModel} model */
  draw({ colormap, lo, hi, signed, label }) {
    const painted = `${colormap} ${lo} ${hi}`;
    if (painted !== this.painted) this.#paint(colormap, lo, hi);
    this.painted = painted;
    const ends = { lo: printed(lo), hi: printed(hi) };
    setText(this.label, label);
    setText(this.low, ends.lo);
    setText(this.high, ends.hi);
    const share = (0 - lo) / (hi - lo);
    // Zero is written where it falls, unless it would run into an end.
    const inside = signed && share > 0.12 && share < 0.88;
    setText(this.zero, inside ? "0" : "");
    this.zero.style.setProperty("--at", `${(share * 100).toFixed(2)}%`);
    show(this.zero, inside);
    setAttr(this.bar, "aria-label", this.t("legend.bar", { label, ...ends }));
  }

  /** @param {string} colormap @param {number} lo @param {number} hi */
  #paint(colormap, lo, hi) {
    const colours = lut(colormap);
    this.bitmap.draw(STEPS, 1, (pixels) => {
      for (let i = 0; i < STEPS; i++)
        pixels[i] = colours[entryOf(lo + ((hi - lo) * i) / (STEPS - 1), { lo, hi }, colormap)];
    });
  }
}
