/**
 * From the state to the words of the API.
 *
 * @import { Kernel, Operation } from "../types.js"
 * @import { Values } from "../state.js"
 * @typedef {{image: string, size: number, color: string, frame: number}} Picture
 */

import { hasBias, hasInput, requiredParams } from "./params.js";

/** @param {Values} values @returns {Picture} */
export function pictureOf({ image, size, color, frame }) {
  return { image, size, color, frame };
}

/** One bias for each kernel: missing ones are zero. @param {number[]} bias @param {number} count */
export function biasOf(bias, count) {
  return Array.from({ length: count }, (_, at) => bias[at] ?? 0);
}

/** @param {number[]} bias @returns {number[]} nothing where all are zero, as the address leaves it out */
export function shortBias(bias) {
  return bias.some((one) => one !== 0) ? bias : [];
}

/** What is computed, without the input. @param {Values} values @param {Operation} operation @param {Kernel[]} kernels @returns {object} */
export function computation(values, operation, kernels) {
  const body = { operation: operation.name, params: { ...requiredParams(operation), ...values.params } };
  if (!hasInput(operation, "kernel")) return body;
  const bias = biasOf(values.bias, kernels.length);
  const biased = hasBias(operation) && bias.some((one) => one !== 0);
  return { ...body, weights: weightsOf(kernels), ...(biased ? { bias } : {}) };
}

/** @param {Kernel[]} kernels */
function weightsOf(kernels) {
  const values = kernels.map((kernel) => kernel.values);
  const divisor = kernels.map((kernel) => kernel.divisor);
  return divisor.every((one) => one === 1) ? values : { values, divisor };
}
