/**
 * The operation and its parameters, built from the registry alone: a new operation needs nothing here.
 * Emits "operation" {name}, "activation" {activation} and "param" {param, value}.
 *
 * @import { Operation, Param, Translate } from "../../types.js"
 * @import { FieldModel } from "../fields/field.js"
 * @import { ParamField } from "../fields/index.js"
 * @typedef {{operations: Operation[], operation: Operation, params: Param[], fields: Record<string, FieldModel>,
 *   sources: string, activations: Operation[] | null, activation: string}} ControlsModel activations that may follow; sources: where the inputs come from that are not on the page, in words
 */

import { h, rebuild, setText, show } from "../base/dom.js";
import { Choice } from "../fields/choice.js";
import { Field } from "../fields/field.js";
import { makeField } from "../fields/index.js";

export class ControlsView extends EventTarget {
  /** @param {{operation: HTMLElement, params: HTMLElement, activation: HTMLElement}} roots @param {Translate} t */
  constructor(roots, t) {
    super();
    this.roots = roots;
    this.t = t;
    /** @type {Map<string, ParamField>} */
    this.fields = new Map();
    this.build();
  }

  build() {
    const title = h("h2", { id: "operation-title" }, this.t("operation.title"));
    this.choice = new Choice("operation", (name) => this.#say("operation", { name }), true);
    this.summary = h("p", { class: "field-help" });
    this.sources = h("p", { class: "field-resolved", "data-testid": "sources" });
    this.roots.operation.replaceChildren(
      h("div", { class: "operation-head" }, title, this.choice.element),
      this.summary,
      this.sources,
    );
    this.after = new Field("activation", {
      label: this.t("activation.title"),
      help: this.t("activation.help"),
    });
    this.activation = new Choice("activation", (activation) => this.#say("activation", { activation }), true);
    this.after.body.append(this.activation.element);
    this.roots.activation.replaceChildren(this.after.element);
    this.grid = h("div", { class: "fields" });
    this.roots.params.replaceChildren(h("h2", {}, this.t("params.title")), this.grid);
  }

  /** @param {Translate} t */
  translate(t) {
    this.t = t;
    this.build();
    if (this.model) this.update(this.model);
  }

  /** @param {ControlsModel} model */
  update(model) {
    this.model = model;
    const { t } = this;
    const options = model.operations.map(({ name, texts, family }) => ({
      value: name,
      label: t.local(texts.title),
      group: t.local(family?.texts),
    }));
    this.choice?.update({ value: model.operation.name, options, labelledBy: "operation-title" });
    if (this.summary) setText(this.summary, t.local(model.operation.texts.summary));
    if (this.sources) {
      setText(this.sources, model.sources);
      show(this.sources, model.sources !== "");
    }
    this.roots.activation.hidden = model.activations === null;
    const none = { value: "", label: t("activation.none") };
    const others = model.activations ?? [];
    this.activation?.update({
      value: model.activation,
      options: [none, ...others.map(({ name, texts }) => ({ value: name, label: t.local(texts.title) }))],
      labelledBy: this.after?.labelId ?? "",
    });
    this.roots.params.hidden = model.params.length === 0;
    if (this.grid) rebuild(this.grid, model.operation.name, () => this.#make(model.params));
    for (const [name, field] of this.fields) field.update(model.fields[name]);
  }

  /** @param {Param[]} params */
  #make(params) {
    const made = params.map((param) =>
      makeField(param, this.t, (value) => this.#say("param", { param, value })),
    );
    this.fields = new Map(params.map((param, at) => [param.name, made[at]]));
    return made.map((field) => field.element);
  }

  /** @param {string} type @param {unknown} detail */
  #say(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
