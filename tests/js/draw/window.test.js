import assert from "node:assert/strict";
import { test } from "node:test";
import { AxisWindows, axisWindows, runs } from "../../../static/draw/window.js";

/**
 * An axis as the server would tell it. The law stands here once more, as the test's own oracle.
 * @param {{n: number, k: number, s?: number, d?: number, p?: number, mode?: string}} setting
 */
function axisOf({ n, k, s = 1, d = 1, p = 0, mode = "zeros" }) {
  const output = Math.floor((n + 2 * p - d * (k - 1) - 1) / s) + 1;
  const source = (/** @type {number} */ at) => {
    if (at >= 0 && at < n) return at;
    if (mode === "circular") return (at + n) % n;
    if (mode === "replicate") return at < 0 ? 0 : n - 1;
    if (mode === "reflect") return at < 0 ? -at : 2 * (n - 1) - at;
    return -1;
  };
  const index = Array.from({ length: output }, (_, o) =>
    Array.from({ length: k }, (_, i) => source(o * s - p + i * d)),
  );
  const read = new Set(index.flat());
  const unread = Array.from({ length: n }, (_, i) => i).filter((i) => !read.has(i));
  return { axis: "height", input: n, output, index, coverage: [], unread };
}

test("numbers in a row are joined", () => {
  assert.deepEqual(runs([]), []);
  assert.deepEqual(runs([1, 2, 3, 7, 9, 10]), [
    [1, 4],
    [7, 8],
    [9, 11],
  ]);
});

test("positions of every window come out of the table alone", () => {
  let settings = 0;
  for (const mode of ["zeros", "reflect", "replicate", "circular"]) {
    for (const n of [5, 8, 13])
      for (const k of [1, 2, 3, 5])
        for (const s of [1, 2, 3, 5])
          for (const d of [1, 2, 3])
            for (const p of [0, 1, 3]) {
              if (d * (k - 1) + 1 > n) continue;
              const axis = axisOf({ n, k, s, d, p, mode });
              const windows = new AxisWindows(axis, p, p);
              for (let o = 0; o < axis.output; o++) {
                windows.taps(o).forEach(({ at, reads }, i) => {
                  assert.equal(reads, axis.index[o][i]);
                  if (reads < 0) assert.ok(at < 0 || at >= n);
                  if (at >= 0 && at < n) assert.equal(reads, at);
                });
              }
              settings++;
            }
  }
  assert.ok(settings > 500);
});

test("padded positions are where they belong", () => {
  const windows = new AxisWindows(axisOf({ n: 8, k: 3, s: 2, d: 2, p: 3 }), 3, 3);
  assert.deepEqual(
    windows.taps(0).map(({ at }) => at),
    [-3, -1, 1],
  );
  assert.deepEqual(
    windows.taps(4).map(({ at }) => at),
    [5, 7, 9],
  );
});

test("the outputs that an input cell reaches are the table turned round", () => {
  const axis = axisOf({ n: 11, k: 3, s: 2, d: 2, p: 2, mode: "reflect" });
  const windows = new AxisWindows(axis, 2, 2);
  for (let cell = 0; cell < 11; cell++) {
    const expected = axis.index.flatMap((row, o) => (row.includes(cell) ? [o] : []));
    assert.deepEqual(windows.reached(cell), expected);
  }
  assert.deepEqual(windows.reached(99), []);
});

test("the border tells what each padded position reads", () => {
  const mirrored = new AxisWindows(axisOf({ n: 4, k: 3, p: 2, mode: "reflect" }), 2, 2);
  assert.deepEqual([...mirrored.border()], [2, 1, 0, 1, 2, 3, 2, 1]);
  const zeros = new AxisWindows(axisOf({ n: 4, k: 3, p: 1, s: 2 }), 1, 1);
  assert.deepEqual([...zeros.border()], [-1, 0, 1, 2, 3, -2]);
});

test("a place in the output belongs to the middle of its window, and back", () => {
  const windows = new AxisWindows(axisOf({ n: 20, k: 3, s: 3, p: 1 }), 1, 1);
  assert.equal(windows.toInput(0.5), 0.5);
  assert.equal(windows.toInput(2.5), 6.5);
  assert.equal(windows.toOutput(6.5), 2.5);
});

test("a table that no sliding window explains still shows the cells read", () => {
  const axis = {
    axis: "height",
    input: 9,
    output: 3,
    index: [
      [0, 5],
      [1, 3],
      [8, 2],
    ],
    coverage: [],
    unread: [],
  };
  const windows = new AxisWindows(axis, 0, 0);
  assert.deepEqual(
    windows.taps(1).map(({ at }) => at),
    [1, 3],
  );
  assert.deepEqual(windows.reached(3), [1]);
});

test("windows are made once for an axis", () => {
  const axis = axisOf({ n: 5, k: 3 });
  assert.equal(axisWindows(axis, 0, 0), axisWindows(axis, 0, 0));
});

test("cells that are never read are known one by one", () => {
  const windows = new AxisWindows(axisOf({ n: 8, k: 1, s: 3 }), 0, 0);
  assert.deepEqual(
    [0, 1, 2, 3].map((cell) => windows.isUnread(cell)),
    [false, true, true, false],
  );
});

test("a kernel turned round covers the same cells, from the end", () => {
  const index = [
    [1, 0, -1],
    [2, 1, 0],
    [-1, 2, 1],
  ];
  const axis = { axis: "width", input: 3, output: 3, index, coverage: [2, 3, 2], unread: [] };
  const windows = new AxisWindows(axis, 1, 1);
  assert.deepEqual(
    windows.taps(0).map((tap) => tap.at),
    [1, 0, -1],
  );
  assert.deepEqual([windows.before, windows.toOutput(1.5)], [1, 1.5]);
});

test("padding that is cut from the output is no border of the input", () => {
  // A transposed convolution of stride 2 with a kernel of 3 and padding 1.
  const index = Array.from({ length: 15 }, (_, output) =>
    [1, 0, -1].map((shift) =>
      (output + shift) % 2 === 0 && output + shift < 16 ? (output + shift) / 2 : -1,
    ),
  );
  const axis = { axis: "width", input: 8, output: 15, index, coverage: Array(8).fill(3), unread: [] };
  const windows = new AxisWindows(axis, 1, 1);
  assert.deepEqual([windows.steps, windows.before, windows.after], [null, 0, 0]);
  assert.deepEqual(windows.taps(1), [
    { at: 1, reads: 1 },
    { at: 0, reads: 0 },
  ]);
});

test("no border that repeats the input is read beyond its end", () => {
  // A transposed convolution of stride 1 with a kernel of 3: a step of 8 would lead out of the picture at once.
  const index = Array.from({ length: 10 }, (_, output) =>
    [0, 1, 2].map((shift) => (output - shift >= 0 && output - shift < 8 ? output - shift : -1)),
  );
  const axis = { axis: "width", input: 8, output: 10, index, coverage: Array(8).fill(3), unread: [] };
  const windows = new AxisWindows(axis, 0, 0);
  assert.equal(windows.steps, null);
  assert.deepEqual(
    windows.taps(4).map((tap) => tap.at),
    [4, 3, 2],
  );
});
