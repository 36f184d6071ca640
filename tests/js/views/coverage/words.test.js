import assert from "node:assert/strict";
import { test } from "node:test";
import en from "../../../../static/messages/en.json" with { type: "json" };
import { translator } from "../../../../static/page/i18n.js";
import { cellWords, fewRuns, runsOf, whysOf } from "../../../../static/views/coverage/words.js";

const t = translator("en", en);

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

test("runs of equal counts, of many the first and the last", () => {
  assert.deepEqual(runsOf([1, 1, 2]), [
    { from: 0, to: 1, count: 1 },
    { from: 2, to: 2, count: 2 },
  ]);
  const many = fewRuns(runsOf(Array.from({ length: 40 }, (_, at) => at % 2)));
  assert.equal(many.length, 13);
  assert.equal(many[6], null);
});

test("why counts differ: the edge, steps, what is left over", () => {
  assert.deepEqual(
    whysOf(axis).map(([key]) => key),
    ["edge", "uneven", "tail"],
  );
  const gaps = { ...axis, coverage: [1, 1, 0, 1, 1, 0], unread: [2, 5] };
  assert.deepEqual(whysOf(gaps), [
    ["gaps", { count: 1 }],
    ["tail", { count: 1 }],
  ]);
  assert.deepEqual(whysOf({ ...axis, coverage: [1, 1], unread: [] }), [["even", { count: 1 }]]);
  assert.deepEqual(whysOf({ ...axis, coverage: [1, 2, 3, 2, 1], unread: [] }), [
    ["edge", { first: 1, last: 1, most: 3 }],
  ]);
  const uneven = { ...axis, alternatives: null, coverage: [1, 2, 1], unread: [] };
  assert.deepEqual(whysOf(uneven), [["varies", { least: 1, most: 2 }]]);
});

test("a cell in words with its numbers", () => {
  const say = (/** @type {number} */ y, /** @type {number} */ x) => cellWords(axis, axis, { y, x }, t);
  assert.equal(say(2, 3), "y 2, x 3 is read by 2 rows × 1 column of windows = 2 windows.");
  assert.match(say(2, 11), /never read: no column/);
  assert.match(say(11, 0), /never read: no row/);
  const copied = {
    ...axis,
    index: [
      [1, 0, 1],
      [1, 2, 3],
    ],
    coverage: [1, 3, 1, 1],
    input: 4,
    output: 2,
  };
  assert.match(cellWords(copied, copied, { y: 1, x: 1 }, t), /read 3 × 3 = 9 times, some of them as a copy/);
});
