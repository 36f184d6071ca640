/**
 * What of the picture a cell owes its value to, and the way back to it, step by step. Emits "pixel" {y, x} or null for
 * a pixel that is pointed out, "blocks" {coarse}, "back", and "visit" {at} of a stop of the trail.
 *
 * @import { HeatModel } from "../given/heat_picture.js"
 * @typedef {{name: string, value: string, gives: string, pixel: boolean}} TrailStop gives: what it gave to the one before, in words
 * @typedef {object} TraceModel
 * @property {HeatModel} heat
 * @property {{printed: string[], field: {height: number, width: number} | null, cell: string} | null} words
 * @property {{y: number, x: number, value: number, share: number}[]} top pixels; share of the strongest, with its sign
 * @property {TrailStop[]} stops
 * @property {number} at which of them is looked at
 * @property {number} grain pixels along the sides of the blocks that colours are of
 * @property {string} next where the way back leads; empty: nowhere
 * @property {boolean} done at a pixel
 * @property {boolean} awaited whether it will soon be known where it leads
 */

import { printed } from "../../../draw/values.js";
import { h, rebuild, setAttr, setText, show } from "../../base/dom.js";
import { View } from "../../base/view.js";
import { NamedChoice, optionsOf } from "../../fields/named.js";
import { minus } from "../../sum/words.js";
import { HeatPicture } from "../given/heat_picture.js";

/** @extends {View<TraceModel>} */
export class TraceView extends View {
  shown = 0;
  heat = new HeatPicture();
  grain = new NamedChoice(
    "grain",
    this.word("net.trace.grain"),
    (value) => this.emit("blocks", { coarse: value === "blocks" }),
    "div.trace-grain",
    null,
  );
  line = h("p.trace-line", { "data-testid": "trace-line" });
  field = h("p.field-help", { "data-testid": "trace-field" });
  pixels = h("h3", this.word("net.trace.top"));
  top = h("ol.trace-top", {
    "data-testid": "trace-top",
    pointerleave: () => this.emit("pixel"),
    focusout: () => this.emit("pixel"),
  });
  back = h("button.trace-back", {
    "data-testid": "walk-back",
    click: () => this.#goes && this.emit("back"),
  });
  trail = h("ol.trail", { "data-testid": "trail" });
  live = h("p.visually-hidden", { "aria-live": "polite" });
  element = this.fill(
    h("p.field-help", this.word("net.trace.about")),
    h(
      "div.trace-all",
      h("div.trace-picture", this.heat.element, this.grain.element),
      h("div.trace-words", this.line, this.field, this.pixels, this.top),
      h("div.trace-walk", h("h3", this.word("net.trace.way")), this.back, this.trail),
    ),
    this.live,
  );

  /** Whether there is a cell to go to, or will be. */
  get #goes() {
    const { next, done, awaited } = this.model ?? {};
    return Boolean(next || (awaited && !done));
  }

  /** @override @param {TraceModel} model */
  draw({ heat, words, top, stops, at, next, done, grain }) {
    const { t } = this;
    this.heat.update(heat);
    this.grain.update(grain > 1 ? "blocks" : "pixels", optionsOf(t, "net.trace", ["pixels", "blocks"]));
    const { printed: sum = [], cell = "", field = null } = words ?? {};
    const [value, total, rest] = sum.map(minus);
    const numbers = { cell, value, total, rest };
    setText(this.line, words ? t("net.trace.line", numbers) : "");
    setText(this.field, field ? t("net.trace.field", field) : "");
    show(this.pixels, top.length > 0);
    rebuild(this.top, [t.lang, top], () => top.map((pixel) => this.#pixel(pixel)));
    setText(this.back, done ? t("net.trace.arrived") : t("net.trace.back", { next: next || "…" }));
    setAttr(this.back, "aria-disabled", this.#goes ? null : "true");
    rebuild(this.trail, [t.lang, stops, at], () => stops.map((stop, nth) => this.#stop(stop, nth, at)));
    const last = stops[at];
    const current = this.trail.children[at];
    // The trail scrolls within itself, the page stays where it is.
    if (current instanceof HTMLElement && at !== this.shown)
      this.trail.scrollTop = current.offsetTop - this.trail.offsetTop - current.offsetHeight;
    this.shown = at;
    setText(this.live, stops.length > 1 && last ? `${last.name}: ${last.value} ${last.gives}` : "");
  }

  /** @param {TraceModel["top"][number]} pixel */
  #pixel({ y, x, value, share }) {
    const tell = () => this.emit("pixel", { y, x });
    const bar = h("span.trace-bar", { "data-sign": share < 0 ? "-" : "+" });
    bar.style.setProperty("--share", String(Math.abs(share)));
    const place = h("span.trace-place", this.t("net.trace.place", { y, x }));
    const number = h("span.trace-number", printed(value));
    const events = { focus: tell, click: tell, pointerenter: tell };
    return h("li", h("button.trace-pixel", { ...events }, place, bar, number));
  }

  /** @param {TrailStop} stop @param {number} nth @param {number} at */
  #stop({ name, value, gives, pixel }, nth, at) {
    const click = () => this.emit("visit", { at: nth });
    const current = nth === at ? "step" : null;
    const label = h("span.trail-name", name);
    const number = h("strong.trail-value", value);
    const button = h("button", { "aria-current": current, click }, label, number);
    return h("li", { "data-pixel": pixel }, button, h("small", gives));
  }
}
