import assert from "node:assert/strict";
import { test } from "node:test";
import { stripOf } from "../../../static/draw/strip.js";

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

const SIZES = { kernel: 3, stride: 2, dilation: 1 };

test("a strip hatches just what the engine counts as unread", () => {
  for (const name of /** @type {const} */ (["floor", "ceil", "same"])) {
    const ending = axis.alternatives[name];
    const { marks, bars } = stripOf(axis, ending, SIZES, name === "floor");
    assert.equal(marks.filter((mark) => mark.unread).length, ending.unread, name);
    assert.equal(marks.filter((mark) => mark.kind === "beyond").length, ending.beyond, name);
    assert.equal(
      marks.filter((mark) => mark.kind === "padding").length,
      ending.padding[0] + ending.padding[1],
    );
    assert.equal(bars.length, ending.output);
  }
});

test("a long strip draws the first and the last windows alone", () => {
  const ending = { output: 159, padding: [0, 0], unread: 1, beyond: 0 };
  const long = { ...axis, input: 320, output: 159, unread: [319] };
  const { marks, bars, units } = stripOf(long, ending, SIZES, true);
  assert.ok(units < 30);
  assert.equal(bars.length, 6);
  assert.equal(marks.filter((mark) => mark.kind === "gap").length, 1);
  assert.ok(marks.at(-1)?.unread);
});
