import assert from "node:assert/strict";
import { test } from "node:test";
import { at, barLength, bars, countTicks, line, nearest, ticks } from "../../../static/draw/plot.js";
import en from "../../../static/messages/en.json" with { type: "json" };
import { translator } from "../../../static/page/i18n.js";
import { share } from "../../../static/views/curve/curve.js";
import { partsAt } from "../../../static/views/parts/words.js";

const t = translator("en", en);
const NAMES = ["red", "green", "blue"];

/** @param {object} printed @returns {any} */
const traced = (printed) => ({
  reduction: "sum",
  printed: {
    ...{ partials: ["28", "-174", "186"], sum: "40", divisor: null, quotient: null, remainder: null },
    ...{ bias: null, before: null, steps: [], value: "40", residual: "0", ...printed },
  },
});

test("the numbers of the parts are the trace's, and the line says how they add up", () => {
  const plain = partsAt(traced({}), NAMES, "", t);
  assert.deepEqual(plain.each, ["28", "−174", "186"]);
  assert.equal(plain.line, "red 28 + green (−174) + blue 186 = 40");
  const biased = partsAt(traced({ bias: "-20", value: "20" }), NAMES, "", t);
  assert.equal(biased.line, "red 28 + green (−174) + blue 186 = 40 + bias (−20) = 20");
  assert.equal(biased.sum, "20");
  const steps = [{ operand: null, result: "0", residual: null }];
  const activated = partsAt(traced({ bias: "-50", before: "-10", steps, value: "0" }), NAMES, "ReLU", t);
  assert.equal(activated.line, "red 28 + green (−174) + blue 186 = 40 + bias (−50) = −10 → ReLU → 0");
  assert.deepEqual([activated.sum, activated.after], ["−10", "0"]);
});

test("a divisor stands under every part, with what is left over; one part alone is not added", () => {
  const printed = { divisor: "9", quotient: "4.4444", remainder: "0.0004", value: "4.4444" };
  const divided = partsAt(traced(printed), NAMES, "", t);
  assert.deepEqual(divided.each, ["28 ÷ 9", "−174 ÷ 9", "186 ÷ 9"]);
  assert.match(divided.line, /= 40 ÷ 9 = 4\.4444 \(remainder 0\.0004\)$/);
  assert.equal(partsAt(traced({ partials: ["40"] }), ["grey"], "", t).line, "grey 40");
});

test("where the trace has other parts than the pictures, only the whole is told", () => {
  const other = partsAt(traced({ partials: [] }), NAMES, "", t);
  assert.deepEqual([other.each, other.sum, other.line], [[], "40", "40"]);
  const planes = partsAt(traced({ partials: ["28", "12"] }), ["channel 0"], "", t);
  assert.deepEqual([planes.each, planes.line], [["40"], "channel 0 40"]);
});

test("ticks are round numbers inside the axis, zero among them, whatever its reach", () => {
  assert.deepEqual(ticks(-2445, 2215, 6), [-2000, -1000, 0, 1000, 2000]);
  assert.deepEqual(ticks(-0.1, 1.1, 4), [0, 0.5, 1]);
  assert.deepEqual(ticks(0.3, 0.5, 3), [0.3, 0.4, 0.5]);
  assert.deepEqual(ticks(5, 5, 3), []);
  for (const [lo, hi] of [
    [-1e-7, 3e-7],
    [-1.7e308, 1.7e308],
    [-3e9, 1],
  ]) {
    const found = ticks(lo, hi, 7);
    assert.ok(found.length >= 2 && found.length <= 8, `${found}`);
    assert.ok(found.includes(0) && found.every((one) => one >= lo && one <= hi));
  }
});

test("counts are marked by whole round numbers or by powers of ten, the largest of them always", () => {
  assert.deepEqual(countTicks(34000, false, 3), [20000]);
  assert.deepEqual(countTicks(3, false, 8), [1, 2, 3]);
  assert.deepEqual(countTicks(34000, true, 3), [1, 100, 10000]);
  assert.deepEqual(countTicks(1, true, 3), [1]);
});

test("bars are as long as their counts, none where nothing is, and never blocks", () => {
  assert.deepEqual(
    [0, 5, 10].map((count) => barLength(count, 10, false)),
    [0, 0.5, 1],
  );
  assert.equal(barLength(0, 10, true), 0);
  assert.equal(barLength(9, 99, true), 0.5);
  const axis = { lo: 0, hi: 10, from: 0, to: 100 };
  const reach = (/** @type {number} */ count) => count * 2;
  assert.equal(
    bars(axis, [0, 1, 2, 3], [4, 0, 5], reach, 7, true),
    "M0.0 7h10.0V15.0h-10.0zM20.0 7h10.0V17.0h-10.0z",
  );
  assert.equal(bars(axis, [0, 10], [4], reach, 7, false), "M7 43.0v14.0H15.0v-14.0z");
  assert.match(
    bars(axis, [0, 10, 20, 30, 40, 50, 60, 70, 80, 90], Array(9).fill(1), reach, 7, true),
    /^M0\.0 7h100\.0/,
  );
});

test("a line breaks where there is no number; the nearest point is found", () => {
  const axis = { lo: 0, hi: 2, from: 0, to: 20 };
  assert.equal(
    line(axis, { ...axis, from: 20, to: 0 }, [0, 1, 1.5, 2], [0, 1, null, 2]),
    "M0.0 20.0L10.0 10.0M20.0 0.0",
  );
  assert.equal(at({ lo: -1.7e308, hi: 1.7e308, from: 0, to: 10 }, 0), 5);
  assert.equal(nearest([-4, -1, 0, 2], 0.9), 2);
});

test("the share of zeros counts what is not finite among the cells, and is not rounded up", () => {
  const told = { min: 0, max: 1, mean: 0, zeros: 1, not_finite: 1, edges: [0, 1, 2], counts: [1, 4] };
  assert.equal(share(told), "16.6");
  assert.equal(share({ ...told, counts: [5000] }), "< 0.1");
  assert.equal(share({ ...told, zeros: 0, not_finite: 0, counts: [] }), "0");
});
