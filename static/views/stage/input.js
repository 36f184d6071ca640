/**
 * How the picture enters: its size in cells, its colours, its frame, its channels apart. Emits "input" {patch}.
 *
 * @import { Text } from "../../types.js"
 * @typedef {{size: number, color: string, frame: number, frames: number, variant: Text | null, split: boolean,
 *   error: string}} InputModel variant: what the frames of a drawn picture are
 */

import { h, say, setText, show } from "../base/dom.js";
import { View } from "../base/view.js";
import { Choice } from "../fields/choice.js";
import { Field } from "../fields/field.js";
import { optionsOf } from "../fields/named.js";
import { Slider } from "../fields/slider.js";

/** Letters that a label may have. */
const SHORT = 12;

/** @extends {View<InputModel>} */
export class InputView extends View {
  sizeField = new Field("size", {
    label: this.word("input.size"),
    unit: this.word("unit.cells"),
    help: this.word("input.sizeHelp"),
  });
  size = this.#slider("input-size", this.sizeField, (size) => {
    const good = Number.isInteger(size) && size >= 4 && size <= 512;
    this.sizeField.setLocal(good ? "" : this.t("input.sizeBad"));
    if (good) this.#say({ size });
  });
  colorField = new Field("color", { label: this.word("input.color") });
  color = new Choice("input-color", (color) => this.#say({ color }));
  split = h("input", {
    type: "checkbox",
    role: "switch",
    "data-testid": "input-split",
    change: () => this.#say({ split: this.split.checked }),
  });
  splitLabel = h("label.check", this.split, this.word("input.split"));
  frameField = new Field("frame", { label: "" });
  frame = this.#slider("input-frame", this.frameField, (frame) => {
    const max = (this.model?.frames ?? 1) - 1;
    const good = Number.isInteger(frame) && frame >= 0 && frame <= max;
    this.frameField.setLocal(good ? "" : this.t("hand.between", { min: 0, max }));
    if (good) this.#say({ frame });
  });
  fields = [this.sizeField, this.colorField, this.frameField].map(({ element }) => element);
  element = this.fill(h("h2", this.word("input.title")), h("div.fields", ...this.fields));

  /** @param {ConstructorParameters<typeof View>} place */
  constructor(...place) {
    super(...place);
    this.colorField.body.append(this.color.element, this.splitLabel);
  }

  /** @param {string} id @param {Field} field @param {(value: number) => void} emit */
  #slider(id, field, emit) {
    const slider = new Slider(id, emit, (bad) => field.setLocal(bad ? this.t("field.number") : ""));
    field.body.append(slider.element);
    return slider;
  }

  /** @override @param {InputModel} model */
  draw(model) {
    const { t, sizeField, colorField } = this;
    const { size, color, split } = model;
    const [label, describedBy] = [t("input.size"), sizeField.describedBy];
    this.size.update({ value: size, min: 4, max: 512, label, octaves: true, describedBy });
    const options = optionsOf(t, "input.color", ["rgb", "grey"]);
    this.color.update({ value: color, options, labelledBy: colorField.labelId });
    this.split.checked = split;
    show(this.splitLabel, color === "rgb");
    this.#frames(model);
    sizeField.setLimit(size >= 512 ? t("input.sizeLimit") : "");
    sizeField.setError(model.error);
  }

  /** Of an animation, or the kinds of a drawn picture, which are called in few words or in a whole sentence. @param {InputModel} model */
  #frames({ frame, frames, variant }) {
    const { t, frameField } = this;
    const words = variant ? t.local(variant) : "";
    const short = words.length <= SHORT;
    const label = variant ? (short ? words : t("input.variant")) : t("input.frame");
    setText(frameField.label, label);
    say(frameField.help, short ? "" : words);
    const { describedBy } = frameField;
    this.frame.update({ value: frame, min: 0, max: Math.max(frames - 1, 0), label, wide: true, describedBy });
    show(frameField.element, frames > 1);
  }

  /** @param {Record<string, unknown>} patch */
  #say(patch) {
    this.emit("input", { patch });
  }
}
