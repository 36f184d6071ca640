import assert from "node:assert/strict";
import { test } from "node:test";
import { heat, products } from "../../../static/draw/heat.js";
import { stripOf } from "../../../static/draw/strip.js";
import { GAP, Track } from "../../../static/draw/track.js";
import { endingsOf } from "../../../static/lab/endings.js";
import { presentOf } from "../../../static/lab/hand/present.js";
import en from "../../../static/messages/en.json" with { type: "json" };
import { translator } from "../../../static/page/i18n.js";
import { cellWords, fewRuns, runsOf, whysOf } from "../../../static/views/coverage/words.js";

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
const SIZES = { kernel: 3, stride: 2, dilation: 1 };

test("a long axis shows its two ends, and cells find their place and back", () => {
  const track = new Track(320, 9);
  assert.equal(track.cells.length, 19);
  assert.equal(track.cells[9], GAP);
  for (const cell of track.cells) if (cell !== GAP) assert.equal(track.cell(track.at(cell) + 0.5), cell);
  assert.equal(track.cell(9.5), null);
  assert.equal(track.cell(track.units), null);
  assert.equal(track.cell(-1), null);
  assert.ok(!track.shows(100) && track.shows(311) && track.shows(8));
  assert.ok(track.at(100) > 8 && track.at(100) < track.at(311));
});

test("a short axis is whole", () => {
  const track = new Track(20, 9);
  assert.ok(track.whole);
  assert.deepEqual(track.cells, [...Array(20).keys()]);
  assert.equal(track.cell(19.9), 19);
});

test("counts of a map are products, each with its own colour", () => {
  const found = products([1, 2, 0], [1, 2, 3]);
  assert.deepEqual(found, [0, 1, 2, 3, 4, 6]);
  const colours = new Set(found.filter(Boolean).map((count) => heat(count, 6)));
  assert.equal(colours.size, 5);
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

test("the present cell is the one pointed at, or the middle of the window", () => {
  const shape = shapeOf({});
  assert.deepEqual(presentOf(shape, { pane: "input", y: 3, x: 4 }).present, { y: 3, x: 4 });
  assert.deepEqual(presentOf(shape, { pane: "output", y: 1, x: 0 }), {
    present: { y: 3, x: 1 },
    window: { top: 2, left: 0, bottom: 4, right: 2 },
  });
  assert.equal(presentOf(shape, null).present, null);
});
