/**
 * The operation and its parameters, built from the registry alone: a new operation needs nothing here.
 * Emits "operation" {name}, "activation" {activation} and "param" {param, value}.
 *
 * @import { Operation, Param, Translate } from "../../types.js"
 * @import { FieldModel } from "../fields/field.js"
 * @import { ParamField } from "../fields/param.js"
 * @typedef {{operations: Operation[], operation: Operation, params: Param[], fields: Record<string, FieldModel>,
 *   sources: string, activations: Operation[] | null, activation: string}} ControlsModel activations that may follow; sources: where the inputs come from that are not on the page, in words
 */

import { h, rebuild, say, setText, show } from "../base/dom.js";
import { View } from "../base/view.js";
import { Choice } from "../fields/choice.js";
import { Field } from "../fields/field.js";
import { makeField } from "../fields/index.js";

/** @extends {View<ControlsModel>} */
export class ControlsView extends View {
  choice = new Choice("operation", (name) => this.emit("operation", { name }), true);
  summary = h("p.field-help");
  sources = h("p.field-resolved", { "data-testid": "sources" });
  after = new Field("activation", {
    label: this.word("activation.title"),
    help: this.word("activation.help"),
  });
  activation = new Choice("activation", (activation) => this.emit("activation", { activation }), true);
  grid = h("div.fields");
  /** @type {Map<string, ParamField>} */
  fields = new Map();

  /** @param {{operation: HTMLElement, params: HTMLElement, activation: HTMLElement}} roots @param {Translate} t */
  constructor(roots, t) {
    super(roots.operation, t);
    this.roots = roots;
    const title = h("h2", { id: "operation-title" }, this.word("operation.title"));
    this.fill(h("div.operation-head", title, this.choice.element), this.summary, this.sources);
    this.after.body.append(this.activation.element);
    roots.activation.replaceChildren(this.after.element);
    roots.params.replaceChildren(h("h2", this.word("params.title")), this.grid);
  }

  /** @override @param {ControlsModel} model */
  draw({ operations, operation, params, fields, sources, activations, activation }) {
    const { t, roots } = this;
    const options = operations.map(({ name, texts, family }) => ({
      value: name,
      label: t.local(texts.title),
      group: t.local(family?.texts),
    }));
    this.choice.update({ value: operation.name, options, labelledBy: "operation-title" });
    setText(this.summary, t.local(operation.texts.summary));
    say(this.sources, sources);
    show(roots.activation, activations !== null);
    const none = { value: "", label: t("activation.none") };
    const others = (activations ?? []).map(({ name, texts }) => ({
      value: name,
      label: t.local(texts.title),
    }));
    this.activation.update({
      value: activation,
      options: [none, ...others],
      labelledBy: this.after.labelId,
    });
    show(roots.params, params.length > 0);
    rebuild(this.grid, `${t.lang} ${operation.name}`, () => this.#make(params));
    for (const [name, field] of this.fields) field.update(fields[name]);
  }

  /** @param {Param[]} params */
  #make(params) {
    const made = params.map((param) =>
      makeField(param, this.t, (value) => this.emit("param", { param, value })),
    );
    this.fields = new Map(params.map((param, at) => [param.name, made[at]]));
    return made.map((field) => field.element);
  }
}
