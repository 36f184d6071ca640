import assert from "node:assert/strict";
import { test } from "node:test";
import { blocksOf, drawnOf, scaleOf } from "../../../static/draw/blocks.js";
import en from "../../../static/messages/en.json" with { type: "json" };
import { translator } from "../../../static/page/i18n.js";
import { bytesText, countText } from "../../../static/views/size/count_words.js";

const t = translator("en", en);
const AXES = [{}, {}];
const CONV = /** @type {any} */ ({
  input_shape: [3, 9, 12],
  output_shape: [1, 4, 5],
  axes: AXES,
  params: { kernel_size: [3, 3], groups: 1, out_channels: 1 },
});

/** @param {string} op @param {...any} args */
const made = (op, ...args) => ({ op, args });
/** @param {Record<string, number | number[]>} sizes by what they count */
const product = (sizes) =>
  made(
    "*",
    ...Object.entries(sizes).flatMap(([symbol, values]) =>
      [values].flat().map((value) => ({ symbol, value })),
    ),
  );
const KERNEL = { channels: 3, weights: [3, 3] };

test("the counts of a convolution come about as products", () => {
  const weights = product({ maps: 1, ...KERNEL });
  assert.deepEqual(countText(weights, t), ["1 × 3 × (3 × 3)", "maps × channels × kernel"]);
  assert.deepEqual(
    countText(product({ maps: 1, cells: [4, 5], ...KERNEL }), t)[0],
    "1 × (4 × 5) × 3 × (3 × 3)",
  );
  assert.deepEqual(countText({ number: 0 }, t), []);
  const biased = made("+", weights, { symbol: "biases", value: 1 });
  assert.equal(countText(biased, t)[0], "1 × 3 × (3 × 3) + 1");
  assert.equal(countText(product({ maps: 1, cells: [4, 5] }), t)[0], "1 × (4 × 5)");
});

test("a number that stands alone is not told twice", () => {
  assert.deepEqual(countText({ symbol: "slopes", value: 3 }, t), []);
  assert.deepEqual(bytesText({ number: 0 }, t), []);
});

test("groups, scattering, pooling and matrices have their own", () => {
  const grouped = product({ maps: 6, group_channels: 1, weights: [3, 3] });
  assert.equal(countText(grouped, t)[1], "maps × channels of a group × kernel");
  const turned = product({ channels: 3, input_cells: [9, 12], maps: 1, weights: [3, 3] });
  assert.equal(countText(turned, t)[1], "channels × input cells × maps × kernel");
  assert.equal(countText(product({ maps: 3, cells: [4, 5], others: 3 }), t)[0], "3 × (4 × 5) × 3");
  const matrix = made("+", product({ outputs: 10, features: 7 }), { symbol: "biases", value: 10 });
  assert.equal(countText(matrix, t)[0], "10 × 7 + 10");
  assert.equal(countText(product({ rows: 2, outputs: 10, features: 7 }), t)[0], "2 × 10 × 7");
});

test("sums in products stand in brackets, and plain numbers are their own words", () => {
  const cells = product({ cells: [1200, 5] });
  assert.deepEqual(countText(cells, t), ["1,200 × 5", "output cells"]);
  assert.deepEqual(countText(made("*", ...cells.args, { number: 3 }), t), [
    "(1,200 × 5) × 3",
    "output cells × 3",
  ]);
  const left = made("-", { symbol: "reads", value: 64 }, { symbol: "cells", value: 4 });
  assert.deepEqual(countText(made("*", { symbol: "maps", value: 3 }, left), t), [
    "3 × (64 − 4)",
    "maps × (cells read − output cells)",
  ]);
  const passes = made("+", product({ between: [4, 12], weights: 3 }), product({ cells: [4, 5], weights: 3 }));
  assert.equal(
    countText(made("*", { symbol: "maps", value: 2 }, passes), t)[0],
    "2 × ((4 × 12) × 3 + (4 × 5) × 3)",
  );
});

test("bytes are the numbers read and written, four each", () => {
  const numbers = { read: 324, other_inputs: 9, written: 20 };
  const sum = made("+", ...product(numbers).args);
  assert.deepEqual(bytesText(made("*", { number: 4 }, sum), t), [
    "4 bytes × (324 + 9 + 20)",
    "input + other inputs + output",
  ]);
});

test("boxes are to one scale, and say where they are not", () => {
  const blocks = blocksOf(CONV);
  assert.deepEqual(
    blocks.map(({ name, width, height, depth }) => [name, width, height, depth]),
    [
      ["input", 12, 9, 3],
      ["kernel", 3, 3, 3],
      ["output", 5, 4, 1],
    ],
  );
  const scale = scaleOf(blocks);
  const [input, kernel, output] = blocks.map((block) => drawnOf(block, scale));
  for (const drawn of [input, kernel, output]) assert.equal(drawn.look, "true");
  assert.equal(input.width / output.width, 12 / 5);
  assert.equal(kernel.width, kernel.height);
});

test("extreme ratios stay readable", () => {
  const wide = {
    ...CONV,
    input_shape: [512, 1, 512],
    output_shape: [4096, 1, 510],
    params: { kernel_size: [1, 3], groups: 1 },
  };
  const blocks = blocksOf(wide);
  const scale = scaleOf(blocks);
  const [input, kernel, output] = blocks.map((block) => drawnOf(block, scale));
  for (const { width, height, depth } of [input, kernel, output])
    for (const side of [width, height, depth]) assert.ok(side >= 6 && side <= 200, String(side));
  assert.equal(input.look, "thin");
  assert.equal(kernel.look, "large");
  assert.equal(blocks[1].count, 4096);
});
