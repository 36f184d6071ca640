/** What the colours of the shown map mean: its colour bar with the lowest value, zero and the highest. */
import { lut } from "../../draw/colour.js";
import { entryOf } from "../../draw/paint.js";
import { printed } from "../../draw/values.js";

/** @typedef {{colormap: string, lo: number, hi: number, signed: boolean, label: string}} LegendModel */
/** @typedef {import("../../draw/types.js").Translate} Translate */

const STEPS = 256;

export class LegendView extends EventTarget {
  /** @param {HTMLElement} root @param {Translate} t */
  constructor(root, t) {
    super();
    this.t = t;
    this.root = root;
    /** @type {LegendModel | null} */
    this.model = null;
    this.bar = document.createElement("canvas");
    this.bar.className = "legend-bar";
    this.bar.width = STEPS;
    this.bar.height = 1;
    this.bar.setAttribute("role", "img");
    this.label = span("legend-label");
    this.low = span("legend-low");
    this.zero = span("legend-zero");
    this.high = span("legend-high");
    const scale = span("legend-scale");
    const ends = span("legend-ends");
    ends.append(this.low, this.zero, this.high);
    scale.append(this.bar, ends);
    root.classList.add("legend");
    root.replaceChildren(this.label, scale);
  }

  /** @param {Translate} t */
  translate(t) {
    this.t = t;
    if (this.model) this.#words(this.model);
  }

  /** @param {LegendModel} model */
  update(model) {
    const old = this.model;
    this.model = model;
    if (
      old &&
      Object.keys(model).every(
        (key) =>
          old[/** @type {keyof LegendModel} */ (key)] === model[/** @type {keyof LegendModel} */ (key)],
      )
    )
      return;
    if (!old || old.lo !== model.lo || old.hi !== model.hi || old.colormap !== model.colormap)
      this.#paint(model);
    this.#words(model);
  }

  /** @param {LegendModel} model */
  #paint({ colormap, lo, hi }) {
    const context = /** @type {CanvasRenderingContext2D} */ (this.bar.getContext("2d"));
    const image = context.createImageData(STEPS, 1);
    const out = new Uint32Array(image.data.buffer);
    const colours = lut(colormap);
    for (let i = 0; i < STEPS; i++)
      out[i] = colours[entryOf(lo + ((hi - lo) * i) / (STEPS - 1), { lo, hi }, colormap)];
    context.putImageData(image, 0, 0);
  }

  /** @param {LegendModel} model */
  #words({ lo, hi, signed, label }) {
    this.label.textContent = label;
    this.low.textContent = printed(lo);
    this.high.textContent = printed(hi);
    const share = (0 - lo) / (hi - lo);
    // Zero is written where it falls, unless it would run into an end.
    const inside = signed && share > 0.12 && share < 0.88;
    this.zero.textContent = inside ? "0" : "";
    this.zero.style.setProperty("--at", `${(share * 100).toFixed(2)}%`);
    this.zero.hidden = !inside;
    this.bar.setAttribute("aria-label", this.t("legend.bar", { label, lo: printed(lo), hi: printed(hi) }));
  }
}

/** @param {string} name */
function span(name) {
  const element = document.createElement("span");
  element.className = name;
  return element;
}
