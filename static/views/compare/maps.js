/**
 * A, B and their difference side by side, at one scale and moved together. Emits "look" {cell, by}: the cell under a
 * hand, or null; and "cell" {y, x}: one that was pressed.
 *
 * @import { Translate } from "../../types.js"
 * @import { Cell, MapModel } from "./map.js"
 */

import { clip } from "../../draw/clip.js";
import { CLOSEST } from "../../draw/frame.js";
import { onTheme } from "../../draw/theme.js";
import { h, setText, show, uniqueId } from "../base/dom.js";
import { Emitter } from "../base/emitter.js";
import { CompareMap } from "./map.js";

const STEP = 1.5;
const MARGINS = 12;
const HEIGHTS = { least: 90, most: 380 };

export class CompareMaps extends Emitter {
  hint = h("p.visually-hidden", { id: uniqueId("compare-keys") });
  /** How much larger than all of it. */
  factor = 1;
  frame = 0;
  /** @type {Cell | null} */
  cell = null;
  /** @type {Cell | null} */
  cursor = null;
  /** @type {Set<CompareMap>} */
  waiting = new Set();
  /** What is out of sight is painted when it is about to be seen. */
  seen = false;

  /** @param {Translate} t */
  constructor(t) {
    super();
    this.t = t;
    this.all = ["a", "b", "difference"].map((id) => this.#map(id));
    this.element = h("div.compare-maps", ...this.all.map(({ pane }) => pane.element), this.hint);
    this.translate(t);
    onTheme(() => this.#later(...this.all));
    /** @param {IntersectionObserverEntry[]} entries */
    const watch = ([{ isIntersecting }]) => {
      this.seen = isIntersecting;
      this.#later();
    };
    new IntersectionObserver(watch, { rootMargin: "400px" }).observe(this.element);
  }

  /** @param {Translate} t */
  translate(t) {
    this.t = t;
    setText(this.hint, t("compare.keys"));
    for (const { legend } of this.all) legend.translate(t);
  }

  /** @param {(MapModel | null)[]} models @param {Cell | null} cell @param {Cell | null} cursor */
  update(models, cell, cursor) {
    const sizes = () => this.all.map(({ model, size }) => model && `${size.width} ${size.height}`).join();
    const before = sizes();
    for (const [at, one] of this.all.entries()) {
      const model = models[at];
      show(one.pane.element, model !== null);
      if (!model) one.model = null;
      else if (one.update(model, this.t)) this.#later(one);
    }
    if (sizes() !== before) this.#fit(null);
    this.point(cell, cursor);
  }

  /** @param {Cell | null} cell @param {Cell | null} cursor */
  point(cell, cursor) {
    [this.cell, this.cursor] = [cell, cursor];
    this.#later();
  }

  get shown() {
    return this.all.filter(({ model }) => model !== null);
  }

  /** Bring a cell into sight. @param {Cell} cell */
  reveal({ y, x }) {
    for (const { pane } of this.shown) pane.frame.reveal({ left: x, top: y, right: x + 1, bottom: y + 1 });
    this.#later(...this.shown);
  }

  /** @param {string} id */
  #map(id) {
    const one = new CompareMap(id, this.hint.id, this.t);
    const { pane } = one;
    const middle = pane.start;
    pane.start = () => this.cell ?? middle();
    pane.on("point", ({ y, x, by }) => this.emit("look", { cell: { y, x }, by }));
    pane.on("leave", () => this.emit("look", { cell: null, by: "pointer" }));
    pane.on("pin", ({ y, x }) => this.emit("cell", { y, x }));
    pane.on("drag", ({ dx, dy }) => this.#drag(one, dx, dy));
    pane.on("scale", ({ factor, px, py }) => this.#scale(this.factor * factor, one, px, py));
    pane.on("wish", ({ wish }) => this.#wish(wish));
    pane.on("size", () => this.#fit(null));
    return one;
  }

  /** What is as large as the first has its scale; all show the same part. @param {CompareMap | null} leader whose part it is */
  #fit(leader) {
    const { shown } = this;
    if (shown.length === 0) return;
    this.#height();
    const fits = shown.map((one) => one.fit);
    const common = Math.min(...fits.slice(0, 2));
    const wanted = shown.map((_, at) => (at < 2 ? common : fits[at]));
    this.factor = clip(this.factor, 1, Math.max(1, CLOSEST / common));
    const { frame } = (leader ?? shown[0]).pane;
    const [x, y] = frame.placeAt(frame.width / 2, frame.height / 2);
    shown.forEach((one, at) => {
      const its = one.pane.frame;
      its.scale = wanted[at] * this.factor;
      its.put(x, y, its.width / 2, its.height / 2);
    });
    this.#later(...shown);
  }

  /** As high as the largest of a row needs to be. */
  #height() {
    const { shown } = this;
    const largest = Math.max(...shown.map(({ size }) => size.width));
    for (const { pane } of shown) {
      const room = pane.view.clientWidth - MARGINS;
      const ideal = Math.max(
        ...shown.map(({ size }) => (room * size.height) / Math.max(largest, size.height / 2)),
      );
      const height = Math.round(clip(ideal, HEIGHTS.least, HEIGHTS.most)) + MARGINS;
      pane.element.style.setProperty("--pane-height", `${height}px`);
    }
  }

  /** @param {CompareMap} one @param {number} dx @param {number} dy */
  #drag(one, dx, dy) {
    const { frame } = one.pane;
    frame.put(frame.x - dx / frame.cellWidth, frame.y - dy / frame.cellHeight, 0, 0);
    this.#fit(one);
  }

  /** @param {number} factor @param {CompareMap} one @param {number} px @param {number} py */
  #scale(factor, one, px, py) {
    const { frame } = one.pane;
    const least = frame.scale / this.factor;
    this.factor = clip(factor, 1, Math.max(1, CLOSEST / least));
    frame.zoom(least * this.factor, px, py);
    this.#fit(one);
  }

  /** @param {"in" | "out" | "fit"} wish */
  #wish(wish) {
    const [one] = this.shown;
    if (!one) return;
    const { frame } = one.pane;
    const to = wish === "fit" ? 1 : this.factor * (wish === "in" ? STEP : 1 / STEP);
    this.#scale(to, one, frame.width / 2, frame.height / 2);
    if (this.cell) this.reveal(this.cell);
  }

  /** At the next frame: these, and the marks of all. @param {...CompareMap} maps */
  #later(...maps) {
    for (const one of maps) this.waiting.add(one);
    if (!this.seen) return;
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      for (const one of this.waiting) one.paint();
      this.waiting.clear();
      for (const one of this.shown) one.mark(this.cell, this.cursor);
    });
  }
}
