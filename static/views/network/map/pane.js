/**
 * A map, or the picture, as large as there is room, its cells to be pointed at. Emits "point" {y, x, by}, "pin" {y, x}
 * and "leave".
 *
 * @import { FeatureMap } from "../../../types.js"
 * @import { Extent } from "../../../draw/frame.js"
 * @typedef {{colormap: string, lo: number, hi: number}} Look
 * @typedef {{height: number, width: number, levels: Uint8Array[], channels?: string[]}} Given
 * @typedef {{map: FeatureMap | null, photo: Given | null, look: Look | null, title: string, about: string,
 *   readout: string}} PaneModel photo: in colour, instead of a map
 * @typedef {{cursor: {y: number, x: number} | null, pinned: boolean, window: Extent | null, lit: {y: number, x: number} | null,
 *   best: {y: number, x: number} | null}} PaneMarks
 */

import { Bitmap } from "../../../draw/bitmap.js";
import { inColour } from "../../../draw/given.js";
import { markCell, markLit } from "../../../draw/marks.js";
import { fill, oneCell, outline } from "../../../draw/overlay.js";
import { paintScene } from "../../../draw/scene.js";
import { colours, onTheme } from "../../../draw/theme.js";
import { setAttr, setText } from "../../base/dom.js";
import { Emitter } from "../../base/emitter.js";
import { Pane } from "../../pane/pane.js";

/** @type {PaneMarks} */
const NONE = { cursor: null, pinned: false, window: null, lit: null, best: null };

export class MapPane extends Emitter {
  bitmap = new Bitmap();
  marks = NONE;
  drawn = "";
  /** What is painted. @type {unknown} */
  source = null;

  /** @param {"input" | "output"} kind @param {string} testid @param {string} hint id of what describes the keys */
  constructor(kind, testid, hint) {
    super();
    this.pane = new Pane(kind, testid, hint);
    this.element = this.pane.element;
    this.pane.start = () => this.marks.cursor ?? this.marks.best ?? this.#middle();
    this.pane.on("size", () => this.#paint());
    this.pass(this.pane, "point", "pin", "leave");
    onTheme(() => this.#paint());
  }

  #middle() {
    return { y: this.bitmap.height >> 1, x: this.bitmap.width >> 1 };
  }

  /** @param {PaneModel} model @param {string} label for ears */
  update({ map, photo, look, title, about, readout }, label) {
    const { pane, bitmap } = this;
    setText(pane.title, title);
    setText(pane.about, about);
    setText(pane.readout, readout);
    setAttr(pane.view, "aria-label", label);
    const source = photo ?? map;
    const drawn = JSON.stringify(look);
    if (!source || (source === this.source && drawn === this.drawn)) return;
    [this.source, this.drawn] = [source, drawn];
    if (photo) bitmap.showChannels(photo.width, photo.height, inColour(photo));
    else if (map && look) bitmap.showLevels(map, look, look.colormap);
    this.#paint();
  }

  #paint() {
    const { pane, bitmap } = this;
    const { frame } = pane;
    if (!frame.width || !bitmap.width) return;
    frame.hold(bitmap.width, bitmap.height);
    frame.scale = frame.fit();
    frame.clamp();
    paintScene(pane.picture, frame, { bitmap });
    this.mark(this.marks);
  }

  /** @param {PaneMarks} marks */
  mark(marks) {
    this.marks = marks;
    const { marks: context, frame } = this.pane;
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    if (!frame.width || !this.bitmap.width) return;
    const { cursor, pinned, window, lit, best } = marks;
    if (window) {
      outline(context, frame, window, { width: 2 });
      if (best) fill(context, frame, oneCell(best.y, best.x), colours().accent, 0.35);
    }
    if (cursor) markCell(context, frame, cursor, pinned);
    if (lit) markLit(context, frame, lit);
  }
}
