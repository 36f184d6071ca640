/**
 * What the pointer does on the input, and what belongs to it: the level that is painted, or the part that is shown.
 * Emits "hand" {hand}, "level" {level}, "undo", "clear", "side" {at, value} and "whole".
 *
 * @import { Hand } from "../pane/hand.js"
 * @typedef {{part: number[], ranges: [number, number][], whole: {height: number, width: number}, is: boolean}} CropModel
 * @typedef {{hand: Hand, level: number, count: number, most: number, undo: boolean, lost: boolean, cell: number,
 *   crop: CropModel | null}} HandModel cell: px of a cell on the screen; crop: null while the picture's size is not known
 */

import { h, setAttr, setText, setValue, show } from "../base/dom.js";
import { View } from "../base/view.js";
import { Choice } from "../fields/choice.js";
import { Slider } from "../fields/slider.js";

/** @type {Hand[]} */
const HANDS = ["point", "paint", "crop"];
const SIDES = ["y", "x", "height", "width"];
/** From so many px on, a single cell can be hit. */
const HIT = 5;

/** @extends {View<HandModel>} */
export class HandView extends View {
  title = h("span.hand-title", { id: "hand-label" }, this.word("hand.title"));
  choice = new Choice("hand", (hand) => this.emit("hand", { hand }));
  problem = h("p.field-error", { role: "alert", "data-testid": "error-hand" });
  said = h("p.field-help", { role: "status", "data-testid": "hand-said" });
  swatch = h("span.hand-level", { "aria-hidden": true });
  level = new Slider(
    "hand-level",
    (level) => this.#leveled(level),
    (bad) => this.#complain(bad ? this.#between(0, 255) : ""),
  );
  undo = this.#button("hand-undo", "hand.undo", () => this.model?.undo && this.emit("undo"));
  clear = this.#button("hand-clear", "hand.clear", () => this.model?.count && this.emit("clear"));
  paint = h(
    "div.hand-tools",
    h("span.field-unit.note", this.word("hand.level")),
    this.swatch,
    this.level.element,
    this.undo,
    this.clear,
  );
  sides = SIDES.map((name, at) =>
    h("input.number", {
      type: "number",
      step: "1",
      "data-testid": `crop-${name}`,
      input: ({ target }) => this.#typed(at, target),
      blur: () => this.#left(),
    }),
  );
  whole = this.#button("crop-whole", "hand.whole", () => this.emit("whole"));
  crop = h(
    "div.hand-tools",
    ...SIDES.map((name, at) => h("label", this.word(`hand.${name}`), this.sides[at])),
    this.whole,
  );
  row = h("div.hand-row.wrap", this.paint, this.crop, this.problem, this.said);
  element = this.fill(this.title, this.choice.element, this.row);

  /** @param {string} testid @param {string} key @param {() => void} click */
  #button(testid, key, click) {
    return h("button.small", { click, "data-testid": testid }, this.word(key));
  }

  /** @param {number} level */
  #leveled(level) {
    const good = Number.isInteger(level) && level >= 0 && level <= 255;
    this.#complain(good ? "" : this.#between(0, 255));
    if (good) this.emit("level", { level });
  }

  /** @param {number} at @param {HTMLInputElement} input */
  #typed(at, input) {
    const [min, max] = this.model?.crop?.ranges[at] ?? [0, 0];
    const value = input.valueAsNumber;
    const good = Number.isInteger(value) && value >= min && value <= max;
    this.#complain(good ? "" : this.#between(min, max));
    setAttr(input, "aria-invalid", good ? null : "true");
    if (good) this.emit("side", { at, value });
  }

  /** A field left with nonsense in it shows its number again. */
  #left() {
    this.#complain("");
    queueMicrotask(() => this.refresh());
  }

  /** @param {number} min @param {number} max */
  #between(min, max) {
    return this.t("hand.between", { min, max });
  }

  /** @param {string} text */
  #complain(text) {
    setText(this.problem, text);
  }

  /** @override @param {HandModel} model */
  draw(model) {
    const { t } = this;
    const { hand, level, crop } = model;
    const options = HANDS.map((value) => ({
      value,
      label: t(`hand.${value}`),
      title: t(`hand.${value}Help`),
    }));
    this.choice.update({ value: hand, options, labelledBy: this.title.id });
    show(this.paint, hand === "paint");
    show(this.crop, hand === "crop" && crop !== null);
    this.level.update({ value: level, min: 0, max: 255, label: t("hand.level"), wide: true });
    this.swatch.style.setProperty("--level", String(level));
    setAttr(this.undo, "aria-disabled", !model.undo);
    setAttr(this.clear, "aria-disabled", model.count === 0);
    if (crop) this.#cropped(crop);
    const words = this.#words(model);
    setText(this.said, words);
    show(this.row, hand !== "point" || words !== "");
  }

  /** @param {CropModel} crop */
  #cropped({ part, ranges, is }) {
    this.sides.forEach((input, at) => {
      const [min, max] = ranges[at];
      setAttr(input, "min", min);
      setAttr(input, "max", max);
      if (document.activeElement === input) return;
      setValue(input, part[at]);
      setAttr(input, "aria-invalid", null);
    });
    setAttr(this.whole, "aria-disabled", !is);
  }

  /** @param {HandModel} model */
  #words({ hand, count, most, lost, cell, crop }) {
    const { t } = this;
    if (lost) return t(hand === "paint" ? "hand.lost" : "hand.lostElsewhere");
    if (hand === "crop") return crop ? t("hand.cropHint", crop.whole) : "";
    if (hand !== "paint") return "";
    const first = count >= most ? t("hand.full", { most }) : count ? t("hand.count", { count }) : "";
    const then = cell < HIT ? t("hand.small") : first ? "" : t("hand.paintHint");
    return [first, then].filter(Boolean).join(" ");
  }
}
