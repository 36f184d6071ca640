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
