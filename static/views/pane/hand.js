/**
 * Other hands on the input than the pointing one: a brush that paints cells, and one that cuts out a rectangle. They
 * stand before the pane's own pointer and take presses from it; hovering and the keys that move stay its own.
 * Says "paint" {cells: {y, x}[], begins}, "crop" {y, x, height, width} in cells, "undo" and "hand" {hand: "point"}.
 *
 * @typedef {"point" | "paint" | "crop"} Hand
 * @typedef {{y: number, x: number}} Cell
 */

import { clip } from "../../draw/clip.js";
import { between } from "../../draw/line.js";
import { h } from "../base/dom.js";

/** Px that a rectangle must at least be dragged: less is a slip. */
const SLIP = 6;

export class PaneHand {
  /** @param {import("./pane.js").Pane} pane @param {() => Hand} hand @param {(type: string, data: object) => void} emit */
  constructor(pane, hand, emit) {
    this.pane = pane;
    this.hand = hand;
    this.emit = emit;
    /** The pointer that is pressed, and the pane's corner on the screen. @type {{id: number, left: number, top: number} | null} */
    this.pressed = null;
    /** @type {[number, number]} where it was pressed, px */
    this.from = [0, 0];
    /** @type {Cell | null} */
    this.last = null;
    this.band = h("div.pane-band", { hidden: true });
    pane.view.append(this.band);
    const { element } = pane;
    element.addEventListener("pointerdown", (event) => this.#press(event), true);
    element.addEventListener("pointermove", (event) => this.#move(event), true);
    for (const end of /** @type {const} */ (["pointerup", "pointercancel"]))
      element.addEventListener(end, (event) => this.#release(event), true);
    element.addEventListener("keydown", (event) => this.#key(event), true);
  }

  /** @param {PointerEvent} event */
  #press(event) {
    const { view } = this.pane;
    if (this.hand() === "point" || event.button !== 0) return;
    event.stopPropagation();
    if (this.pressed) return;
    const { left, top } = view.getBoundingClientRect();
    this.pressed = { id: event.pointerId, left: left + view.clientLeft, top: top + view.clientTop };
    view.setPointerCapture(event.pointerId);
    this.from = this.#at(event);
    this.last = null;
    if (this.hand() === "paint") this.#paint(this.from, true);
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (event.pointerId !== this.pressed?.id) return;
    event.stopPropagation();
    if (this.hand() === "paint") this.#paint(this.#at(event), false);
    else this.#stretch(this.#at(event));
  }

  /** @param {PointerEvent} event */
  #release(event) {
    if (event.pointerId !== this.pressed?.id) return;
    event.stopPropagation();
    const to = this.#at(event);
    const far = Math.hypot(to[0] - this.from[0], to[1] - this.from[1]) >= SLIP;
    this.pressed = null;
    this.band.hidden = true;
    if (this.hand() === "crop" && far && event.type === "pointerup") this.emit("crop", this.#rectangle(to));
  }

  /** @param {PointerEvent} event @returns {[number, number]} px in the pane */
  #at({ clientX, clientY }) {
    return [clientX - (this.pressed?.left ?? 0), clientY - (this.pressed?.top ?? 0)];
  }

  /** No cell between two is left out, however quick the hand. @param {[number, number]} at @param {boolean} begins */
  #paint(at, begins) {
    const cell = this.pane.frame.cellAt(...at);
    const { last } = this;
    this.last = cell;
    if (!cell || (last && last.y === cell.y && last.x === cell.x)) return;
    this.emit("paint", { cells: last ? between(last, cell) : [cell], begins });
  }

  /** @param {[number, number]} to the corner across from where it was pressed */
  #rectangle(to) {
    const { frame } = this.pane;
    const [a, b] = [this.from, to].map(([px, py]) => frame.placeAt(px, py));
    const cut = (/** @type {0 | 1} */ axis, /** @type {number} */ most) => {
      const start = clip(Math.floor(Math.min(a[axis], b[axis])), 0, most - 1);
      const end = clip(Math.ceil(Math.max(a[axis], b[axis])), start + 1, most);
      return [start, end - start];
    };
    const [[x, width], [y, height]] = [cut(0, frame.columns), cut(1, frame.rows)];
    return { y, x, height, width };
  }

  /** @param {[number, number]} to */
  #stretch(to) {
    const { frame } = this.pane;
    const { y, x, height, width } = this.#rectangle(to);
    const px = (/** @type {number} */ device) => `${device / frame.ratio}px`;
    Object.assign(this.band.style, {
      left: px(frame.toX(x)),
      top: px(frame.toY(y)),
      width: px(width * frame.step),
      height: px(height * frame.stepDown),
    });
    this.band.hidden = false;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const hand = this.hand();
    if (hand === "point" || event.altKey || event.shiftKey) return;
    const { key } = event;
    const ctrlKey = event.ctrlKey || event.metaKey;
    if (key === "Escape") this.emit("hand", { hand: "point" });
    else if (hand !== "paint") return;
    else if (ctrlKey && key === "z") this.emit("undo", {});
    else if (!ctrlKey && (key === "Enter" || key === " "))
      this.emit("paint", { cells: [this.pane.start()], begins: true });
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
