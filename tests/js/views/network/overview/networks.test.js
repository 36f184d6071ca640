import assert from "node:assert/strict";
import { test } from "node:test";
import { brief } from "../../../../../static/views/network/overview/networks.js";
import { percent } from "../../../../../static/views/network/overview/verdict.js";

test("counts are short, and small probabilities are not called nothing", () => {
  assert.deepEqual([0, 999, 1235496, 352540352, 4652008].map(brief), [
    "0",
    "999",
    "1.24 M",
    "353 M",
    "4.65 M",
  ]);
  assert.deepEqual([1, 0.9908, 0.0004, 0].map(percent), ["100.0 %", "99.1 %", "< 0.1 %", "0.0 %"]);
});
