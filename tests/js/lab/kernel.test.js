import assert from "node:assert/strict";
import { test } from "node:test";
import { between } from "../../../static/draw/line.js";
import { CHANGES, random, turned } from "../../../static/lab/kernel/changes.js";

const wide = [
  [1, 2, 3],
  [4, 5, -6],
];

test("a kernel is turned, flipped and negated as a whole", () => {
  assert.deepEqual(CHANGES.rotate(wide), [
    [4, 1],
    [5, 2],
    [-6, 3],
  ]);
  const { rotate } = CHANGES;
  assert.deepEqual(rotate(rotate(rotate(rotate(wide)))), wide);
  assert.deepEqual(rotate(rotate(wide)), CHANGES.turn(wide));
  assert.deepEqual(CHANGES.mirror(wide), [
    [3, 2, 1],
    [-6, 5, 4],
  ]);
  assert.deepEqual(CHANGES.overturn(wide), [wide[1], wide[0]]);
  assert.deepEqual(CHANGES.negate([[0, -1.5]]), [[0, 1.5]]);
});

test("a symmetric kernel is the same however it is flipped", () => {
  for (const values of [wide, [[7]], [[1, 2, 3, 4]], CHANGES.rotate(wide)]) {
    const even = CHANGES.symmetric(values);
    assert.deepEqual(even, CHANGES.mirror(even));
    assert.deepEqual(even, CHANGES.overturn(even));
    assert.equal(even[0][0], values[0][0]);
    assert.equal(turned([even]), "same");
  }
});

test("what turning makes of kernels is the same, the negative or another", () => {
  const sobel = [
    [-1, 0, 1],
    [-2, 0, 2],
    [-1, 0, 1],
  ];
  const box = [[1, 1]];
  assert.equal(turned([sobel]), "negated");
  assert.equal(turned([box, [[0, 0]]]), "same");
  assert.equal(turned([wide]), "other");
  assert.equal(turned([box, [[1, -1]]]), "other");
});

test("random weights are whole, small, and the same for the same seed", () => {
  const blank = Array.from({ length: 31 }, () => Array(31).fill(0));
  const drawn = random(blank, 1);
  assert.deepEqual(drawn, random(blank, 1));
  assert.notDeepEqual(drawn, random(blank, 2));
  assert.deepEqual(
    [...new Set(drawn.flat())].sort((a, b) => a - b),
    [-4, -3, -2, -1, 0, 1, 2, 3, 4],
  );
});

test("a stroke leaves no cell out", () => {
  assert.deepEqual(between({ y: 1, x: 1 }, { y: 1, x: 1 }), []);
  assert.deepEqual(between({ y: 0, x: 0 }, { y: -1, x: 3 }), [
    { y: 0, x: 1 },
    { y: -1, x: 2 },
    { y: -1, x: 3 },
  ]);
});
