/** One zoom for all panes: how large a cell is, and how the panes keep to the same place of the input. */
import { clip } from "../../draw/clip.js";
import { CLOSEST, MARGIN } from "../../draw/frame.js";
import { concerned } from "../../draw/marks.js";

/** @typedef {import("../pane/pane.js").Pane} Pane @typedef {import("../../draw/types.js").Cursor} Cursor */
/** @typedef {import("../../draw/scene.js").Windows} Windows */

/** Px per cell that the buttons and keys stop at. */
const STOPS = [0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, CLOSEST];
/** Px per cell at which values can be read: where "single cells" leads. */
const READABLE = 48;

export class StageZoom {
  constructor() {
    /** @type {Pane[]} those that show something */
    this.panes = [];
    /** @type {Windows | null} */
    this.windows = null;
    /** @type {number | "fit"} */
    this.zoom = "fit";
  }

  /** The px per cell at which every pane shows its whole picture. */
  get fit() {
    const sized = this.panes.filter((pane) => pane.frame.width > 0);
    const [fit, room] = [MARGIN, 2].map((margin) =>
      Math.min(...sized.map((pane) => pane.frame.fit(margin)), CLOSEST),
    );
    return calm(fit, room, window.devicePixelRatio || 1);
  }

  get scale() {
    return this.zoom === "fit" ? this.fit : clip(this.zoom, this.fit, CLOSEST);
  }

  /**
   * Windows that are the same stay the same object.
   * @param {import("../../draw/window.js").AxisWindows | null} rows
   * @param {import("../../draw/window.js").AxisWindows | null} columns
   */
  look(rows, columns) {
    if (!rows || !columns) this.windows = null;
    else if (this.windows?.rows !== rows || this.windows.columns !== columns)
      this.windows = { rows, columns };
  }

  /** @param {number | "fit"} zoom what is no larger than fitting, fits */
  set(zoom) {
    this.zoom = zoom !== "fit" && zoom <= this.fit ? "fit" : zoom;
  }

  /** Give every pane the scale again, after sizes or shapes have changed. */
  settle() {
    const { scale } = this;
    for (const { frame } of this.panes) frame.zoom(scale, frame.width / 2, frame.height / 2);
  }

  /**
   * The other panes show, under the same point, the place that belongs to the one shown here.
   * @param {Pane} from @param {number} px @param {number} py
   */
  link(from, px, py) {
    const [x, y] = from.frame.placeAt(px, py);
    for (const pane of this.panes) {
      if (pane === from) continue;
      pane.frame.scale = from.frame.scale;
      const [toX, toY] = pane.kind === from.kind ? [x, y] : this.#across(from.kind, x, y);
      pane.frame.put(toX, toY, px, py);
    }
  }

  /** Bring what the cursor concerns, or the whole picture, to the middle of every pane. @param {Cursor | null} cursor */
  centre(cursor) {
    for (const { kind, frame } of this.panes) {
      const cells = (cursor && this.windows && concerned(kind, this.windows, cursor)) ?? frame.extent;
      frame.put(
        (cells.left + cells.right) / 2,
        (cells.top + cells.bottom) / 2,
        frame.width / 2,
        frame.height / 2,
      );
    }
  }

  /** @param {"input" | "output"} kind @param {number} x @param {number} y */
  #across(kind, x, y) {
    if (!this.windows) return [x, y];
    const { rows, columns } = this.windows;
    return kind === "input" ? [columns.toOutput(x), rows.toOutput(y)] : [columns.toInput(x), rows.toInput(y)];
  }

  /**
   * Bring what the cursor concerns into view, except in the pane under the pointer, which stays put.
   * @param {Cursor} cursor @param {Pane | null} under
   * @returns {Pane[]} the panes that moved
   */
  reveal(cursor, under) {
    const { windows } = this;
    if (!windows) return [];
    return this.panes.filter((pane) => {
      if (pane === under) return false;
      const cells = concerned(pane.kind, windows, cursor);
      return cells ? pane.frame.reveal(cells) : false;
    });
  }

  /** The zoom that a button or a key leads to. @param {"in" | "out" | "fit" | "cells"} wish @returns {number | "fit"} */
  next(wish) {
    const { scale, fit } = this;
    if (wish === "fit") return "fit";
    if (wish === "cells") return Math.max(READABLE, fit);
    if (wish === "in") return STOPS.find((stop) => stop > scale * 1.05) ?? CLOSEST;
    const stop = STOPS.findLast((candidate) => candidate < scale / 1.05) ?? fit;
    return stop <= fit ? "fit" : stop;
  }
}

/**
 * Cells look even when they are a whole or half number of device pixels; taken where it costs little.
 * @param {number} fit px per cell within the margin @param {number} room within the pane @param {number} ratio
 */
export function calm(fit, room, ratio) {
  for (const part of [1, 2, 4]) {
    const even = Math.floor(room * ratio * part) / part;
    if (even >= 1 && even >= fit * ratio * 0.9) return even / ratio;
  }
  return fit;
}
