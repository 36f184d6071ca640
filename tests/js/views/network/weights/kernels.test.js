import assert from "node:assert/strict";
import { test } from "node:test";
import { coloursOf, sheetOf } from "../../../../../static/views/network/weights/kernels.js";

test("a kernel's channels are taken apart, and become colours around grey", () => {
  // Two rows of three channels, two cells each.
  const numbers = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
  assert.deepEqual([...sheetOf(numbers, 2, 2, 0).numbers], [1, 2, 7, 8]);
  assert.deepEqual([...sheetOf(numbers, 2, 2, 2).numbers], [5, 6, 11, 12]);
  const sheet = { width: 3, height: 1, numbers: Float32Array.of(-2, 0, 1) };
  assert.deepEqual([...coloursOf([sheet], { lo: -2, hi: 2 })[0]], [0, 128, 191]);
});
