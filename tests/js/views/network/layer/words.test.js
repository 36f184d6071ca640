import assert from "node:assert/strict";
import { test } from "node:test";
import en from "../../../../../static/messages/en.json" with { type: "json" };
import { translator } from "../../../../../static/page/i18n.js";
import {
  codeOf,
  factRows,
  fieldOf,
  mapsOf,
  sizeOf,
} from "../../../../../static/views/network/layer/words.js";

const t = translator("en", en);

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
