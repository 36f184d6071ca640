/**
 * All 1 × 1 kernels of a layer as one picture: a row for each map, a column for each map that is read. Emits "point"
 * {map, from}, "pick" {map, from} and "leave".
 *
 * @import { Ends } from "./kernels.js"
 * @typedef {{rows: Float32Array[], ends: Ends, colormap: string, map: number, from: number, label: string}} MatrixModel
 */

import { Bitmap } from "../../../draw/bitmap.js";
import { showNumbers } from "../../../draw/numbers.js";
import { cellUnder } from "../../base/cells.js";
import { h, setAttr, show } from "../../base/dom.js";
import { Emitter } from "../../base/emitter.js";

/** px, so that a tall one is still seen as a whole. */
const HIGH = 380;
/** px of one weight at most. */
const CELL = 14;

export class MatrixPicture extends Emitter {
  bitmap = new Bitmap();
  mark = h("span.weights-row");
  view = h(
    "div.weights-matrix",
    {
      role: "img",
      "data-testid": "weights-matrix",
      pointermove: (event) => this.emit("point", this.#at(event)),
      click: (event) => this.emit("pick", this.#at(event)),
      pointerleave: () => this.emit("leave"),
    },
    this.bitmap.canvas,
    this.mark,
  );
  drawn = "";
  /** @type {Float32Array[]} */
  rows = [];

  /** @param {MatrixModel | null} model */
  update(model) {
    show(this.view, model !== null);
    if (!model) return;
    const { rows, ends, colormap, map, label } = model;
    const [width, height] = [rows[0].length, rows.length];
    setAttr(this.view, "aria-label", label);
    const drawn = `${ends.lo} ${ends.hi} ${colormap}`;
    if (rows !== this.rows || drawn !== this.drawn) {
      [this.rows, this.drawn] = [rows, drawn];
      const levels = new Float32Array(width * height);
      for (const [at, row] of rows.entries()) levels.set(row, at * width);
      showNumbers(this.bitmap, { width, height, levels }, ends, colormap);
    }
    const wide = Math.min((HIGH * width) / height, CELL * width);
    Object.assign(this.view.style, { width: `min(100%, ${wide}px)`, aspectRatio: `${width} / ${height}` });
    Object.assign(this.mark.style, { top: `${(100 * map) / height}%`, height: `${100 / height}%` });
  }

  /** @param {MouseEvent} event */
  #at(event) {
    const { y, x } = cellUnder(this.view, event, this.rows.length, this.rows[0]?.length ?? 1);
    return { map: y, from: x };
  }
}
