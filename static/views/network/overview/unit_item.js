/**
 * One unit of the overview: its name and shape, its maps, which of them is chosen and which the keyboard stands on.
 *
 * @import { Translate } from "../../../types.js"
 * @import { Box } from "./geometry.js"
 * @import { Place } from "./layout.js"
 * @import { Look } from "./unit_picture.js"
 * @typedef {{thumbs: import("../../../types.js").FeatureMap[], values?: Float32Array | null, stale: boolean,
 *   stats?: {strongest: number[]}}} Seen
 */

import { h, setAttr } from "../../base/dom.js";
import { UnitPicture } from "./unit_picture.js";

export class UnitItem {
  /** @param {Place} place @param {Box} box */
  constructor(place, box) {
    this.place = place;
    this.box = box;
    /** Which of the shown maps the keyboard or the pointer is on; -1: the unit itself. */
    this.row = -1;
    /** @type {Seen | null} */
    this.seen = null;
    this.picture = new UnitPicture();
    this.chosen = h("span.unit-map.unit-chosen", { hidden: true });
    this.cursor = h("span.unit-map.unit-cursor", { hidden: true });
    const { shape } = place.last;
    const size = shape.length === 1 ? String(shape[0]) : `${shape[2]}×${shape[1]}×${shape[0]}`;
    this.button = h(
      "button.unit",
      { tabindex: "-1", "data-unit": place.name, "data-list": box.list },
      h(
        "span.unit-label",
        { "aria-hidden": true },
        h("span.unit-name", place.label),
        h("span.unit-shape", size),
      ),
      this.picture.canvas,
      this.chosen,
      this.cursor,
    );
    const { style } = this.button;
    for (const side of /** @type {const} */ (["left", "top", "width", "height"]))
      style[side] = `${box[side]}px`;
    style.setProperty("--rows", String(box.rows));
    this.element = h("li", this.button);
  }

  /** @param {Translate} t @param {boolean} current */
  describe(t, current) {
    const { name, last, layers } = this.place;
    const [maps, height, width] = last.shape;
    const size = last.shape.length === 1 ? t("net.over.list", { count: maps }) : "";
    const shape = size || t("net.over.maps", { maps, height, width });
    const operation = layers.map((layer) => layer.operation).join(", ");
    const strongest = this.seen?.thumbs[0]?.channel;
    const most = strongest === undefined ? "" : ` ${t("net.over.strongest", { map: strongest })}`;
    setAttr(this.button, "aria-label", t("net.over.unit", { name, operation, shape }) + most);
    setAttr(this.button, "aria-current", current || null);
  }

  /** @param {Seen} seen @param {Look} look */
  show(seen, look) {
    const { box, picture } = this;
    if (seen.thumbs.length || seen.values) {
      this.seen = seen;
      if (seen.values) picture.list(seen.values, Math.round(box.height), look);
      else picture.maps(seen.thumbs, box.rows, look);
      const cells = seen.values ? 0 : seen.thumbs[0].width;
      // Few cells keep their edges; what is drawn smaller than it is, is smoothed.
      setAttr(this.button, "data-fine", cells > box.width);
      setAttr(this.button, "data-there", true);
    }
    setAttr(this.button, "data-stale", seen.stale);
  }

  /** The map shown in a row. @param {number} row @returns {number | null} */
  map(row) {
    return this.box.list ? null : (this.seen?.thumbs[row]?.channel ?? null);
  }

  /** @param {number} y px in the picture */
  rowAt(y) {
    if (this.box.list || y < 0) return -1;
    return Math.min(Math.floor((y / this.box.height) * this.box.rows), this.box.rows - 1);
  }

  /** @param {number} row */
  point(row) {
    this.row = row;
    mark(this.cursor, row);
    const map = this.map(row);
    setAttr(this.button, "title", map === null ? null : `${this.place.name} · ${map}`);
  }

  /** @param {number | null} map */
  choose(map) {
    const row =
      map === null || this.box.list ? -1 : (this.seen?.thumbs.findIndex((one) => one.channel === map) ?? -1);
    mark(this.chosen, row < this.box.rows ? row : -1);
  }
}

/** @param {HTMLElement} ring @param {number} row */
function mark(ring, row) {
  ring.hidden = row < 0;
  ring.style.setProperty("--row", String(Math.max(0, row)));
}
