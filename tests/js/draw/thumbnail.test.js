import assert from "node:assert/strict";
import { test } from "node:test";
import { reduce } from "../../../static/draw/thumbnail.js";

test("a thumbnail holds the means of blocks, smaller ones at the edge", () => {
  const levels = Uint8Array.of(0, 10, 20, 30, 40, 50, 60, 70, 80);
  const out = new Uint8Array(4);
  reduce({ width: 3, height: 3, levels }, 2, 2, 2, out);
  assert.deepEqual([...out], [20, 35, 65, 80]);
});
