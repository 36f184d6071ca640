/**
 * Input and output side by side, at one scale: the largest thing on the page. Given data, it draws; told by
 * hands and keys, it emits "point" {pane, y, x, by}, "leave" {}, "pin" {pane, y, x}, "zoom" {zoom},
 * "visible" {pane: "output", region}, "play" {}, and what pane_hand.js says.
 */

import { pictureAxes } from "../../draw/axes.js";
import { CLOSEST } from "../../draw/frame.js";
import { onTheme } from "../../draw/theme.js";
import { VALUES_FROM } from "../../draw/values.js";
import { axisWindows } from "../../draw/window.js";
import { h, setText, uniqueId } from "../base/dom.js";
import { View } from "../base/view.js";
import { PaneHand } from "../pane/hand.js";
import { Slot } from "../pane/slot.js";
import { StageBar } from "./bar.js";
import { fitHeight } from "./layout.js";
import { changed, EMPTY } from "./model.js";
import { StagePainter } from "./painter.js";
import { describePane, readoutText } from "./words.js";
import { StageZoom } from "./zoom.js";

/** @typedef {import("../../draw/types.js").StageModel} StageModel @typedef {import("../pane/pane.js").Pane} Pane */
/** @typedef {import("../../types.js").Translate} Translate */

/** @extends {View<StageModel>} */
export class StageView extends View {
  /** @override */
  model = EMPTY;
  zoom = new StageZoom();
  bar = this.within(new StageBar(this.root, this.t));
  panes = h("div.stage-panes");
  hint = h("p.visually-hidden", { id: uniqueId("stage-keys") }, this.word("stage.keys"));
  live = h("p.visually-hidden", { "aria-live": "polite" });
  /** Whole input; then red, green, blue apart, made when first wanted. */
  inputs = [this.#slot("input", null)];
  output = this.#slot("output", null);
  painter = new StagePainter(
    this,
    (region) => this.emit("visible", { pane: "output", region }),
    () => this.#say(),
  );
  /** The zoom last told, so that its echo is known. @type {number | "fit"} */
  told = "fit";
  /** The pane under the pointer. @type {Pane | null} */
  under = null;

  /** @param {HTMLElement} root @param {Translate} t */
  constructor(root, t) {
    super(root, t);
    root.classList.add("stage");
    this.fill(this.bar.element, this.panes, this.hint, this.live);
    this.bar.on("wish", ({ wish }) => this.#wish(wish));
    new ResizeObserver(() => this.#height()).observe(this.panes);
    window.addEventListener("resize", () => this.#height());
    onTheme(() => this.painter.later(...this.slots));
    this.#arrange();
    this.refresh();
  }

  /** What is said in other words in another language. @override */
  refresh() {
    this.#describe();
    this.#showZoom();
  }

  /**
   * Draw the model; what is left out stays as it was. A new output map is on its canvas when this returns.
   * @override @param {Partial<StageModel>} change
   */
  update(change) {
    const old = this.model;
    const model = changed(old, change);
    this.model = model;
    /** @param {(keyof StageModel)[]} keys */
    const differs = (...keys) => keys.some((key) => model[key] !== old[key]);
    const pictures = differs("input", "split", "shape", "output");
    if (differs("input", "split")) this.#arrange();
    if (differs("output", "colormap", "scale")) this.output.show(model);
    if (pictures) this.#extend();
    const zoomed = differs("zoom") && model.zoom !== this.told;
    if (zoomed) this.zoom.zoom = this.told = model.zoom;
    if (zoomed || differs("input")) this.#centre();
    const printed = this.output.pane.frame.cellWidth >= VALUES_FROM;
    if (differs("output", "colormap", "scale") || (printed && differs("values")))
      this.painter.paint(this.output);
    if (pictures) this.#describe();
    const told = pictures || differs("pinned", "values", "brisk");
    if (told || differs("cursor", "lit", "present", "winner", "filling"))
      this.#point(told || differs("cursor"));
    if (differs("announce")) setText(this.live, model.announce);
    if (differs("filling")) this.root.toggleAttribute("data-filling", model.filling);
    if (differs("hand")) this.root.dataset.hand = model.hand;
    if (differs("stale")) this.root.toggleAttribute("data-stale", model.stale);
  }

  /**
   * The bitmap behind a pane: exactly one pixel per cell.
   * @param {"input" | "output"} pane @param {number} [channel] of the input shown apart
   * @returns {HTMLCanvasElement}
   */
  bitmap(pane, channel) {
    const input = channel === undefined ? this.inputs[0] : this.inputs[1 + channel];
    return (pane === "output" ? this.output : input).bitmap.canvas;
  }

  /** How many windows read an input cell; null without windows. @param {{y: number, x: number}} at */
  reached({ y, x }) {
    const { windows } = this.zoom;
    return windows && windows.rows.reached(y).length * windows.columns.reached(x).length;
  }

  /** The places that are shown now. */
  get slots() {
    const apart = this.inputs.length > 1 && this.model.split && this.model.input?.channels.length === 3;
    return [...(apart ? this.inputs.slice(1) : this.inputs.slice(0, 1)), this.output];
  }

  /** @param {"input" | "output"} kind @param {number | null} channel */
  #slot(kind, channel) {
    const slot = new Slot(kind, channel, this.hint.id);
    const { pane } = slot;
    const middle = pane.start;
    pane.start = () => (this.model.cursor?.pane === kind ? this.model.cursor : middle());
    pane.on("point", ({ y, x, by }) => {
      this.under = by === "pointer" ? pane : null;
      this.emit("point", { pane: kind, y, x, by });
    });
    pane.on("pin", ({ y, x }) => this.emit("pin", { pane: kind, y, x }));
    if (kind === "input")
      new PaneHand(
        pane,
        () => this.model.hand,
        (type, data) => this.emit(type, data),
      );
    pane.on("leave", () => {
      this.under = null;
      this.emit("leave");
    });
    this.pass(pane, "play");
    pane.on("drag", (move) => this.#drag(pane, move));
    pane.on("scale", ({ factor, px, py }) => this.#zoomAt(this.zoom.scale * factor, pane, px, py));
    pane.on("wish", ({ wish }) => this.#wish(wish));
    pane.on("size", () => {
      this.#extend();
      if (this.model.cursor) this.#centre();
    });
    return slot;
  }

  /** Show a new input, whole or in its channels. */
  #arrange() {
    const { input, split } = this.model;
    if (split && input?.channels.length === 3 && this.inputs.length === 1) {
      this.inputs.push(...[0, 1, 2].map((channel) => this.#slot("input", channel)));
    }
    for (const slot of this.inputs)
      if (slot.channel === null || slot.channel < (input?.channels.length ?? 0)) slot.show(this.model);
    const elements = this.slots.map((slot) => slot.pane.element);
    if (elements.length !== this.panes.childElementCount || this.panes.firstChild !== elements[0]) {
      this.panes.replaceChildren(...elements);
      this.panes.dataset.panes = String(elements.length);
    }
    this.zoom.panes = this.slots.map((slot) => slot.pane);
    this.#height();
  }

  #height() {
    const { input } = this.model;
    const width = this.slots[0].pane.view.clientWidth;
    if (!input || !width) return;
    const stacked = this.slots[0].pane.element.offsetTop !== this.output.pane.element.offsetTop;
    const height = fitHeight(input, width, window.innerHeight, stacked);
    this.panes.style.setProperty("--pane-height", `${height}px`);
  }

  /** Windows and extents follow from the newest shape, as far as it belongs to the input at hand. */
  #extend() {
    const { input, shape } = this.model;
    const axes = shape && pictureAxes(shape, input);
    const windows = (/** @type {import("../../draw/axes.js").Side} */ { axis, before, after }) =>
      axisWindows(axis, before, after);
    this.zoom.look(axes && windows(axes.rows), axes && windows(axes.columns));
    for (const slot of this.slots) slot.extend(this.zoom.windows);
    this.zoom.settle();
    this.#showZoom();
    this.painter.later(...this.slots);
  }

  /** By hand: keep the point under it. @param {number | "fit"} zoom @param {Pane} pane @param {number} px @param {number} py */
  #zoomAt(zoom, pane, px, py) {
    this.zoom.set(zoom);
    pane.frame.zoom(this.zoom.scale, px, py);
    this.zoom.link(pane, px, py);
    this.#zoomed();
  }

  /** By a button or a key: keep the cursor, or the middle. @param {"in" | "out" | "fit" | "cells"} wish */
  #wish(wish) {
    this.zoom.set(this.zoom.next(wish));
    if (this.model.cursor) this.#centre();
    else this.#extend();
    this.#zoomed();
  }

  #zoomed() {
    this.#showZoom();
    this.painter.later(...this.slots);
    this.told = this.zoom.zoom === "fit" ? "fit" : Math.round(this.zoom.zoom * 100) / 100;
    if (this.told !== this.model.zoom) this.emit("zoom", { zoom: this.told });
  }

  /** After what comes from outside: the cursor, or the picture, in the middle. */
  #centre() {
    this.zoom.settle();
    this.zoom.centre(this.model.cursor);
    this.#showZoom();
    this.painter.later(...this.slots);
  }

  /** @param {Pane} pane @param {{dx: number, dy: number, px: number, py: number}} move */
  #drag(pane, { dx, dy, px, py }) {
    const { frame } = pane;
    frame.put(frame.x - dx / frame.cellWidth, frame.y - dy / frame.cellHeight, 0, 0);
    this.zoom.link(pane, px, py);
    this.painter.later(...this.slots);
  }

  /** The cursor, or what lies under it, has changed. @param {boolean} told whether words may be other ones */
  #point(told) {
    const { model } = this;
    const moved = model.cursor ? this.zoom.reveal(model.cursor, this.under) : [];
    this.painter.later(...this.slots.filter((slot) => moved.includes(slot.pane)));
    this.painter.wordy ||= told && !model.brisk;
  }

  #say() {
    for (const { kind, channel, pane } of this.slots) {
      setText(pane.readout, readoutText(kind, channel, this.model, this.zoom.windows, this.t));
    }
  }

  #describe() {
    for (const { pane, channel } of this.slots)
      describePane(pane, this.model, this.zoom.windows, channel, this.t);
  }

  #showZoom() {
    for (const { pane } of this.slots) pane.view.toggleAttribute("data-loose", pane.frame.loose);
    const { scale, fit } = this.zoom;
    this.bar.update({ scale, fits: scale <= fit, closest: scale >= CLOSEST });
  }
}
