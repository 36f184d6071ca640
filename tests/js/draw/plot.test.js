import assert from "node:assert/strict";
import { test } from "node:test";
import { at, barLength, bars, countTicks, line, nearest, ticks } from "../../../static/draw/plot.js";

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
