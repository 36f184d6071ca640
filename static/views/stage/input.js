/**
 * How the picture enters: its size in cells, its colours, its frame, its channels apart. Emits "input" {patch}.
 *
 * @import { Text, Translate } from "../../types.js"
 * @typedef {{size: number, color: string, frame: number, frames: number, variant: Text | null, split: boolean,
 *   error: string}} InputModel variant: what the frames of a drawn picture are
 */

import { h, setText, show } from "../base/dom.js";
import { Choice } from "../fields/choice.js";
import { Field } from "../fields/field.js";
import { Slider } from "../fields/slider.js";

/** Letters that a label may have. */
const SHORT = 12;

export class InputView extends EventTarget {
  /** @param {HTMLElement} root @param {Translate} t */
  constructor(root, t) {
    super();
    this.root = root;
    this.t = t;
    this.build();
  }

  build() {
    const { t } = this;
    this.sizeField = new Field("size", {
      label: t("input.size"),
      unit: t("unit.cells"),
      help: t("input.sizeHelp"),
    });
    this.size = new Slider(
      "input-size",
      (size) => this.#sized(size),
      (bad) => this.sizeField?.setLocal(bad ? t("field.number") : ""),
    );
    this.sizeField.body.append(this.size.element);
    this.colorField = new Field("color", { label: t("input.color") });
    this.color = new Choice("input-color", (color) => this.#say({ color }));
    this.split = h("input", { type: "checkbox", role: "switch", "data-testid": "input-split" });
    this.split.addEventListener("change", () => this.#say({ split: this.split?.checked }));
    this.splitLabel = h("label.check", this.split, t("input.split"));
    this.colorField.body.append(this.color.element, this.splitLabel);
    this.frameField = new Field("frame", { label: t("input.frame") });
    this.frame = new Slider(
      "input-frame",
      (frame) => this.#framed(frame),
      (bad) => this.frameField?.setLocal(bad ? t("field.number") : ""),
    );
    this.frameField.body.append(this.frame.element);
    const fields = h("div.fields", this.sizeField.element, this.colorField.element, this.frameField.element);
    this.root.replaceChildren(h("h2", t("input.title")), fields);
  }

  /** @param {Translate} t */
  translate(t) {
    this.t = t;
    this.build();
    if (this.model) this.update(this.model);
  }

  /** @param {number} size */
  #sized(size) {
    const good = Number.isInteger(size) && size >= 4 && size <= 512;
    this.sizeField?.setLocal(good ? "" : this.t("input.sizeBad"));
    if (good) this.#say({ size });
  }

  /** @param {number} frame */
  #framed(frame) {
    const max = (this.model?.frames ?? 1) - 1;
    const good = Number.isInteger(frame) && frame >= 0 && frame <= max;
    this.frameField?.setLocal(good ? "" : this.t("hand.between", { min: 0, max }));
    if (good) this.#say({ frame });
  }

  /** @param {InputModel} model */
  update(model) {
    this.model = model;
    const { t } = this;
    const describedBy = this.sizeField?.describedBy;
    this.size?.update({
      value: model.size,
      min: 4,
      max: 512,
      label: t("input.size"),
      octaves: true,
      describedBy,
    });
    const options = ["rgb", "grey"].map((value) => ({ value, label: t(`input.color.${value}`) }));
    this.color?.update({ value: model.color, options, labelledBy: this.colorField?.labelId ?? "" });
    if (this.split) this.split.checked = model.split;
    if (this.splitLabel) show(this.splitLabel, model.color === "rgb");
    this.#frames(model);
    this.sizeField?.setLimit(model.size >= 512 ? t("input.sizeLimit") : "");
    this.sizeField?.setError(model.error);
  }

  /** Of an animation, or the kinds of a drawn picture, which are called in few words or in a whole sentence. @param {InputModel} model */
  #frames({ frame, frames, variant }) {
    const { t, frameField } = this;
    if (!frameField) return;
    const words = variant ? t.local(variant) : "";
    const short = words.length <= SHORT;
    const label = variant ? (short ? words : t("input.variant")) : t("input.frame");
    setText(frameField.label, label);
    setText(frameField.help, short ? "" : words);
    show(frameField.help, !short);
    this.frame?.update({
      value: frame,
      min: 0,
      max: Math.max(frames - 1, 0),
      label,
      wide: true,
      describedBy: frameField.describedBy,
    });
    show(frameField.element, frames > 1);
  }

  /** @param {Record<string, unknown>} patch */
  #say(patch) {
    this.dispatchEvent(new CustomEvent("input", { detail: { patch } }));
  }
}
