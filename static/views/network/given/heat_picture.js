/**
 * The picture as the network is given it, what each pixel gives to a cell over it, and where the cell looks.
 *
 * @import { FeatureMap } from "../../../types.js"
 * @typedef {{height: number, width: number, levels: Uint8Array[], channels?: string[]}} Given
 * @typedef {{first: [number, number], last: [number, number]}} Frame
 * @typedef {{given: Given | null, heat: FeatureMap | null, field: Frame | null, pixel: {y: number, x: number} | null, label: string}} HeatModel
 */

import { Bitmap } from "../../../draw/bitmap.js";
import { clip } from "../../../draw/clip.js";
import { heatPixels } from "../../../draw/contribution.js";
import { inColour } from "../../../draw/given.js";
import { cover } from "../../base/cells.js";
import { h, setAttr, show } from "../../base/dom.js";

/** Where more of the picture is seen, it stands back behind the colours. */
const WIDE = 0.25;

export class HeatPicture {
  constructor() {
    this.photo = new Bitmap();
    this.over = new Bitmap();
    this.over.canvas.dataset.testid = "heat";
    this.frame = h("span.heat-frame", { hidden: true, "data-testid": "heat-frame" });
    this.pixel = h("span.heat-pixel", { hidden: true, "data-testid": "heat-pixel" });
    const { photo, over, frame, pixel } = this;
    this.element = h("div.heat", { role: "img" }, photo.canvas, over.canvas, frame, pixel);
    /** @type {Given | null} */
    this.given = null;
    /** @type {FeatureMap | null} */
    this.heat = null;
  }

  /** @param {HeatModel} model */
  update({ given, heat, field, pixel, label }) {
    setAttr(this.element, "aria-label", label);
    if (!given || given.levels.length === 0) return;
    const { width, height } = given;
    if (given !== this.given) {
      this.photo.showChannels(width, height, inColour(given));
      this.element.style.setProperty("--ratio", String(width / height));
    }
    this.given = given;
    show(this.over.canvas, heat !== null);
    const wide = field !== null && field.last[1] - field.first[1] > width * WIDE;
    setAttr(this.element, "data-washed", heat !== null && wide);
    if (heat && heat !== this.heat)
      this.over.draw(heat.width, heat.height, (pixels) => heatPixels(heat, pixels));
    this.heat = heat;
    mark(this.frame, field, given);
    mark(this.pixel, pixel && { first: [pixel.y, pixel.x], last: [pixel.y, pixel.x] }, given);
  }
}

/** As far as it lies in the picture. @param {HTMLElement} element @param {Frame | null} cells both ends are in it @param {Given} given */
function mark(element, cells, { height, width }) {
  show(element, cells !== null);
  if (!cells) return;
  const [[y, tall], [x, wide]] = [height, width].map((size, axis) => {
    const from = clip(cells.first[axis], 0, size);
    return [from, Math.max(Math.min(cells.last[axis] + 1, size), from) - from];
  });
  cover(element, { y, x, height: tall, width: wide }, height, width);
}
