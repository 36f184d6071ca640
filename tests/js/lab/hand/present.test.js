import assert from "node:assert/strict";
import { test } from "node:test";
import { presentOf } from "../../../../static/lab/hand/present.js";

/** An axis of 12 cells, kernel 3, stride 2, as the engine answers it. */
const axis = /** @type {any} */ ({
  axis: "width",
  input: 12,
  output: 5,
  index: [0, 2, 4, 6, 8].map((start) => [start, start + 1, start + 2]),
  coverage: [1, 1, 2, 1, 2, 1, 2, 1, 2, 1, 1, 0],
  unread: [11],
  alternatives: {
    floor: { output: 5, padding: [0, 0], unread: 1, beyond: 0 },
    ceil: { output: 6, padding: [0, 0], unread: 0, beyond: 1 },
    same: { output: 6, padding: [0, 1], unread: 0, beyond: 0 },
  },
});

/** @param {object} params */
const shapeOf = (params) =>
  /** @type {any} */ ({ axes: [axis, axis], params: { kernel_size: [3, 3], ...params } });

test("the present cell is the one pointed at, or the middle of the window", () => {
  const shape = shapeOf({});
  assert.deepEqual(presentOf(shape, { pane: "input", y: 3, x: 4 }).present, { y: 3, x: 4 });
  assert.deepEqual(presentOf(shape, { pane: "output", y: 1, x: 0 }), {
    present: { y: 3, x: 1 },
    window: { top: 2, left: 0, bottom: 4, right: 2 },
  });
  assert.equal(presentOf(shape, null).present, null);
});
