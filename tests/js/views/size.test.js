import assert from "node:assert/strict";
import { test } from "node:test";
import { blocksOf, drawnOf, scaleOf } from "../../../static/draw/blocks.js";
import en from "../../../static/messages/en.json" with { type: "json" };
import { translator } from "../../../static/page/i18n.js";
import { bytesText, countText } from "../../../static/views/size/count_words.js";
import { bytesOf, countOf, total } from "../../../static/views/size/counts.js";

const t = translator("en", en);
const AXES = [{}, {}];
const CONV = /** @type {any} */ ({
  input_shape: [3, 9, 12],
  output_shape: [1, 4, 5],
  outputs: { output: [1, 4, 5] },
  axes: AXES,
  params: { kernel_size: [3, 3], groups: 1, out_channels: 1 },
  parameters: 27,
  macs: 540,
  additions: 0,
  bytes_moved: 1376,
});

test("the counts of a convolution come about as products", () => {
  assert.deepEqual(countText(CONV, "parameters", t), ["1 × 3 × (3 × 3)", "maps × channels × kernel"]);
  assert.deepEqual(countText(CONV, "macs", t)[0], "1 × (4 × 5) × 3 × (3 × 3)");
  assert.deepEqual(countText(CONV, "additions", t), []);
  const biased = { ...CONV, parameters: 28, additions: 20 };
  assert.equal(countText(biased, "parameters", t)[0], "1 × 3 × (3 × 3) + 1");
  assert.equal(countText(biased, "additions", t)[0], "1 × (4 × 5)");
});

test("no product is told that is not the server's number", () => {
  for (const wrong of [1, 26, 29, 541])
    assert.equal(countOf({ ...CONV, parameters: wrong }, "parameters"), null, String(wrong));
  const found = countOf(CONV, "macs");
  assert.ok(found && total(found) === CONV.macs);
});

test("groups, scattering, pooling and matrices have their own", () => {
  const grouped = {
    ...CONV,
    output_shape: [6, 4, 5],
    params: { kernel_size: [3, 3], groups: 3 },
    parameters: 54,
  };
  assert.equal(countText(grouped, "parameters", t)[1], "maps × channels of a group × kernel");
  const turned = {
    ...CONV,
    params: { kernel_size: [3, 3], groups: 1, output_padding: [0, 0] },
    macs: 3 * 108 * 9,
  };
  assert.equal(countText(turned, "macs", t)[1], "channels × input cells × maps × kernel");
  const pool = { ...CONV, output_shape: [3, 4, 5], params: { kernel_size: [2, 2] }, additions: 180 };
  assert.equal(countText(pool, "additions", t)[0], "3 × (4 × 5) × 3");
  const matrix = {
    ...CONV,
    axes: [],
    params: {},
    input_shape: [2, 7],
    output_shape: [2, 10],
    parameters: 80,
    macs: 140,
  };
  assert.equal(countText(matrix, "parameters", t)[0], "10 × 7 + 10");
  assert.equal(countText(matrix, "macs", t)[0], "2 × 10 × 7");
});

test("bytes are the numbers read and written, four each", () => {
  assert.deepEqual(bytesOf(CONV), { each: 4, read: 324, others: 0, written: 20 });
  const weighed = { ...CONV, bytes_moved: 1412 };
  assert.deepEqual(bytesText(weighed, t), ["4 bytes × (324 + 9 + 20)", "input + other inputs + output"]);
  assert.equal(bytesOf({ ...CONV, bytes_moved: 1375 }), null);
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
