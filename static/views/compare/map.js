/** One of the maps that are compared: its picture in a pane, and its legend. Its pane emits what panes do. */

import { Bitmap } from "../../draw/bitmap.js";
import { exact, showNumbers } from "../../draw/numbers.js";
import { oneCell, outline } from "../../draw/overlay.js";
import { paintScene } from "../../draw/scene.js";
import { h, setText } from "../base/dom.js";
import { LegendView } from "../frame/legend.js";
import { Pane } from "../pane/pane.js";

/**
 * @import { Translate } from "../../types.js"
 * @typedef {{y: number, x: number}} Cell
 * @typedef {{channel: number, height: number, width: number, min: number, max: number, levels: ArrayLike<number>}} NumberMap
 * @typedef {{name: string, map: NumberMap, label: string, colormap: string, scale: {lo: number, hi: number},
 *   signed: boolean}} MapModel
 */

export class CompareMap {
  /** @param {string} id @param {string} hint id of the words on its keys @param {Translate} t */
  constructor(id, hint, t) {
    this.pane = new Pane("input", `compare-${id}`, hint);
    this.pane.element.className = "pane compare-map";
    this.pane.element.dataset.map = id;
    this.bitmap = new Bitmap();
    const place = h("div");
    this.legend = new LegendView(place, t);
    this.pane.note.replaceWith(place);
    /** @type {MapModel | null} */
    this.model = null;
    /** Whether the bitmap is of the model. */
    this.coloured = false;
  }

  get size() {
    const { width = 1, height = 1 } = this.model?.map ?? {};
    return { width: Math.max(width, 1), height: Math.max(height, 1) };
  }

  /** @param {MapModel} model @param {Translate} t @returns {boolean} whether it is another picture */
  update(model, t) {
    const old = this.model;
    this.model = model;
    const { name, map, label, colormap, scale, signed } = model;
    const { width, height } = map;
    const title = t("compare.map", { name });
    setText(this.pane.title, name);
    setText(this.pane.shape, `${width} × ${height}`);
    this.pane.view.setAttribute("aria-label", t("stage.pane_label", { title, width, height, channels: 1 }));
    this.legend.update({ colormap, ...scale, signed, label });
    const same = old?.map === map && old.colormap === colormap && String(ends(old)) === String(ends(model));
    this.coloured &&= same;
    return !same;
  }

  /** Px per cell at which all of it is seen. */
  get fit() {
    const { frame } = this.pane;
    frame.hold(this.size.width, this.size.height);
    return frame.fit(6);
  }

  /** @param {Cell | null} cell @returns {number | null} its number; none beyond the map */
  at(cell) {
    const map = this.model?.map;
    if (!map || !cell || cell.y >= map.height || cell.x >= map.width) return null;
    return map.levels[cell.y * map.width + cell.x];
  }

  paint() {
    const { pane, bitmap, model } = this;
    if (!pane.frame.width || !model) return;
    const { width, height, levels } = model.map;
    if (!this.coloured) showNumbers(bitmap, model.map, model.scale, model.colormap);
    this.coloured = true;
    const data = /** @type {Float32Array} */ (levels);
    const values = { region: /** @type {[number, number, number, number]} */ ([0, 0, height, width]), data };
    paintScene(pane.picture, pane.frame, { bitmap, values });
    pane.view.toggleAttribute("data-loose", pane.frame.loose);
  }

  /** @param {Cell | null} cell that is looked at @param {Cell | null} cursor of the stage */
  mark(cell, cursor) {
    const { marks, frame, readout } = this.pane;
    marks.clearRect(0, 0, marks.canvas.width, marks.canvas.height);
    const value = this.at(cell);
    setText(readout, value === null ? "" : exact(value));
    if (!frame.width) return;
    const apart = cursor && (cursor.y !== cell?.y || cursor.x !== cell?.x);
    if (apart && this.at(cursor) !== null)
      outline(marks, frame, oneCell(cursor.y, cursor.x), { dashed: true });
    if (cell && value !== null) outline(marks, frame, oneCell(cell.y, cell.x));
  }
}

/** @param {MapModel} model */
function ends({ scale: { lo, hi } }) {
  return [lo, hi];
}
