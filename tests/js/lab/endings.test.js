import assert from "node:assert/strict";
import { test } from "node:test";
import { endingsOf } from "../../../static/lab/endings.js";

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

const POOL = /** @type {any} */ ({
  params: [{ name: "ceil_mode" }, { name: "padding", choices: ["valid", "same"] }],
});

/** @param {object} params */
const shapeOf = (params) =>
  /** @type {any} */ ({ axes: [axis, axis], params: { kernel_size: [3, 3], ...params } });

test("which ending runs, and what another needs", () => {
  assert.deepEqual(endingsOf(shapeOf({ padding: [0, 0, 0, 0], ceil_mode: false }), POOL), {
    current: "floor",
    changes: {
      floor: { ceil_mode: false },
      ceil: { ceil_mode: true },
      same: { padding: "same", ceil_mode: false },
    },
  });
  const conv = /** @type {any} */ ({ params: [{ name: "padding", choices: [{ value: "same" }] }] });
  const found = endingsOf(shapeOf({ padding: "same" }), conv);
  assert.equal(found?.current, "same");
  assert.equal(found?.changes.ceil, null);
  assert.deepEqual(found?.changes.floor, { padding: 0 });
  assert.equal(endingsOf(/** @type {any} */ ({ axes: [{ alternatives: null }], params: {} }), POOL), null);
});
