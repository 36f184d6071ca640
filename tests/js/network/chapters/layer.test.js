import assert from "node:assert/strict";
import { test } from "node:test";
import { orderBy } from "../../../../static/network/chapters/layer.js";

test("the strongest stand first, of equals the first one; or all by number", () => {
  assert.deepEqual(orderBy([1, 3, 3, 2], "strength"), [1, 2, 3, 0]);
  assert.deepEqual(orderBy(Float32Array.of(1, 3, 2), "index"), [0, 1, 2]);
});
