/**
 * Where each input of an operation comes from: the photo, the kernel that is edited, numbers drawn by the server.
 *
 * @import { Operation, OperationInput, Source } from "../../types.js"
 */

/** Numbers drawn with one seed are the same for everybody. */
export const SEED = 1;

/** The input that the kernel editor fills: a kernel is edited where it is a table of rows and columns. @param {Operation} operation */
function edited({ dims, inputs }) {
  const kernels = inputs.filter((input) => input.kind === "kernel");
  return dims === 2 && kernels.length === 1 && kernels[0].name === "weight" ? kernels[0] : null;
}

/**
 * With these parameters the server needs an input that is else left out: from now on it counts as required.
 * @param {Operation[]} operations @param {string} operation @param {unknown} name
 * @returns {Operation[] | null} null where there is no such input, or it was required already
 */
export function requiring(operations, operation, name) {
  const found = operations.find((one) => one.name === operation);
  if (!found?.inputs.some((input) => input.name === name && !input.required)) return null;
  const inputs = found.inputs.map((input) => (input.name === name ? { ...input, required: true } : input));
  return operations.map((one) => (one === found ? { ...found, inputs } : one));
}

/** @param {Operation} operation */
export function editsKernel(operation) {
  return edited(operation) !== null;
}

/** What the server draws: whatever is needed and neither a picture nor edited here. @param {Operation} operation @returns {OperationInput[]} */
export function drawnInputs(operation) {
  const kernel = edited(operation);
  return operation.inputs.filter((input) => input.required && input.kind !== "maps" && input !== kernel);
}

/** Further maps: the same picture once more. @param {Operation} operation @returns {OperationInput[]} */
export function copiedInputs({ inputs }) {
  return inputs.slice(1).filter((input) => input.required && input.kind === "maps");
}

/** Every input but the picture and the edited kernel. @param {Operation} operation @returns {Record<string, Source>} */
export function sources(operation) {
  return Object.fromEntries([
    ...copiedInputs(operation).map(({ name }) => [name, null]),
    ...drawnInputs(operation).map(({ name }) => [name, { seed: SEED }]),
  ]);
}
