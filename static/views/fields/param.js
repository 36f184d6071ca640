/**
 * The control of a declared parameter, in its frame.
 *
 * @import { Param, ParamValue, Translate } from "../../types.js"
 * @import { FieldModel } from "./field.js"
 */

import { Field } from "./field.js";
import { localNames } from "./limits.js";

export class ParamField extends Field {
  /** @type {FieldModel | null} */
  model = null;

  /**
   * @param {Param} param @param {Translate} t @param {(value: ParamValue) => void} emit
   * @param {{label?: string}} [other] than the declared names
   */
  constructor(param, t, emit, other) {
    super(param.name, { ...localNames(t, param), ...other });
    this.param = param;
    this.t = t;
    this.emit = emit;
    /** Whether nothing need be said: the server chooses. */
    this.optional = param.default === null && !param.required;
  }

  /** @param {boolean} is whether what is typed is no number */
  bad = (is) => this.setLocal(is ? this.t("field.number") : "");

  /** @param {FieldModel} model */
  update(model) {
    this.model = model;
    this.draw(model);
    this.setError(model.error);
  }

  refresh() {
    if (this.model) this.draw(this.model);
  }

  /** An input left with nonsense in it shows its value again. @param {HTMLInputElement} input */
  hold(input) {
    this.body.append(input);
    input.addEventListener("blur", () => {
      if (!this.local) return;
      this.setLocal("");
      this.refresh();
    });
  }

  /** @param {FieldModel} _model */
  draw(_model) {}
}
