import assert from "node:assert/strict";
import { test } from "node:test";
import { printed, typeSize } from "../../../static/draw/values.js";

test("numbers are printed as short as five digits allow", () => {
  const expected = [
    [0, "0"],
    [-1020, "−1020"],
    [195075, "195075"],
    [0.5, "0.5"],
    [137.11111, "137.11"],
    [-0.33333334, "−0.3333"],
    [12345.678, "12346"],
    [1e-7, "1.00e-7"],
    [Number.NaN, "NaN"],
    [Number.NEGATIVE_INFINITY, "−∞"],
  ];
  for (const [value, text] of expected) assert.equal(printed(Number(value)), text);
});

test("type that would not be legible is not printed", () => {
  assert.equal(typeSize(16, 3, 1), 0);
  assert.ok(typeSize(24, 3, 1) >= 8.5);
  assert.equal(typeSize(24, 3, 3), 0);
  assert.ok(typeSize(48, 4, 3) >= 8.5);
  assert.equal(typeSize(64, 1, 1), 16);
});
