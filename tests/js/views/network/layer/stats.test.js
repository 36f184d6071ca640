import assert from "node:assert/strict";
import { test } from "node:test";
import { percent } from "../../../../../static/views/network/layer/stats.js";

test("a share that is not nothing is not called so, nor one that is not all", () => {
  assert.deepEqual([0, 0.0004, 0.7219, 0.9996, 1].map(percent), [
    "0 %",
    "< 0.1 %",
    "72.2 %",
    "> 99.9 %",
    "100 %",
  ]);
});
