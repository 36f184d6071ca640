/**
 * How the picture enters: its size in cells, its colours, its frame, its channels apart. Emits "input" {patch}.
 *
 * @import { Translate } from "../types.js"
 * @typedef {{size: number, color: string, frame: number, frames: number, split: boolean, error: string}} InputModel
 */

import { h, show } from "./dom.js";
import { Choice } from "./fields/choice.js";
import { Field } from "./fields/field.js";
import { Slider } from "./fields/slider.js";

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
    this.splitLabel = h("label", { class: "check" }, this.split, t("input.split"));
    this.colorField.body.append(this.color.element, this.splitLabel);
    this.frameField = new Field("frame", { label: t("input.frame") });
    this.frame = new Slider("input-frame", (frame) => this.#framed(frame));
    this.frameField.body.append(this.frame.element);
    const fields = h(
      "div",
      { class: "fields" },
      this.sizeField.element,
      this.colorField.element,
      this.frameField.element,
    );
    this.root.replaceChildren(h("h2", {}, t("input.title")), fields);
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
    const good = Number.isInteger(frame) && frame >= 0 && frame < (this.model?.frames ?? 1);
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
      wide: true,
      describedBy,
    });
    const options = ["rgb", "grey"].map((value) => ({ value, label: t(`input.color.${value}`) }));
    this.color?.update({ value: model.color, options, labelledBy: this.colorField?.labelId ?? "" });
    if (this.split) this.split.checked = model.split;
    if (this.splitLabel) show(this.splitLabel, model.color === "rgb");
    this.frame?.update({
      value: model.frame,
      min: 0,
      max: Math.max(model.frames - 1, 0),
      label: t("input.frame"),
      wide: true,
    });
    if (this.frameField) show(this.frameField.element, model.frames > 1);
    this.sizeField?.setLimit(model.size >= 512 ? t("input.sizeLimit") : "");
    this.sizeField?.setError(model.error);
  }

  /** @param {Record<string, unknown>} patch */
  #say(patch) {
    this.dispatchEvent(new CustomEvent("input", { detail: { patch } }));
  }
}
