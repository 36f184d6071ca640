/**
 * Values of declared parameters: what is set, what is left to its default, what an address may say.
 *
 * @import { Param, ParamValue, Operation, Preset } from "../types.js"
 * @import { Values } from "../state.js"
 */

/** Parameters with a control of their own; the others follow from the kernel. @param {Operation} operation */
export function shownParams(operation) {
  return operation.params.filter((param) => param.follows !== "weight");
}

/** What the page sets where nothing is set; null leaves it to the server. @param {Param} param @returns {ParamValue} */
export function defaultOf({ default: declared, required, start, min }) {
  return declared === null && required ? (start ?? Math.max(min ?? 1, 2)) : declared;
}

/** Values the server insists on, where the visitor has set none. @param {Operation} operation @returns {Record<string, ParamValue>} */
export function requiredParams(operation) {
  const required = shownParams(operation).filter((param) => param.default === null && param.required);
  return Object.fromEntries(required.map((param) => [param.name, defaultOf(param)]));
}

/** @param {Operation} operation @param {string} kind of an input: "kernel", "per_kernel" */
export function hasInput(operation, kind) {
  return operation.inputs.some((input) => input.kind === kind);
}

/** The one a visitor meets first: it has a kernel to play with. @param {Operation[]} operations */
export function firstOperation(operations) {
  return operations.find((operation) => hasInput(operation, "kernel")) ?? operations[0];
}

/** @param {Operation} operation */
export function hasBias(operation) {
  return operation.inputs.some((input) => input.kind === "per_kernel" && input.name === "bias");
}

/** @param {ParamValue} a @param {ParamValue} b */
export function same(a, b) {
  return String(a) === String(b) && typeof a === typeof b;
}

/** @param {Record<string, ParamValue>} params @param {Param} param @param {ParamValue} value @returns {Record<string, ParamValue>} */
export function withParam(params, param, value) {
  const { [param.name]: _, ...others } = params;
  return value === null || same(value, defaultOf(param)) ? others : { ...others, [param.name]: value };
}

/** @param {Param} param @param {ParamValue} value whether the kind can hold it at all; whether it is allowed now, the server says */
function fits(param, value) {
  const list = Array.isArray(value) ? value : [value];
  const numbers = list.every((one) => typeof one === "number");
  if (param.kind === "flag") return typeof value === "boolean";
  if (param.kind === "choice") return (param.choices ?? []).some((choice) => choice.value === value);
  if (param.kind === "padding") return numbers ? [1, 2, 4].includes(list.length) : typeof value === "string";
  if (param.kind === "number") return typeof value === "number";
  return numbers && list.length <= (param.axes || 1);
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
