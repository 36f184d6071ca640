import assert from "node:assert/strict";
import { test } from "node:test";
import { heat, products } from "../../../static/draw/heat.js";

test("counts of a map are products, each with its own colour", () => {
  const found = products([1, 2, 0], [1, 2, 3]);
  assert.deepEqual(found, [0, 1, 2, 3, 4, 6]);
  const colours = new Set(found.filter(Boolean).map((count) => heat(count, 6)));
  assert.equal(colours.size, 5);
});
