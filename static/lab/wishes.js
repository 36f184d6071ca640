/**
 * From the state to the words of the API.
 *
 * @import { Catalogue, Kernel, Operation, Picture, Source } from "../types.js"
 * @import { Values } from "./state.js"
 * @typedef {{operation: string, params: object, inputs?: Record<string, Source>, weights?: unknown, bias?: number[],
 *   activation?: string}} Computation
 */

import { known } from "./address.js";
import { editsKernel, sources } from "./input/inputs.js";
import { resolve } from "./kernel/kernels.js";
import { hasBias, operationOf, startParams } from "./params.js";

/** @param {Values} values @returns {Picture} */
export function pictureOf({ image, size, color, frame, crop, edits }) {
  return { image, size, color, frame, ...(crop ? { crop } : {}), ...(edits.length > 0 ? { edits } : {}) };
}

/** The whole call that an address stands for, and what of it is shown. @param {string} hash @param {Catalogue} catalogue */
export function callOf(hash, catalogue) {
  const { values } = known(hash, catalogue);
  const operation = operationOf(values, catalogue.operations);
  const body = computation(values, operation, resolve(values.kernels, catalogue.kernels));
  return { values, operation, call: withPicture(body, pictureOf(values)) };
}

/** One bias for each kernel: missing ones are zero. @param {number[]} bias @param {number} count */
export function biasOf(bias, count) {
  return Array.from({ length: count }, (_, at) => bias[at] ?? 0);
}

/** @param {number[]} bias @returns {number[]} nothing where all are zero, as the address leaves it out */
export function shortBias(bias) {
  return bias.some((one) => one !== 0) ? bias : [];
}

/** What is computed, without the picture. @param {Values} values @param {Operation} operation @param {Kernel[]} kernels @returns {Computation} */
export function computation(values, operation, kernels) {
  const inputs = sources(operation);
  const body = {
    operation: operation.name,
    params: { ...startParams(operation), ...values.params },
    ...(values.activation && !operation.elementwise ? { activation: values.activation } : {}),
    ...(Object.keys(inputs).length > 0 ? { inputs } : {}),
  };
  if (!editsKernel(operation)) return body;
  const bias = biasOf(values.bias, kernels.length);
  const biased = hasBias(operation) && bias.some((one) => one !== 0);
  return { ...body, weights: weightsOf(kernels), ...(biased ? { bias } : {}) };
}

/** The picture in its place, and wherever else it stands. @param {Computation} body @param {Picture} picture */
export function withPicture(body, picture) {
  if (!body.inputs) return { ...body, input: picture };
  const inputs = Object.entries(body.inputs).map(([name, source]) => [name, source ?? picture]);
  return { ...body, input: picture, inputs: Object.fromEntries(inputs) };
}

/** One kernel goes as rows and columns: some operations take no more. @param {Kernel[]} kernels */
function weightsOf(kernels) {
  const values = kernels.length === 1 ? kernels[0].values : kernels.map((kernel) => kernel.values);
  const divisor = kernels.map((kernel) => kernel.divisor);
  return divisor.every((one) => one === 1) ? values : { values, divisor };
}
