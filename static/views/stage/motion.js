/**
 * The player under the pictures: play, one cell back and on, where the walk stands, how fast it goes.
 * Emits "toggle" {}, "step" {by}, "to" {at} and "speed" {speed}.
 *
 * @import { Attributes } from "../base/dom.js"
 * @typedef {object} MotionModel
 * @property {boolean} offered
 * @property {boolean} playing
 * @property {number} at the cell it stands on, counted row by row
 * @property {number} count of cells
 * @property {{y: number, x: number}} cell
 * @property {"input" | "output"} pane whose cells these are
 * @property {number} speed cells a second
 */

import { give, h, setAttr, setText, show } from "../base/dom.js";
import { View } from "../base/view.js";

/** Even steps to the eye, round numbers to the reader. */
const SPEEDS = [
  1, 2, 3, 4, 6, 8, 10, 15, 20, 30, 50, 75, 100, 150, 200, 300, 500, 750, 1000, 1500, 2000, 3000, 4000,
];

/** @param {number} speed @returns {number} the place of the nearest speed that the slider has */
export function notch(speed) {
  const far = (/** @type {number} */ one) => Math.abs(Math.log(one / speed));
  return SPEEDS.reduce((best, one, at) => (far(one) < far(SPEEDS[best]) ? at : best), 0);
}

/** @extends {View<MotionModel>} */
export class MotionView extends View {
  playing = h("span");
  play = this.#button("play", { title: this.word("motion.key") }, () => this.emit("toggle"));
  back = this.#button("back", this.#named("back"), () => this.emit("step", { by: -1 }));
  ahead = this.#button("on", this.#named("on"), () => this.emit("step", { by: 1 }));
  at = h("input", {
    type: "range",
    id: "motion-at",
    min: "0",
    "data-testid": "motion-at",
    input: () => this.emit("to", { at: this.at.valueAsNumber }),
    // While it plays under the focus, its value would be read out without end.
    blur: () => this.refresh(),
  });
  where = h("label", { for: "motion-at" });
  cell = h("output.motion-cell", { for: "motion-at", "aria-live": "off", "data-testid": "motion-cell" });
  speed = h("input", {
    type: "range",
    id: "motion-speed",
    min: "0",
    max: SPEEDS.length - 1,
    "data-testid": "motion-speed",
    input: () => this.emit("speed", { speed: SPEEDS[this.speed.valueAsNumber] }),
  });
  rate = h("span.motion-rate", { "data-testid": "motion-rate" });

  /** @param {ConstructorParameters<typeof View>} place */
  constructor(...place) {
    super(...place);
    this.play.append(this.playing);
    give(
      this.root,
      { class: "motion", role: "group", "aria-label": this.word("motion.label"), hidden: true },
      h("div.motion-buttons.row", this.play, this.back, this.ahead),
      h("div.motion-place.row", this.where, this.at, this.cell),
      h(
        "div.motion-pace.row",
        h("label", { for: "motion-speed" }, this.word("motion.speed")),
        this.speed,
        this.rate,
      ),
    );
  }

  /** @param {string} name @param {Attributes} named @param {() => void} click */
  #button(name, named, click) {
    const icon = h("span.motion-icon", { "aria-hidden": true });
    return h(`button.motion-${name}`, { "data-testid": `motion-${name}`, ...named, click }, icon);
  }

  /** @param {string} name */
  #named(name) {
    return { title: this.word(`motion.${name}`), "aria-label": this.word(`motion.${name}`) };
  }

  /** @override @param {MotionModel} model */
  draw({ offered, playing, at, count, cell, pane, speed }) {
    show(this.root, offered);
    if (!offered) return;
    const { t } = this;
    setAttr(this.root, "data-playing", playing);
    setText(this.playing, t(playing ? "motion.pause" : "motion.play"));
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
}
