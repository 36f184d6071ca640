/**
 * What an address says can be well formed and still name nothing that exists here: that is dropped and named.
 *
 * @import { Catalogue, Operation, Param, ParamValue, Preset } from "../types.js"
 * @import { Values } from "./state.js"
 * @typedef {{values: Values, dropped: string[]}} Read
 */

import { activations, firstOperation, isOptional, shownParams } from "./params.js";
import { TABLE } from "./state.js";

/** With what is pinned in it, which is an address of its own. @param {string} hash @param {Catalogue} catalogue @returns {Read} */
export function readAddress(hash, catalogue) {
  const { values, dropped } = known(hash, catalogue);
  const ofA = values.a ? known(values.a, catalogue).dropped.map((one) => `A: ${one}`) : [];
  return { values, dropped: [...dropped, ...ofA] };
}

/** @param {string} hash @param {Catalogue} catalogue @returns {Read} */
export function known(hash, { operations, kernels }) {
  const { values, dropped } = TABLE.parse(hash);
  const pruned = prune(values, operations, kernels);
  return { values: { ...values, ...pruned.patch }, dropped: [...dropped, ...pruned.dropped] };
}

/** @param {Param} param @param {ParamValue} value whether the kind can hold it at all; whether it is allowed now, the server says */
function fits(param, value) {
  if (value === null) return isOptional(param);
  const list = Array.isArray(value) ? value : [value];
  const numbers = list.every((one) => typeof one === "number");
  if (param.kind === "flag") return typeof value === "boolean";
  if (param.kind === "choice") return (param.choices ?? []).some((choice) => choice.value === value);
  const axes = param.axes || 1;
  if (param.kind === "padding")
    return numbers ? [1, axes, 2 * axes].includes(list.length) : typeof value === "string";
  if (param.kind === "number") return typeof value === "number";
  return numbers && (param.kind !== "integer" || [1, axes].includes(list.length));
}

/**
 * @param {Values} values @param {Operation[]} operations @param {Preset[]} presets
 * @returns {{patch: Partial<Values>, dropped: string[]}}
 */
export function prune(values, operations, presets) {
  const dropped = [];
  /** @type {Partial<Values>} */
  const patch = {};
  const known = operations.find((one) => one.name === values.op);
  if (values.op && !known) {
    dropped.push(`op=${values.op}`);
    patch.op = "";
  }
  const operation = known ?? firstOperation(operations);
  if (values.activation && !activations(operations).some((one) => one.name === values.activation)) {
    dropped.push(`activation=${values.activation}`);
    patch.activation = "";
  }
  const kept = Object.entries(values.params).filter(([name, value]) => {
    const param = shownParams(operation).find((one) => one.name === name);
    const good = param !== undefined && fits(param, value);
    if (!good) dropped.push(`p.${name}=${value}`);
    return good;
  });
  patch.params = Object.fromEntries(kept);
  const kernels = values.kernels.filter((kernel) => {
    const good = !("name" in kernel) || presets.some((preset) => preset.name === kernel.name);
    if (!good && "name" in kernel) dropped.push(`k=${kernel.name}`);
    return good;
  });
  patch.kernels =
    kernels.length > 0
      ? kernels
      : [{ name: (presets.find((one) => one.name === "sobel-x") ?? presets[0]).name }];
  return { patch, dropped };
}
