import assert from "node:assert/strict";
import { test } from "node:test";

import { exact } from "../../../static/draw/numbers.js";
import { differences } from "../../../static/lab/settings.js";

test("what differs is told from A to B; what only one has is not", () => {
  const a = [
    { key: "op", label: "Operation", text: "2-D convolution" },
    { key: "kernels", label: "Kernel", text: "Own kernel (5 × 7)", value: "[1]" },
    { key: "p.stride", label: "Stride", text: "1" },
    { key: "p.dilation", label: "Dilation", text: "1" },
  ];
  const b = [
    { key: "op", label: "Operation", text: "2-D convolution" },
    { key: "kernels", label: "Kernel", text: "Own kernel (5 × 7)", value: "[2]" },
    { key: "p.stride", label: "Stride", text: "2" },
    { key: "p.ceil_mode", label: "Round up", text: "on" },
  ];
  assert.deepEqual(differences(a, b), ["Kernel Own kernel (5 × 7) ≠ Own kernel (5 × 7)", "Stride 1 → 2"]);
  assert.deepEqual(differences(a, a), []);
});

test("a number is told with all it holds", () => {
  assert.equal(exact(-1486), "−1486");
  assert.equal(exact(16_777_217), "16777217");
  assert.equal(exact(Math.fround(0.1)), "0.1");
  assert.equal(exact(-1 / 3), "−0.33333333");
  assert.equal(exact(Number.NEGATIVE_INFINITY), "−∞");
  assert.equal(exact(null), "–");
});
