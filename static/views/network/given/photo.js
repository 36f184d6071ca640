/**
 * The picture as the net is given it, a pixel a cell; over it the part that something sees, and what in it spoke for it
 * or against. Emits "invert" {invert}.
 *
 * @import { FeatureMap, Translate } from "../../../types.js"
 * @typedef {{height: number, width: number, levels: Uint8Array[], channels?: string[]}} Given
 * @typedef {{first: [number, number], last: [number, number]}} Frame y and x of its first and its last cell, which may lie outside
 * @typedef {{given: Given | null, invert: boolean, field: Frame | null, heat: FeatureMap | null, asked: boolean}} PhotoModel
 *   asked: whether the heat was asked for, so that it may cover the picture
 */

import { Bitmap } from "../../../draw/bitmap.js";
import { heatPixels } from "../../../draw/contribution.js";
import { inColour } from "../../../draw/given.js";
import { h, setAttr, setText, show } from "../../base/dom.js";
import { svg } from "../../base/svg.js";
import { Choice } from "../../fields/choice.js";

/** px around the picture in which a part outside of it shows. */
const MARGIN = 10;

export class PhotoView extends EventTarget {
  /** @param {HTMLElement} root @param {Translate} t */
  constructor(root, t) {
    super();
    this.root = root;
    this.t = t;
    this.bitmap = new Bitmap();
    this.canvas = this.bitmap.canvas;
    setAttr(this.canvas, "role", "img");
    setAttr(this.canvas, "data-testid", "photo");
    this.warmth = new Bitmap();
    setAttr(this.warmth.canvas, "class", "photo-heat");
    setAttr(this.warmth.canvas, "data-testid", "photo-heat");
    setAttr(this.warmth.canvas, "aria-hidden", "true");
    this.marks = svg("svg.photo-marks", { "aria-hidden": "true", preserveAspectRatio: "none" });
    this.whole = svg("rect.field-whole");
    // Within what is seen the picture gives up its colours, for those of the heat.
    this.veil = h("div.photo-veil", { hidden: true });
    this.part = svg("rect.field-part", { "data-testid": "photo-field" });
    this.rim = svg("rect.field-rim");
    this.marks.append(this.whole, this.rim, this.part);
    this.seeing = "both";
    /** px of the picture on the screen. */
    this.wide = 0;
    new ResizeObserver(([{ contentRect }]) => {
      this.wide = contentRect.width;
      this.#frame(this.model?.field ?? null);
    }).observe(this.canvas);
    this.build();
    /** @type {PhotoModel | null} */
    this.model = null;
    /** @type {Given | null} */
    this.drawn = null;
    /** @type {FeatureMap | null} */
    this.heated = null;
  }

  build() {
    const { t } = this;
    this.title = h("h2.look-title", t("net.photo.title"));
    this.figure = h("figure.photo", this.canvas, this.veil, this.warmth.canvas);
    this.figure.append(this.marks);
    this.caption = h("p.look-caption", { "data-testid": "photo-caption" });
    this.choice = new Choice("seeing", (seeing) => {
      this.seeing = seeing;
      if (this.model) this.update(this.model);
    });
    this.box = h("input", { type: "checkbox", "data-testid": "invert" });
    this.box.addEventListener("change", () => {
      this.dispatchEvent(new CustomEvent("invert", { detail: { invert: this.box?.checked } }));
    });
    this.invert = h("label.check", { title: t("net.photo.invertHelp") }, this.box, t("net.photo.invert"));
    const label = h("span.visually-hidden", { id: "seeing-label" }, t("net.photo.seeing"));
    this.heat = h("div.photo-heating", { hidden: true }, label, this.choice.element);
    this.heat.append(h("p.look-caption", t("net.photo.legend")));
    this.root.replaceChildren(this.title, this.figure, this.caption, this.heat, this.invert);
  }

  /** @param {Translate} t */
  translate(t) {
    this.t = t;
    this.build();
    if (this.model) this.update(this.model);
  }

  /** @param {PhotoModel} model */
  update(model) {
    this.model = model;
    const { given } = model;
    const { t } = this;
    if (this.box) this.box.checked = model.invert;
    if (this.invert) show(this.invert, given !== null);
    setAttr(this.canvas, "aria-label", t("net.photo"));
    this.point(model.field, model.heat);
    if (!given?.levels.length) return;
    const { height, width, levels } = given;
    const kind = t(levels.length === 1 ? "net.photo.grey" : "net.photo.colour");
    if (this.caption) setText(this.caption, t("net.photo.caption", { width, height, kind }));
    if (given === this.drawn) return;
    this.drawn = given;
    this.bitmap.showChannels(width, height, inColour(given));
  }

  /** Only what is pointed at: at once, for a moving pointer. @param {Frame | null} field @param {FeatureMap | null} heat */
  point(field, heat) {
    if (this.model) this.model = { ...this.model, field, heat };
    this.#frame(field);
    this.#heat(heat);
  }

  /** @param {Frame | null} field */
  #frame(field) {
    const given = this.model?.given;
    this.marks.toggleAttribute("hidden", !field || !given);
    if (!field || !given) return;
    const { height, width } = given;
    const beside = (MARGIN * width) / (this.wide || width);
    setAttr(this.marks, "viewBox", [-beside, -beside, width + 2 * beside, height + 2 * beside].join(" "));
    const [top, left] = field.first;
    const [bottom, right] = field.last;
    const [y1, x1] = [Math.max(top, 0), Math.max(left, 0)];
    const [y2, x2] = [Math.min(bottom + 1, height), Math.min(right + 1, width)];
    box(this.whole, left, top, right + 1, bottom + 1);
    const { style } = this.veil;
    style.inset = [y1 / height, 1 - x2 / width, 1 - y2 / height, x1 / width]
      .map((share) => `${Math.max(0, 100 * share)}%`)
      .join(" ");
    for (const part of [this.rim, this.part]) box(part, x1, y1, Math.max(x1, x2), Math.max(y1, y2));
    const beyond = y1 > top || x1 > left || y2 <= bottom || x2 <= right;
    this.whole.toggleAttribute("hidden", !beyond);
  }

  /** @param {FeatureMap | null} heat */
  #heat(heat) {
    const { t, choice, model } = this;
    const shown = model?.asked ? heat : null;
    if (!this.heat || !choice || !this.figure) return;
    show(this.heat, shown !== null);
    setAttr(this.figure, "data-seeing", shown ? this.seeing : "photo");
    show(this.veil, shown !== null && this.seeing === "both" && model?.field !== null);
    if (!shown) return;
    const options = ["photo", "both", "heat"].map((value) => ({ value, label: t(`net.photo.${value}`) }));
    choice.update({ value: this.seeing, options, labelledBy: "seeing-label" });
    if (shown === this.heated) return;
    this.heated = shown;
    this.warmth.size(shown.width, shown.height);
    heatPixels(shown, this.warmth.pixels);
    this.warmth.context.putImageData(this.warmth.image, 0, 0);
  }
}

/** @param {Element} rect @param {number} left @param {number} top @param {number} right @param {number} bottom */
function box(rect, left, top, right, bottom) {
  for (const [name, value] of Object.entries({ x: left, y: top, width: right - left, height: bottom - top }))
    setAttr(rect, name, String(value));
}
