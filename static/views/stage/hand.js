/**
 * What the pointer does on the input, and what belongs to it: the level that is painted, or the part that is shown.
 * Emits "hand" {hand}, "level" {level}, "undo", "clear", "side" {at, value} and "whole".
 *
 * @import { Translate } from "../../types.js"
 * @import { Hand } from "../pane/hand.js"
 * @typedef {{part: number[], ranges: [number, number][], whole: {height: number, width: number}, is: boolean}} CropModel
 * @typedef {{hand: Hand, level: number, count: number, most: number, undo: boolean, lost: boolean, cell: number,
 *   crop: CropModel | null}} HandModel cell: px of a cell on the screen; crop: null while the picture's size is not known
 */

import { h, setAttr, setText, show, uniqueId } from "../base/dom.js";
import { Choice } from "../fields/choice.js";
import { Slider } from "../fields/slider.js";

/** @type {Hand[]} */
const HANDS = ["point", "paint", "crop"];
const SIDES = ["y", "x", "height", "width"];
/** From so many px on, a single cell can be hit. */
const HIT = 5;

export class HandView extends EventTarget {
  /** @param {HTMLElement} root @param {Translate} t */
  constructor(root, t) {
    super();
    this.root = root;
    this.t = t;
    this.build();
  }

  build() {
    const { t } = this;
    this.choice = new Choice("hand", (hand) => this.#say("hand", { hand }));
    this.problem = h("p.field-error", { role: "alert", "data-testid": "error-hand" });
    this.said = h("p.field-help", { role: "status", "data-testid": "hand-said" });
    this.paint = h("div.hand-tools", ...this.#brush(), ...this.#undoing());
    this.crop = h("div.hand-tools", ...this.#sides());
    this.row = h("div.hand-row", this.paint, this.crop, this.problem, this.said);
    this.titleId = uniqueId("hand");
    const title = h("span.hand-title", { id: this.titleId }, t("hand.title"));
    this.root.replaceChildren(title, this.choice.element, this.row);
  }

  #brush() {
    const { t } = this;
    this.swatch = h("span.hand-level", { "aria-hidden": "true" });
    this.level = new Slider(
      "hand-level",
      (level) => this.#leveled(level),
      (bad) => this.#complain(bad ? this.#between(0, 255) : ""),
    );
    return [h("span.field-unit", t("hand.level")), this.swatch, this.level.element];
  }

  #undoing() {
    const { t } = this;
    const small = { type: "button", class: "small" };
    const undo = () => this.model?.undo && this.#say("undo");
    const clear = () => this.model?.count && this.#say("clear");
    this.undo = h("button", { ...small, click: undo, "data-testid": "hand-undo" }, t("hand.undo"));
    this.clear = h("button", { ...small, click: clear, "data-testid": "hand-clear" }, t("hand.clear"));
    return [this.undo, this.clear];
  }

  #sides() {
    const { t } = this;
    this.sides = SIDES.map((name, at) => {
      const input = h("input.number", { type: "number", step: "1", "data-testid": `crop-${name}` });
      input.addEventListener("input", () => this.#typed(at, input));
      input.addEventListener("blur", () => this.#left());
      return input;
    });
    const labels = SIDES.map((name, at) => h("label", t(`hand.${name}`), this.sides?.[at]));
    this.whole = h(
      "button.small",
      { "data-testid": "crop-whole", click: () => this.#say("whole") },
      t("hand.whole"),
    );
    return [...labels, this.whole];
  }

  /** @param {Translate} t */
  translate(t) {
    this.t = t;
    this.build();
    if (this.model) this.update(this.model);
  }

  /** @param {number} level */
  #leveled(level) {
    const good = Number.isInteger(level) && level >= 0 && level <= 255;
    this.#complain(good ? "" : this.#between(0, 255));
    if (good) this.#say("level", { level });
  }

  /** @param {number} at @param {HTMLInputElement} input */
  #typed(at, input) {
    const [min, max] = this.model?.crop?.ranges[at] ?? [0, 0];
    const value = input.valueAsNumber;
    const good = Number.isInteger(value) && value >= min && value <= max;
    this.#complain(good ? "" : this.#between(min, max));
    setAttr(input, "aria-invalid", good ? null : "true");
    if (good) this.#say("side", { at, value });
  }

  /** A field left with nonsense in it shows its number again. */
  #left() {
    this.#complain("");
    queueMicrotask(() => this.model && this.update(this.model));
  }

  /** @param {number} min @param {number} max */
  #between(min, max) {
    return this.t("hand.between", { min, max });
  }

  /** @param {string} text */
  #complain(text) {
    if (this.problem) setText(this.problem, text);
  }

  /** @param {HandModel} model */
  update(model) {
    this.model = model;
    const { t } = this;
    const { hand, level, crop } = model;
    const options = HANDS.map((value) => ({
      value,
      label: t(`hand.${value}`),
      title: t(`hand.${value}Help`),
    }));
    this.choice?.update({ value: hand, options, labelledBy: this.titleId ?? "" });
    if (!this.paint || !this.crop || !this.said || !this.row) return;
    show(this.paint, hand === "paint");
    show(this.crop, hand === "crop" && crop !== null);
    this.level?.update({ value: level, min: 0, max: 255, label: t("hand.level"), wide: true });
    this.swatch?.style.setProperty("--level", String(level));
    setAttr(/** @type {Element} */ (this.undo), "aria-disabled", String(!model.undo));
    setAttr(/** @type {Element} */ (this.clear), "aria-disabled", String(model.count === 0));
    if (crop) this.#cropped(crop);
    const words = this.#words(model);
    setText(this.said, words);
    show(this.row, hand !== "point" || words !== "");
  }

  /** @param {CropModel} crop */
  #cropped({ part, ranges, is }) {
    this.sides?.forEach((input, at) => {
      const [min, max] = ranges[at];
      setAttr(input, "min", min);
      setAttr(input, "max", max);
      if (document.activeElement === input) return;
      if (input.value !== String(part[at])) input.value = String(part[at]);
      setAttr(input, "aria-invalid", null);
    });
    if (this.whole) setAttr(this.whole, "aria-disabled", String(!is));
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

  /** @param {string} type @param {object} [detail] */
  #say(type, detail = {}) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
