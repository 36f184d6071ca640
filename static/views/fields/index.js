/**
 * From a declared kind to its control. The only place that knows the kinds.
 *
 * @import { Param, ParamValue, Translate } from "../../types.js"
 * @import { ParamField } from "./param.js"
 */

import { IntegerField } from "./integer.js";
import { ListField } from "./list.js";
import { PaddingField } from "./padding.js";
import { ChoiceField, FlagField, NumberField } from "./simple.js";

/** @type {Record<string, new (param: Param, t: Translate, emit: (value: ParamValue) => void) => ParamField>} */
const KINDS = {
  integer: IntegerField,
  padding: PaddingField,
  choice: ChoiceField,
  flag: FlagField,
  number: NumberField,
};

/** @param {Param} param @param {Translate} t @param {(value: ParamValue) => void} emit @returns {ParamField} */
export function makeField(param, t, emit) {
  return new (KINDS[param.kind] ?? ListField)(param, t, emit);
}
