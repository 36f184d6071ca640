import assert from "node:assert/strict";
import { test } from "node:test";
import { unfilled } from "../../../static/draw/fill.js";
import { AxisWindows } from "../../../static/draw/window.js";
import { winnerOf } from "../../../static/lab/hand/winner.js";
import { Leaders } from "../../../static/lab/motion/leaders.js";
import { Walk } from "../../../static/lab/motion/walk.js";
import { notch } from "../../../static/views/stage/motion.js";
import { groundOf } from "../../../static/views/stage/walk.js";

/** @param {number} rows @param {number} columns */
function walkOver(rows, columns) {
  const walk = new Walk();
  walk.over(rows, columns);
  return walk;
}

/**
 * Let time go by as a page does, which wakes when it is told to, or with the next frame.
 * @param {Walk} walk @param {number} speed @param {number} ms @param {number} [frame]
 */
function play(walk, speed, ms, frame = 16.7) {
  const seen = [walk.at];
  let now = 0;
  walk.advance(now, speed);
  while (now < ms) {
    now += Math.max(walk.wait(now, speed), frame);
    if (now <= ms && walk.advance(now, speed)) seen.push(walk.at);
  }
  return seen;
}

test("it goes from cell to cell, row by row, at its speed", () => {
  const walk = walkOver(3, 4);
  assert.deepEqual(play(walk, 4, 2000), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  assert.deepEqual(walk.cell, { y: 2, x: 0 });
});

test("as fast as frames do not come it leaves out none of the time", () => {
  for (const speed of [1, 7, 30, 60, 144, 1000, 4000]) {
    const walk = walkOver(200, 200);
    play(walk, speed, 5000);
    assert.ok(Math.abs(walk.at - speed * 5) <= Math.max(1, speed * 0.02), `${speed}: ${walk.at}`);
  }
});

test("the last cell is seen, rests, and the first comes again", () => {
  for (const speed of [4, 4000]) {
    const walk = walkOver(5, 5);
    walk.to(20);
    const seen = play(walk, speed, 2600);
    assert.ok(seen.includes(24));
    const after = seen.slice(seen.indexOf(24) + 1);
    assert.ok(after[0] < 24);
    const still = walkOver(5, 5);
    still.to(24);
    still.advance(0, speed);
    assert.ok(still.wait(0, speed) >= 1000);
  }
});

test("what a page slept through is not made up for", () => {
  const walk = walkOver(100, 100);
  walk.advance(0, 4);
  walk.advance(60_000, 4);
  assert.ok(walk.at <= 2);
  walk.halt();
  assert.equal(walk.advance(120_000, 4), false);
  assert.equal(walk.wait(120_000, 4), 250);
});

test("steps by hand wrap around, places are kept inside", () => {
  const walk = walkOver(3, 4);
  walk.to(-1);
  assert.equal(walk.at, 11);
  walk.to(12);
  assert.equal(walk.at, 0);
  walk.put(9, 2);
  assert.deepEqual(walk.cell, { y: 2, x: 2 });
  const none = walkOver(0, 0);
  none.to(5);
  assert.equal(none.at, 0);
});

test("over a smaller map it is about the same place of the picture", () => {
  const walk = walkOver(200, 300);
  walk.put(100, 150);
  assert.equal(walk.over(100, 100), true);
  assert.deepEqual(walk.cell, { y: 50, x: 50 });
  assert.equal(walk.over(100, 100), false);
  walk.over(1, 1);
  assert.equal(walk.at, 0);
});

test("who leads does so at once, and gives back after a while", async () => {
  let changes = 0;
  const leaders = new Leaders(() => {
    changes += 1;
  });
  assert.ok(leaders.grace >= 1000);
  leaders.grace = 20;
  const after = (/** @type {number} */ ms) => new Promise((done) => setTimeout(done, ms));
  leaders.release("pointer");
  assert.equal(leaders.any, false);
  leaders.lead("pointer");
  assert.equal(leaders.any, true);
  assert.equal(changes, 1);
  leaders.release("pointer");
  assert.equal(leaders.any, true);
  // Who comes back in time has never left; another may hold on.
  leaders.lead("pointer");
  await after(60);
  assert.equal(leaders.any, true);
  leaders.lead("keys");
  leaders.release("pointer");
  await after(60);
  assert.equal(leaders.any, true);
  leaders.release("keys");
  await after(60);
  assert.equal(leaders.any, false);
  leaders.lead("pointer");
  leaders.free();
  assert.equal(leaders.any, false);
});

test("every speed has its notch, the nearest", () => {
  assert.equal(notch(1), 0);
  assert.equal(notch(4), 3);
  assert.equal(notch(5), notch(6));
  assert.equal(notch(4000), 22);
  assert.equal(notch(9), notch(10));
});

/**
 * @param {number[][]} index @param {number} input
 * @returns {AxisWindows}
 */
function axis(index, input) {
  return new AxisWindows(
    { axis: "height", input, output: index.length, index, coverage: [], unread: [] },
    0,
    0,
  );
}

/** What is covered, cell by cell. @param {{share: number, cells: import("../../../static/draw/frame.js").Extent[]}[]} layers @param {number} rows @param {number} columns */
function covered(layers, rows, columns) {
  return Array.from({ length: rows }, (_, y) =>
    Array.from({ length: columns }, (_, x) => {
      const over = layers.map(
        ({ cells }) => cells.filter((c) => y >= c.top && y < c.bottom && x >= c.left && x < c.right).length,
      );
      assert.ok(over.every((times) => times <= 1));
      return over.reduce((sum, times) => sum + times, 0);
    }),
  );
}

test("behind the window all is made, before it nothing", () => {
  const layers = unfilled({ pane: "output", y: 1, x: 2 }, null, { rows: 3, columns: 4 });
  assert.deepEqual(covered(layers, 3, 4), [
    [0, 0, 0, 0],
    [0, 0, 0, 1],
    [1, 1, 1, 1],
  ]);
  const last = unfilled({ pane: "output", y: 2, x: 3 }, null, { rows: 3, columns: 4 });
  assert.deepEqual(last[0].cells, []);
});

test("where input cells spread, what others will add to is half made", () => {
  // Stride 2, kernel 3: three input cells reach seven outputs.
  const index = Array.from({ length: 7 }, (_, o) =>
    [0, 1, 2].map((k) => ((o - k) % 2 === 0 && o - k >= 0 && (o - k) / 2 < 3 ? (o - k) / 2 : -1)),
  );
  const windows = { rows: axis(index, 3), columns: axis(index, 3) };
  const map = { rows: 7, columns: 7 };
  const of = (/** @type {number} */ y, /** @type {number} */ x) =>
    covered(unfilled({ pane: "input", y, x }, windows, map), 7, 7);
  // By counting: made when no input cell after this one reaches it, half when one up to this does.
  for (let y = 0; y < 3; y++)
    for (let x = 0; x < 3; x++) {
      const reached = of(y, x);
      const at = y * 3 + x;
      for (let row = 0; row < 7; row++)
        for (let column = 0; column < 7; column++) {
          const inputs = index[row]
            .filter((v) => v >= 0)
            .flatMap((v) => index[column].filter((u) => u >= 0).map((u) => v * 3 + u));
          const wanted = inputs.every((one) => one <= at) ? 0 : inputs.some((one) => one <= at) ? 1 : 2;
          assert.equal(reached[row][column], wanted, `${y} ${x}: ${row} ${column}`);
        }
    }
});

test("where input cells spread, they are walked over; else the outputs are", () => {
  const axes = ["height", "width"].map((axis) => ({
    ...{ axis, input: 3, output: 7, index: [], coverage: [], unread: [] },
  }));
  const shape = { input_shape: [1, 3, 3], output_shape: [1, 7, 7], padding: {}, params: {}, axes };
  const input = { height: 3, width: 3, channels: [] };
  const ground = (/** @type {boolean} */ spreads) => groundOf({ ...shape, spreads }, input);
  assert.deepEqual(ground(true), { pane: "input", rows: 3, columns: 3 });
  assert.deepEqual(ground(false), { pane: "output", rows: 7, columns: 7 });
});

test("the winner lies where the pictures show it", () => {
  /** @param {number[]} cell @param {(number[] | null)[]} inputs @param {number} chosen */
  const trace = (cell, inputs, chosen) =>
    /** @type {any} */ ({ cell, terms: inputs.map((input, at) => ({ input, chosen: at === chosen })) });
  /** @param {number} axes @param {number[]} output_shape */
  const shape = (axes, output_shape) =>
    /** @type {any} */ ({ axes: Array(axes).fill({}), output_shape, input_shape: [3, 8, 8] });
  const picture = { height: 9 };
  assert.deepEqual(
    winnerOf(trace([2, 1, 0], [null, [2, 3, 1], [2, 3, 2]], 2), shape(2, [3, 4, 4]), picture),
    {
      y: 1,
      x: 0,
      channel: 2,
      cells: [{ y: 3, x: 2 }],
    },
  );
  assert.deepEqual(winnerOf(trace([1, 2], [[1, 5]], 0), shape(1, [3, 4]), picture), {
    y: 0,
    x: 2,
    channel: 1,
    cells: [{ y: 4, x: 5 }],
  });
  assert.deepEqual(winnerOf(trace([0, 0, 1, 1], [[0, 2, 3, 4]], 0), shape(3, [1, 1, 4, 4]), picture), {
    y: 1,
    x: 1,
    channel: 2,
    cells: [{ y: 3, x: 4 }],
  });
  assert.equal(winnerOf(trace([0, 0, 0], [[0, 1, 1]], -1), shape(2, [3, 4, 4]), picture), null);
  assert.equal(winnerOf(trace([3], [[0, 1, 1]], 0), shape(0, [27]), picture), null);
});
