import assert from "node:assert/strict";
import { test } from "node:test";
import { share } from "../../../../static/views/curve/curve.js";

test("the share of zeros counts what is not finite among the cells, and is not rounded up", () => {
  const told = { min: 0, max: 1, mean: 0, zeros: 1, not_finite: 1, edges: [0, 1, 2], counts: [1, 4] };
  assert.equal(share(told), "16.6");
  assert.equal(share({ ...told, counts: [5000] }), "< 0.1");
  assert.equal(share({ ...told, zeros: 0, not_finite: 0, counts: [] }), "0");
});
