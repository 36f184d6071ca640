import assert from "node:assert/strict";
import { test } from "node:test";
import { moved, wished } from "../../../../static/views/pane/keys.js";

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
