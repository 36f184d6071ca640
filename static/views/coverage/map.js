/**
 * The heat map on its canvases: the map, and over it the marks of what is pointed at. Pointer and arrow keys move a
 * cursor over it. Emits "look" {cell, keys}: a cell or null, and whether the keyboard did it; and "fit" {long, small}:
 * whether there is more than can be seen well, and whether cells are smaller than a pixel.
 *
 * @import { Counts } from "../../draw/heat.js"
 * @typedef {{y: number, x: number}} Cell @typedef {{top: number, left: number, bottom: number, right: number}} Box
 * @typedef {{counts: Counts, all: boolean, present: Cell | null, window: Box | null}} MapModel
 */

import { HeatScene } from "../../draw/heat.js";
import { colours, onTheme } from "../../draw/theme.js";
import { h } from "../base/dom.js";
import { Emitter } from "../base/emitter.js";
import { moved } from "../pane/keys.js";

const TALLEST = 480;
const PAGE = 5;

export class CoverageMap extends Emitter {
  scene = new HeatScene();
  picture = h("canvas", { "data-testid": "coverage-canvas", "aria-hidden": true });
  marks = h("canvas.coverage-marks", { "aria-hidden": true });
  element = h("div.coverage-map", { tabindex: "0", role: "application" }, this.picture, this.marks);
  /** @type {MapModel | null} */
  model = null;
  /** @type {Cell | null} */
  seen = null;
  /** Where the pointer is, until the next frame. @type {[number, number] | null} */
  pointer = null;
  room = 0;
  drawn = "";
  frame = 0;

  constructor() {
    super();
    this.#listen();
    onTheme(() => {
      this.drawn = "";
      this.#later();
    });
  }

  #listen() {
    const { element } = this;
    new ResizeObserver(([entry]) => {
      this.room = entry.contentRect.width;
      this.#later();
    }).observe(element);
    for (const type of ["pointermove", "pointerdown"])
      element.addEventListener(type, (event) => {
        const { offsetX, offsetY } = /** @type {PointerEvent} */ (event);
        this.pointer = [offsetX, offsetY];
        this.#later();
      });
    // A finger that is lifted leaves what it pointed at.
    element.addEventListener("pointerleave", (event) => {
      if (/** @type {PointerEvent} */ (event).pointerType !== "touch") this.#leave();
    });
    element.addEventListener("blur", () => this.#leave());
    element.addEventListener("keydown", (event) => this.#key(event));
  }

  /** @param {MapModel} model */
  update(model) {
    this.model = model;
    const { height, width } = model.counts;
    if (this.seen && (this.seen.y >= height.length || this.seen.x >= width.length)) this.seen = null;
    this.#later();
  }

  #leave() {
    this.pointer = null;
    if (this.seen) this.#look(null);
  }

  /** @param {Cell | null} cell @param {boolean} [keys] */
  #look(cell, keys = false) {
    if (cell?.y === this.seen?.y && cell?.x === this.seen?.x) return;
    this.seen = cell;
    this.#later();
    this.emit("look", { cell, keys });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { model } = this;
    if (!model) return;
    if (event.key === "Escape") return this.#leave();
    const { height, width } = model.counts;
    const from = this.seen ?? model.present ?? { y: 0, x: 0 };
    const cell = moved(event, from, { rows: height.length, columns: width.length, page: PAGE });
    if (!cell) return;
    event.preventDefault();
    this.#look(cell, true);
  }

  #later() {
    if (this.frame || !this.model) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.#paint();
    });
  }

  #paint() {
    const { model, scene } = this;
    if (!model || this.room < 1) return;
    if (this.pointer) {
      const cell = scene.cellAt(...this.pointer);
      this.pointer = null;
      this.#look(cell);
    }
    const ratio = devicePixelRatio || 1;
    const key = JSON.stringify([model.counts, model.all, this.room, ratio]);
    if (key !== this.drawn) {
      this.drawn = key;
      scene.build(model.counts, model.all, this.room, TALLEST);
      scene.paint(this.#fit(this.picture, ratio));
      this.emit("fit", { long: scene.long, small: scene.side < 1 });
    }
    const marks = this.#fit(this.marks, ratio);
    const { accent, ink } = colours();
    if (model.window) scene.outline(marks, model.window, accent, 2);
    const one = this.seen ?? model.present;
    if (one) scene.outline(marks, { top: one.y, left: one.x, bottom: one.y, right: one.x }, ink, 2);
  }

  /** A clear canvas as large as the scene. @param {HTMLCanvasElement} canvas @param {number} ratio */
  #fit(canvas, ratio) {
    const { width = 1, height = 1 } = this.scene;
    const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== across || canvas.height !== down) {
      Object.assign(canvas, { width: across, height: down });
      Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    }
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    return context;
  }
}
