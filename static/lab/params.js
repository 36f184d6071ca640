/**
 * Values of declared parameters: what is set, what is left to its default, what an address may say.
 *
 * @import { Param, ParamValue, Operation, Preset } from "../types.js"
 * @import { Values } from "./state.js"
 */

import { editsKernel } from "./input/inputs.js";

/** Parameters with a control of their own; the others follow from the kernel that is edited. @param {Operation} operation */
export function shownParams(operation) {
  return operation.params.filter((param) => param.follows !== "weight" || !editsKernel(operation));
}

/** Whether it may be left to the server. @param {Param} param */
export function isOptional(param) {
  return param.default === null && !param.required;
}

/** What the page sets where nothing is set; null leaves it to the server. @param {Param} param @returns {ParamValue} */
export function defaultOf({ default: declared, required, start, min }) {
  return declared ?? start ?? (required ? Math.max(min ?? 1, 2) : null);
}

/** Values that the page begins with, where the server has no default. @param {Operation} operation @returns {Record<string, ParamValue>} */
export function startParams(operation) {
  const begun = shownParams(operation).filter((param) => param.default === null && defaultOf(param) !== null);
  return Object.fromEntries(begun.map((param) => [param.name, defaultOf(param)]));
}

/** The one a visitor meets first: it has a kernel to play with. @param {Operation[]} operations */
export function firstOperation(operations) {
  return operations.find(editsKernel) ?? operations[0];
}

/** The operation that is chosen. @param {Values} values @param {Operation[]} operations */
export function operationOf(values, operations) {
  return operations.find((one) => one.name === values.op) ?? firstOperation(operations);
}

/** Activations that can follow another operation. @param {Operation[]} operations */
export function activations(operations) {
  return operations.filter((one) => one.elementwise);
}

/** A bias is edited beside the kernel, and only there. @param {Operation} operation */
export function hasBias(operation) {
  return editsKernel(operation) && operation.inputs.some((input) => input.name === "bias");
}

/** Whether the kernel is turned before it slides: chosen beside the kernel, and only there. @param {Operation} operation @returns {Param | null} */
export function flipParam(operation) {
  return (editsKernel(operation) && operation.params.find((param) => param.name === "flip")) || null;
}

/** @param {ParamValue} a @param {ParamValue} b */
export function same(a, b) {
  return String(a) === String(b) && typeof a === typeof b;
}

/** @param {Record<string, ParamValue>} params @param {Param} param @param {ParamValue} value @returns {Record<string, ParamValue>} */
export function withParam(params, param, value) {
  const { [param.name]: _, ...others } = params;
  return same(value, defaultOf(param)) ? others : { ...others, [param.name]: value };
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
 * What an address says can be well formed and still name nothing that exists here.
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
