/**
 * What of the picture a cell owes its value to, and the way back to it, step by step. Emits "pixel" {y, x} or null for
 * a pixel that is pointed out, "blocks" {coarse}, "back", and "visit" {at} of a stop of the trail.
 *
 * @import { Translate } from "../../types.js"
 * @import { HeatModel } from "./heat_picture.js"
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

import { printed } from "../../draw/values.js";
import { h, rebuild, setAttr, setText, show, uniqueId } from "../dom.js";
import { Choice } from "../fields/choice.js";
import { minus } from "../sum_words.js";
import { HeatPicture } from "./heat_picture.js";

export class TraceView extends EventTarget {
  /** @param {HTMLElement} root @param {Translate} t */
  constructor(root, t) {
    super();
    this.t = t;
    /** @type {TraceModel | null} */
    this.model = null;
    this.shown = 0;
    this.heat = new HeatPicture();
    this.about = h("p", { class: "field-help" });
    this.line = h("p", { class: "trace-line", "data-testid": "trace-line" });
    this.field = h("p", { class: "field-help", "data-testid": "trace-field" });
    this.pixels = h("h3", {});
    this.top = h("ol", { class: "trace-top", "data-testid": "trace-top" });
    this.way = h("h3", {});
    this.back = h("button", {
      type: "button",
      class: "trace-back",
      "data-testid": "walk-back",
      click: () => this.#goes && this.#say("back"),
    });
    this.trail = h("ol", { class: "trail", "data-testid": "trail" });
    this.live = h("p", { class: "visually-hidden", "aria-live": "polite" });
    const walk = h("div", { class: "trace-walk" }, this.way, this.back, this.trail);
    const words = h("div", { class: "trace-words" }, this.line, this.field, this.pixels, this.top);
    this.label = h("span", { id: uniqueId("grain"), class: "visually-hidden" });
    this.grain = new Choice("grain", (value) => this.#say("blocks", { coarse: value === "blocks" }));
    const choice = h("div", { class: "trace-grain" }, this.label, this.grain.element);
    const picture = h("div", { class: "trace-picture" }, this.heat.element, choice);
    root.replaceChildren(this.about, h("div", { class: "trace-all" }, picture, words, walk), this.live);
    this.top.addEventListener("pointerleave", () => this.#say("pixel", {}));
    this.top.addEventListener("focusout", () => this.#say("pixel", {}));
    this.translate(t);
  }

  /** @param {Translate} t */
  translate(t) {
    this.t = t;
    setText(this.about, t("net.trace.about"));
    setText(this.pixels, t("net.trace.top"));
    setText(this.way, t("net.trace.way"));
    setText(this.label, t("net.trace.grain"));
    if (this.model) this.update(this.model);
  }

  /** Whether there is a cell to go to, or will be. */
  get #goes() {
    const { next, done, awaited } = this.model ?? {};
    return Boolean(next || (awaited && !done));
  }

  /** @param {string} type @param {object} [detail] */
  #say(type, detail = {}) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /** @param {TraceModel} model */
  update(model) {
    this.model = model;
    const { t } = this;
    const { heat, words, top, stops, at, next, done } = model;
    this.heat.update(heat);
    const options = ["pixels", "blocks"].map((value) => ({ value, label: t(`net.trace.${value}`) }));
    const grained = model.grain > 1 ? "blocks" : "pixels";
    this.grain.update({ value: grained, options, labelledBy: this.label.id });
    const { printed: sum = [], cell = "", field = null } = words ?? {};
    const [value, total, rest] = sum.map(minus);
    const numbers = { cell, value, total, rest };
    setText(this.line, words ? t("net.trace.line", numbers) : "");
    setText(this.field, field ? t("net.trace.field", field) : "");
    show(this.pixels, top.length > 0);
    rebuild(this.top, JSON.stringify([t.lang, top]), () => top.map((pixel) => this.#pixel(pixel)));
    setText(this.back, done ? t("net.trace.arrived") : t("net.trace.back", { next: next || "…" }));
    setAttr(this.back, "aria-disabled", this.#goes ? null : "true");
    rebuild(this.trail, JSON.stringify([t.lang, stops, at]), () =>
      stops.map((stop, nth) => this.#stop(stop, nth, at)),
    );
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
    const tell = () => this.#say("pixel", { y, x });
    const bar = h("span", { class: "trace-bar", "data-sign": share < 0 ? "-" : "+" });
    bar.style.setProperty("--share", String(Math.abs(share)));
    const place = h("span", { class: "trace-place" }, this.t("net.trace.place", { y, x }));
    const number = h("span", { class: "trace-number" }, printed(value));
    const events = { focus: tell, click: tell, pointerenter: tell };
    return h("li", {}, h("button", { type: "button", class: "trace-pixel", ...events }, place, bar, number));
  }

  /** @param {TrailStop} stop @param {number} nth @param {number} at */
  #stop({ name, value, gives, pixel }, nth, at) {
    const click = () => this.#say("visit", { at: nth });
    const current = nth === at ? "step" : null;
    const label = h("span", { class: "trail-name" }, name);
    const number = h("strong", { class: "trail-value" }, value);
    const button = h("button", { type: "button", "aria-current": current, click }, label, number);
    return h("li", { "data-pixel": pixel }, button, h("small", {}, gives));
  }
}
