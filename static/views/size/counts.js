/**
 * How the numbers of a shape reply come about, as products of its sizes. A product is told only where it gives the
 * server's own number; where none does, the number stands alone.
 *
 * @import { Shape } from "../../types.js"
 * @typedef {{value: number, key: string}} Factor key: what it counts, count.<key> in the messages
 * @typedef {{factors: Factor[], plus: Factor[]}} Sum a product, and what is added to it
 */

/** @param {number[]} numbers */
const product = (numbers) => numbers.reduce((found, one) => found * one, 1);

/** @param {Sum} sum */
export function total({ factors, plus }) {
  return product(factors.map(({ value }) => value)) + plus.reduce((found, { value }) => found + value, 0);
}

/** @param {number[]} values @param {string} key @returns {Factor[]} */
const as = (values, key) => values.map((value) => ({ value, key }));

/** @param {Factor[]} factors @param {Factor[]} [plus] @returns {Sum} */
const sum = (factors, plus = []) => ({ factors, plus });

/** The sizes that products are made of. @param {Shape} shape */
function sizesOf({ input_shape: input, output_shape: output, axes, params }) {
  const dims = axes.length;
  const channels = input.at(-1 - dims) ?? 1;
  const maps = output.at(-1 - dims) ?? 1;
  const groups = Number(params.groups ?? 1);
  return {
    kernel: as([params.kernel_size ?? []].flat().map(Number), "weights"),
    cells: as(output.slice(output.length - dims), "cells"),
    read: as(input.slice(input.length - dims), "inputCells"),
    maps: as([maps], "maps"),
    channels: as([channels], "channels"),
    each: as([channels / groups], groups > 1 ? "perGroup" : "channels"),
    mapsEach: as([maps / groups], groups > 1 ? "mapsPerGroup" : "maps"),
  };
}

/** Products that may give a number, the likeliest first. @type {Record<"parameters" | "macs" | "additions", (shape: Shape) => Sum[]>} */
const GUESSES = {
  parameters: (shape) => {
    const { kernel, maps, each, channels, mapsEach } = sizesOf(shape);
    const biases = as([maps[0].value], "biases");
    if (kernel.length === 0) return linear(shape, "features");
    const full =
      "output_padding" in shape.params
        ? [...channels, ...mapsEach, ...kernel]
        : [...maps, ...each, ...kernel];
    return [sum(full), sum(full, biases), sum(kernel)];
  },
  macs: (shape) => {
    const { kernel, maps, each, channels, mapsEach, cells, read } = sizesOf(shape);
    if (kernel.length === 0) return linear(shape, "outputs");
    const scattered = sum([...channels, ...read, ...mapsEach, ...kernel]);
    const gathered = sum([...maps, ...cells, ...each, ...kernel]);
    return "output_padding" in shape.params ? [scattered, gathered] : [gathered, scattered];
  },
  additions: (shape) => {
    const { kernel, maps, cells } = sizesOf(shape);
    const whole = [...maps, ...cells];
    const others = product(kernel.map(({ value }) => value)) - 1;
    return [sum([...whole, ...as([others], "others")]), sum(whole)];
  },
};

/** A matrix: every output takes every feature. @param {Shape} shape @param {string} key @returns {Sum[]} */
function linear({ input_shape: input, output_shape: output, axes }, key) {
  if (axes.length > 0) return [];
  const [features, outputs] = [input.at(-1) ?? 1, output.at(-1) ?? 1];
  const rows = key === "outputs" ? as(output.slice(0, -1), "rows") : [];
  const factors = [...rows, ...as([outputs], "outputs"), ...as([features], "features")];
  return [sum(factors), sum(factors, as([outputs], "biases"))];
}

/** @param {Shape} shape @param {"parameters" | "macs" | "additions"} name @returns {Sum | null} */
export function countOf(shape, name) {
  const wanted = shape[name];
  if (wanted === 0) return null;
  return GUESSES[name](shape).find((one) => one.factors.length > 1 && total(one) === wanted) ?? null;
}

/**
 * What is read and written, in numbers: every input and every output once. What neither the picture nor the outputs
 * make up are the other inputs: weights, biases.
 * @param {Shape} shape @returns {{each: number, read: number, others: number, written: number} | null}
 */
export function bytesOf({ bytes_moved: bytes, input_shape, output_shape, outputs }) {
  const each = 4;
  const read = product(input_shape);
  const written = outputs
    ? Object.values(outputs)
        .map(product)
        .reduce((all, one) => all + one, 0)
    : product(output_shape);
  const others = bytes / each - read - written;
  return Number.isInteger(others) && others >= 0 ? { each, read, others, written } : null;
}
