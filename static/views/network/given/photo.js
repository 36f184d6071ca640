/**
 * The picture as the net is given it, a pixel a cell; over it the part that something sees, and what in it spoke for it
 * or against. Emits "invert" {invert}.
 *
 * @import { FeatureMap } from "../../../types.js"
 * @typedef {{height: number, width: number, levels: Uint8Array[], channels?: string[]}} Given
 * @typedef {{first: [number, number], last: [number, number]}} Frame y and x of its first and its last cell, which may lie outside
 * @typedef {{given: Given | null, invert: boolean, field: Frame | null, heat: FeatureMap | null, asked: boolean}} PhotoModel
 *   asked: whether the heat was asked for, so that it may cover the picture
 */

import { Bitmap } from "../../../draw/bitmap.js";
import { heatPixels } from "../../../draw/contribution.js";
import { inColour } from "../../../draw/given.js";
import { give, h, setAttr, setText, show } from "../../base/dom.js";
import { svg } from "../../base/svg.js";
import { View } from "../../base/view.js";
import { NamedChoice, optionsOf } from "../../fields/named.js";

/** px around the picture in which a part outside of it shows. */
const MARGIN = 10;

/** @extends {View<PhotoModel>} */
export class PhotoView extends View {
  bitmap = new Bitmap();
  warmth = new Bitmap();
  canvas = give(this.bitmap.canvas, {
    role: "img",
    "data-testid": "photo",
    "aria-label": this.word("net.photo"),
  });
  whole = svg("rect.field-whole");
  rim = svg("rect.field-rim");
  part = svg("rect.field-part", { "data-testid": "photo-field" });
  marks = svg(
    "svg.photo-marks",
    { "aria-hidden": true, preserveAspectRatio: "none" },
    this.whole,
    this.rim,
    this.part,
  );
  // Within what is seen the picture gives up its colours, for those of the heat.
  veil = h("div.photo-veil", { hidden: true });
  figure = h(
    "figure.photo",
    this.canvas,
    this.veil,
    give(this.warmth.canvas, { class: "photo-heat", "data-testid": "photo-heat", "aria-hidden": true }),
    this.marks,
  );
  caption = h("p.look-caption.note", { "data-testid": "photo-caption" });
  seeing = "both";
  choice = new NamedChoice(
    "seeing",
    this.word("net.photo.seeing"),
    (seeing) => {
      this.seeing = seeing;
      this.refresh();
    },
    "div.photo-heating",
    null,
  );
  box = h("input", {
    type: "checkbox",
    "data-testid": "invert",
    change: () => this.emit("invert", { invert: this.box.checked }),
  });
  invert = h(
    "label.check",
    { title: this.word("net.photo.invertHelp") },
    this.box,
    this.word("net.photo.invert"),
  );
  /** px of the picture on the screen. */
  wide = 0;
  /** @type {Given | null} */
  drawn = null;
  /** @type {FeatureMap | null} */
  heated = null;

  /** @param {ConstructorParameters<typeof View>} place */
  constructor(...place) {
    super(...place);
    const title = h("h2.look-title", this.word("net.photo.title"));
    give(this.choice.element, { hidden: true }, h("p.look-caption.note", this.word("net.photo.legend")));
    this.fill(title, this.figure, this.caption, this.choice.element, this.invert);
    new ResizeObserver(([{ contentRect }]) => {
      this.wide = contentRect.width;
      this.#frame(this.model?.field ?? null);
    }).observe(this.canvas);
  }

  /** @override @param {PhotoModel} model */
  draw({ given, invert, field, heat }) {
    const { t } = this;
    this.box.checked = invert;
    show(this.invert, given !== null);
    this.point(field, heat);
    if (!given?.levels.length) return;
    const { height, width, levels } = given;
    const kind = t(levels.length === 1 ? "net.photo.grey" : "net.photo.colour");
    setText(this.caption, t("net.photo.caption", { width, height, kind }));
    if (given === this.drawn) return;
    this.drawn = given;
    this.bitmap.showChannels(width, height, inColour(given));
  }

  /** Only what is pointed at: at once, for a moving pointer. @param {Frame | null} field @param {FeatureMap | null} heat */
  point(field, heat) {
    if (this.model) Object.assign(this.model, { field, heat });
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
    show(choice.element, shown !== null);
    setAttr(this.figure, "data-seeing", shown ? this.seeing : "photo");
    show(this.veil, shown !== null && this.seeing === "both" && model?.field !== null);
    if (!shown) return;
    choice.update(this.seeing, optionsOf(t, "net.photo", ["photo", "both", "heat"]));
    if (shown === this.heated) return;
    this.heated = shown;
    this.warmth.draw(shown.width, shown.height, (pixels) => heatPixels(shown, pixels));
  }
}

/** @param {Element} rect @param {number} x @param {number} y @param {number} right @param {number} bottom */
function box(rect, x, y, right, bottom) {
  give(rect, { x, y, width: right - x, height: bottom - y });
}
