import assert from "node:assert/strict";
import { test } from "node:test";
import { strongestOfEach } from "../../../../../static/views/network/overview/unit_picture.js";

test("a list of numbers keeps its peaks, whichever their sign", () => {
  assert.deepEqual([...strongestOfEach(Float32Array.from([0, 3, -5, 1, 0, 2]), 3)], [3, -5, 2]);
});
