/**
 * One picture of the parts: a map with its name above, the number of the present cell below, and its place marked.
 *
 * @import { FeatureMap } from "../../types.js"
 * @typedef {{y: number, x: number}} Cell
 * @typedef {{colormap: string, lo: number, hi: number, signed: boolean}} Look
 */

import { Bitmap } from "../../draw/bitmap.js";
import { Thumbnail } from "../../draw/thumbnail.js";
import { cover } from "../base/cells.js";
import { h, setAttr, setText, show } from "../base/dom.js";

/** Fewer cells across are seen as squares. */
const COARSE = 160;

export class Part {
  bitmap = new Bitmap();
  mark = h("span.part-mark", { hidden: true });
  view = h("div.part-view", this.bitmap.canvas, this.mark);
  name = h("span.part-name");
  /** The map that the part was made of, where one can go there. */
  source = new Thumbnail();
  /** @type {FeatureMap | null} */
  map = null;
  drawn = "";

  /** @param {string} id */
  constructor(id) {
    this.bitmap.canvas.dataset.testid = `part-${id}`;
    this.value = h("span.part-value", { "data-testid": `part-value-${id}` });
    const testid = `part-source-${id}`;
    this.button = h("button.part-source", { hidden: true, "data-testid": testid }, this.source.canvas);
    this.element = h("figure.part", h("figcaption", this.name), this.button, this.view, this.value);
  }

  /** @param {FeatureMap} map @param {Look} look @param {string} name @param {string} said */
  update(map, look, name, said) {
    const drawn = JSON.stringify(look);
    if (map !== this.map || drawn !== this.drawn) this.bitmap.showLevels(map, look, look.colormap);
    [this.map, this.drawn] = [map, drawn];
    setText(this.name, name);
    setAttr(this.view, "aria-label", said);
    setAttr(this.view, "data-coarse", map.width < COARSE);
    this.view.style.setProperty("--ratio", String(map.width / map.height));
  }

  /** @param {{map: FeatureMap, look: Look, said: string, chosen: boolean} | undefined} source */
  comes(source) {
    const { button } = this;
    show(button, source !== undefined);
    if (!source) return;
    this.source.show(source.map, source.look, source.look.colormap);
    setAttr(button, "aria-label", source.said);
    setAttr(button, "data-chosen", source.chosen);
  }

  /** @param {Cell | null} cell @param {string} value */
  point(cell, value) {
    const { map, mark } = this;
    setText(this.value, value);
    show(mark, cell !== null);
    if (cell && map) cover(mark, { y: cell.y + 0.5, x: cell.x + 0.5 }, map.height, map.width);
  }
}
