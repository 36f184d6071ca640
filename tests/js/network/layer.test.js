import assert from "node:assert/strict";
import { test } from "node:test";
import en from "../../../static/messages/en.json" with { type: "json" };
import { orderBy } from "../../../static/network/chapters/layer.js";
import { translator } from "../../../static/page/i18n.js";
import { cellText, sentences } from "../../../static/views/network/given/words.js";
import { percent } from "../../../static/views/network/layer/stats.js";
import { codeOf, factRows, fieldOf, mapsOf, sizeOf } from "../../../static/views/network/layer/words.js";
import { coloursOf, sheetOf } from "../../../static/views/network/weights/kernels.js";
import { ownRows } from "../../../static/views/network/weights/words.js";

const t = translator("en", en);

/** What the engine says of a photo that SqueezeNet is given. */
const STEPS = {
  picture: [400, 600, 3],
  crop: [0, 0, 400, 600],
  square: [0, 100, 400, 400],
  resized: [227, 227],
  invert: false,
  channels: ["blue", "green", "red"],
  subtract: [104.006, 116.669, 122.679],
  divide: [1, 1, 1],
  levels: [
    [0, 255],
    [0, 255],
    [4, 255],
  ],
  min: [-104.006, -116.669, -118.679],
  max: [150.994, 138.331, 132.321],
};

test("the strongest stand first, of equals the first one; or all by number", () => {
  assert.deepEqual(orderBy([1, 3, 3, 2], "strength"), [1, 2, 3, 0]);
  assert.deepEqual(orderBy(Float32Array.of(1, 3, 2), "index"), [0, 1, 2]);
});

test("an operation is written as it is called", () => {
  const params = { kernel_size: [3, 3], stride: [2, 1], padding: "same", bias: true, eps: 0.001 };
  const code = 'conv2d(kernel_size=3, stride=(2, 1), padding="same", bias=True, eps=0.001)';
  assert.equal(codeOf({ operation: "conv2d", params }), code);
  assert.equal(codeOf({ operation: "relu", params: {} }), "relu()");
});

test("a layer is told by size, receptive field and cost", () => {
  const field = ["height", "width"].map((axis) => ({ axis, size: 207, jump: 16, start: 15 }));
  const input = [3, 227, 227];
  assert.equal(sizeOf([1000, 13, 12], t), "12 × 13 × 1,000");
  assert.equal(sizeOf([1000], t), "1,000 numbers");
  assert.equal(mapsOf([64, 113, 112], t), "64 maps of 112 × 113");
  assert.equal(fieldOf(field, input, t), "207 × 207 pixels; neighbours 16 apart");
  const over = field.map((one) => ({ ...one, size: 399 }));
  assert.match(fieldOf(over, input, t), /399 × 399 pixels, more than the picture/);
  assert.equal(fieldOf([{ ...field[0], jump: null }, field[1]], input, t), "all of the picture");
  const layer = { name: "conv1", operation: "conv2d", params: {}, inputs: { input: "input" }, field };
  const rows = factRows({ ...layer, shape: [64, 113, 113], parameters: 1792, macs: 22064832 }, input, t);
  assert.deepEqual(
    rows.map(({ key, value }) => [key, value]),
    [
      ["code", "conv2d()"],
      ["reads", "the picture"],
      ["shape", "113 × 113 × 64"],
      ["field", "207 × 207 pixels; neighbours 16 apart"],
      ["parameters", "1,792"],
      ["macs", "22,064,832"],
    ],
  );
});

test("a share that is not nothing is not called so, nor one that is not all", () => {
  assert.deepEqual([0, 0.0004, 0.7219, 0.9996, 1].map(percent), [
    "0 %",
    "< 0.1 %",
    "72.2 %",
    "> 99.9 %",
    "100 %",
  ]);
});

test("each step from the photo says whether it can be undone", () => {
  const names = ["blue", "green", "red"];
  const keys = (/** @type {any} */ steps) => sentences(steps, names, t).map(({ key }) => key);
  assert.deepEqual(keys(STEPS), ["cut", "resize", "order", "subtract"]);
  const told = sentences(STEPS, names, t);
  assert.match(told[0].what, /400 × 400 of 600 × 400 pixels, from y 0, x 100/);
  assert.match(told[1].back, /^Cannot be undone: 227 × 227 .* 400 × 400/);
  assert.match(told[3].back, /^Undone exactly: blue \+ 104.006, green \+ 116.669, red \+ 122.679/);
  const drawn = {
    ...STEPS,
    picture: [227, 227, 1],
    square: [0, 0, 227, 227],
    divide: [2, 2, 2],
    invert: true,
  };
  assert.deepEqual(keys(drawn), ["whole", "fits", "invert", "order", "subtract", "divide"]);
  const grey = { ...STEPS, channels: ["grey"], subtract: [72], divide: [90] };
  assert.match(sentences(grey, ["grey"], t)[2].back, /many colours/);
});

test("a cell's way is written with the numbers of its channel", () => {
  const cell = { resized: 246, level: 246, value: 141.994 };
  assert.equal(cellText(cell, STEPS, 0), "246 − 104.006 = 141.994");
  const both = { ...STEPS, invert: true, subtract: [127], divide: [128] };
  assert.equal(
    cellText({ resized: 248, level: 7, value: -0.9375 }, both, 0),
    "255 − 248 = 7; (7 − 127) ÷ 128 = −0.9375",
  );
});

test("a kernel's channels are taken apart, and become colours around grey", () => {
  // Two rows of three channels, two cells each.
  const numbers = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
  assert.deepEqual([...sheetOf(numbers, 2, 2, 0).numbers], [1, 2, 7, 8]);
  assert.deepEqual([...sheetOf(numbers, 2, 2, 2).numbers], [5, 6, 11, 12]);
  const sheet = { width: 3, height: 1, numbers: Float32Array.of(-2, 0, 1) };
  assert.deepEqual([...coloursOf([sheet], { lo: -2, hi: 2 })[0]], [0, 128, 191]);
});

test("a map's own numbers are its bias and those of the normalisation after it", () => {
  const norm = { weight: [1, 2], bias: [3, 4], running_mean: [5, 6], running_var: [7, 8.5] };
  const told = (/** @type {any} */ own, /** @type {any} */ unit) =>
    ownRows(own, unit, 1, t).map(({ key, value }) => `${key} ${value}`);
  assert.deepEqual(told({ bias: [0, -0.5] }, {}), ["bias −0.5"]);
  const four = ["weight 2", "bias 4", "running_mean 6", "running_var 8.5"];
  assert.deepEqual(
    told({}, { "stem/norm": norm }),
    four.map((one) => `stem/norm.${one}`),
  );
  assert.deepEqual(
    told(norm, {}),
    four.map((one) => `.${one}`),
  );
});
