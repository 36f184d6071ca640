import assert from "node:assert/strict";
import { test } from "node:test";
import { printed, typeSize } from "../../../static/draw/values.js";
import { moved, wished } from "../../../static/views/pane/keys.js";

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

const plain = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
const picture = { rows: 50, columns: 80, page: 20 };

test("keys move over cells and stay in the picture", () => {
  const from = { y: 10, x: 5 };
  const go = (/** @type {string} */ key, held = {}) => moved({ ...plain, ...held, key }, from, picture);
  assert.deepEqual(go("ArrowRight"), { y: 10, x: 6 });
  assert.deepEqual(go("ArrowUp", { shiftKey: true }), { y: 0, x: 5 });
  assert.deepEqual(go("ArrowLeft", { shiftKey: true }), { y: 10, x: 0 });
  assert.deepEqual(go("Home"), { y: 10, x: 0 });
  assert.deepEqual(go("End"), { y: 10, x: 79 });
  assert.deepEqual(go("End", { ctrlKey: true }), { y: 49, x: 79 });
  assert.deepEqual(go("PageDown"), { y: 30, x: 5 });
  assert.equal(go("a"), null);
  assert.equal(go("ArrowLeft", { altKey: true }), null);
});

test("other keys are wishes, the browser's own combinations are not", () => {
  const wish = (/** @type {string} */ key, held = {}) => wished({ ...plain, ...held, key });
  assert.deepEqual(
    ["Enter", "Escape", "+", "-", "0", "x"].map((key) => wish(key)),
    ["pin", "leave", "in", "out", "fit", null],
  );
  assert.equal(wish("+", { ctrlKey: true }), null);
});
