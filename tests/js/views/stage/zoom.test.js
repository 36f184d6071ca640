import assert from "node:assert/strict";
import { test } from "node:test";
import { calm } from "../../../../static/views/stage/zoom.js";

test("enlarged cells are even where it costs little", () => {
  assert.equal(calm(1.58, 1.6, 1), 1.5);
  assert.equal(calm(2.1, 2.2, 1), 2);
  assert.equal(calm(0.98, 1.03, 1), 1);
  assert.equal(calm(0.9, 0.95, 1), 0.9);
  assert.equal(calm(1.1, 1.15, 2), 1);
});
