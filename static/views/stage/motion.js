/**
 * The player under the pictures: play, one cell back and on, where the walk stands, how fast it goes.
 * Emits "toggle" {}, "step" {by}, "to" {at} and "speed" {speed}.
 *
 * @import { Translate } from "../../types.js"
 * @typedef {object} MotionModel
 * @property {boolean} offered
 * @property {boolean} playing
 * @property {number} at the cell it stands on, counted row by row
 * @property {number} count of cells
 * @property {{y: number, x: number}} cell
 * @property {"input" | "output"} pane whose cells these are
 * @property {number} speed cells a second
 */

import { h, setAttr, setText, show } from "../base/dom.js";

/** Even steps to the eye, round numbers to the reader. */
const SPEEDS = [
  1, 2, 3, 4, 6, 8, 10, 15, 20, 30, 50, 75, 100, 150, 200, 300, 500, 750, 1000, 1500, 2000, 3000, 4000,
];

/** @param {number} speed @returns {number} the place of the nearest speed that the slider has */
export function notch(speed) {
  const far = (/** @type {number} */ one) => Math.abs(Math.log(one / speed));
  return SPEEDS.reduce((best, one, at) => (far(one) < far(SPEEDS[best]) ? at : best), 0);
}

export class MotionView extends EventTarget {
  /** @param {HTMLElement} root @param {Translate} t */
  constructor(root, t) {
    super();
    this.root = root;
    root.classList.add("motion");
    root.setAttribute("role", "group");
    root.hidden = true;
    this.play = this.#button("play", () => this.#say("toggle"));
    this.word = h("span");
    this.play.append(this.word);
    this.back = this.#button("back", () => this.#say("step", { by: -1 }));
    this.on = this.#button("on", () => this.#say("step", { by: 1 }));
    this.at = h("input", {
      type: "range",
      id: "motion-at",
      min: "0",
      "data-testid": "motion-at",
      input: () => this.#say("to", { at: this.at.valueAsNumber }),
    });
    // While it plays under the focus, its value would be read out without end.
    this.at.addEventListener("blur", () => this.model && this.update(this.model));
    this.where = h("label", { for: "motion-at" });
    this.cell = h("output.motion-cell", {
      for: "motion-at",
      "aria-live": "off",
      "data-testid": "motion-cell",
    });
    this.fast = h("label", { for: "motion-speed" });
    this.speed = h("input", {
      type: "range",
      id: "motion-speed",
      min: "0",
      max: SPEEDS.length - 1,
      "data-testid": "motion-speed",
      input: () => this.#say("speed", { speed: SPEEDS[this.speed.valueAsNumber] }),
    });
    this.rate = h("span.motion-rate", { "data-testid": "motion-rate" });
    root.replaceChildren(
      h("div.motion-buttons", this.play, this.back, this.on),
      h("div.motion-place", this.where, this.at, this.cell),
      h("div.motion-pace", this.fast, this.speed, this.rate),
    );
    this.translate(t);
  }

  /** @param {string} name @param {() => void} click */
  #button(name, click) {
    return h(
      "button",
      { class: `motion-${name}`, "data-testid": `motion-${name}`, click },
      h("span.motion-icon", { "aria-hidden": "true" }),
    );
  }

  /** @param {Translate} t */
  translate(t) {
    this.t = t;
    this.root.setAttribute("aria-label", t("motion.label"));
    for (const [button, name] of /** @type {const} */ ([
      [this.back, "back"],
      [this.on, "on"],
    ])) {
      button.title = t(`motion.${name}`);
      button.setAttribute("aria-label", t(`motion.${name}`));
    }
    this.play.title = t("motion.key");
    setText(this.fast, t("motion.speed"));
    if (this.model) this.update(this.model);
  }

  /** @param {MotionModel} model */
  update(model) {
    this.model = model;
    const { offered, playing, at, count, cell, pane, speed } = model;
    show(this.root, offered);
    if (!offered || !this.t) return;
    const { t } = this;
    setAttr(this.root, "data-playing", playing);
    setText(this.word, t(playing ? "motion.pause" : "motion.play"));
    setText(this.where, t(`motion.${pane}`));
    setText(this.rate, t("motion.rate", { speed }));
    setAttr(this.speed, "aria-valuetext", t("motion.rate", { speed }));
    if (this.speed.valueAsNumber !== notch(speed)) this.speed.value = String(notch(speed));
    const place = t("motion.cell", cell);
    setText(this.cell, place);
    if (playing && document.activeElement === this.at) return;
    setAttr(this.at, "max", count - 1);
    if (this.at.valueAsNumber !== at) this.at.value = String(at);
    setAttr(this.at, "aria-valuetext", place);
  }

  /** @param {string} type @param {object} [detail] */
  #say(type, detail = {}) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
