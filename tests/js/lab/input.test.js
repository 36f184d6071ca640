import assert from "node:assert/strict";
import { test } from "node:test";
import { cropOf, moved, ranges, shortCrop } from "../../../static/lab/input/crop.js";
import { inside, MOST_EDITS, painted, withEdits } from "../../../static/lab/input/edits.js";

const whole = { height: 400, width: 600 };

test("a rectangle of cells stands for pixels of the picture", () => {
  const input = { height: 40, width: 60 };
  assert.deepEqual(cropOf({ y: 4, x: 6, height: 20, width: 30 }, input, null, whole), [40, 60, 200, 300]);
  assert.deepEqual(cropOf({ y: 0, x: 0, height: 40, width: 60 }, input, null, whole), [0, 0, 400, 600]);
});

test("a part of a part is counted in the whole picture, and holds at least a pixel", () => {
  const [crop, input] = [/** @type {any} */ ([100, 50, 20, 10]), { height: 20, width: 10 }];
  assert.deepEqual(cropOf({ y: 19, x: 9, height: 1, width: 1 }, input, crop, whole), [119, 59, 1, 1]);
  const fine = { height: 80, width: 40 };
  assert.deepEqual(cropOf({ y: 79, x: 0, height: 1, width: 1 }, fine, crop, whole), [119, 50, 1, 1]);
});

test("a corner that moves takes from the size what no longer fits", () => {
  assert.deepEqual(moved([0, 0, 400, 600], 0, 150, whole), [150, 0, 250, 600]);
  assert.deepEqual(moved([10, 0, 100, 600], 1, 599, whole), [10, 599, 100, 1]);
  assert.deepEqual(moved([10, 20, 100, 100], 2, 390, whole), [10, 20, 390, 100]);
  assert.deepEqual(ranges([10, 20, 1, 1], whole), [
    [0, 399],
    [0, 599],
    [1, 390],
    [1, 580],
  ]);
  assert.equal(shortCrop([0, 0, 400, 600], whole), null);
  assert.deepEqual(shortCrop([0, 1, 400, 599], whole), [0, 1, 400, 599]);
});

test("every painted cell stands once, with what was painted last, and there is a most", () => {
  const cells = [
    { y: 0, x: 1 },
    { y: 2, x: 3 },
  ];
  const once = painted([], cells, 9);
  assert.deepEqual(painted(once, cells.slice(1), 7), [
    [0, 1, 9],
    [2, 3, 7],
  ]);
  const many = Array.from({ length: MOST_EDITS + 5 }, (_, at) => ({ y: at % 64, x: Math.floor(at / 64) }));
  const full = painted([], many, 1);
  assert.equal(full.length, MOST_EDITS);
  assert.equal(painted(full, many, 2).filter((edit) => edit[2] === 2).length, MOST_EDITS);
  assert.deepEqual(inside(once, { height: 2, width: 2 }), [[0, 1, 9]]);
});

test("edits are set in every channel, and what lies outside is nobody's", () => {
  const channels = [Uint8Array.of(1, 2, 3, 4, 5, 6), Uint8Array.of(7, 8, 9, 10, 11, 12)];
  const pixels = { height: 2, width: 3, channels };
  const edited = withEdits(pixels, [
    [1, 0, 99],
    [0, 3, 50],
    [2, 0, 50],
  ]);
  assert.deepEqual(edited.channels[0], Uint8Array.of(1, 2, 3, 99, 5, 6));
  assert.deepEqual(edited.channels[1], Uint8Array.of(7, 8, 9, 99, 11, 12));
  assert.equal(channels[0][3], 4);
});
