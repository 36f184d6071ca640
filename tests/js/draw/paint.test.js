import assert from "node:assert/strict";
import { test } from "node:test";
import { lut, pixel, ZERO } from "../../../static/draw/colour.js";
import { entryOf, levelColours, paintLevels, paintRgb, words } from "../../../static/draw/paint.js";

const image = (/** @type {number} */ cells) => ({ data: new Uint8ClampedArray(4 * cells) });

test("zero is the middle of diverging, whatever the scale", () => {
  for (const scale of [
    { lo: -10, hi: 10 },
    { lo: -3, hi: 10 },
    { lo: -10, hi: 3 },
    { lo: 0, hi: 5 },
    { lo: 0, hi: 0 },
  ]) {
    assert.equal(entryOf(0, scale, "diverging"), ZERO);
  }
  assert.equal(entryOf(-10, { lo: -10, hi: 10 }, "diverging"), 1);
  assert.equal(entryOf(10, { lo: -10, hi: 10 }, "diverging"), 255);
  assert.equal(
    entryOf(-5, { lo: -10, hi: 3 }, "diverging") + entryOf(5, { lo: -3, hi: 10 }, "diverging"),
    2 * ZERO,
  );
});

test("other maps run from lo to hi, and what lies beyond is at the end", () => {
  const scale = { lo: 100, hi: 200 };
  assert.deepEqual(
    [50, 100, 150, 200, 300].map((value) => entryOf(value, scale, "sequential")),
    [0, 0, 128, 255, 255],
  );
  assert.equal(entryOf(7, { lo: 7, hi: 7 }, "grey"), 128);
});

test("levels stand for min + q (max - min) / 255", () => {
  const map = { min: -100, max: 155 };
  const colours = levelColours(map, { lo: -155, hi: 155 }, "diverging");
  const table = lut("diverging");
  for (const q of [0, 1, 99, 100, 101, 255]) {
    assert.equal(colours[q], table[entryOf(q - 100, { lo: -155, hi: 155 }, "diverging")]);
  }
  assert.equal(colours[100], table[ZERO]);
});

test("a grey map over its own range is painted level by level", () => {
  const levels = Uint8Array.from({ length: 256 }, (_, i) => i);
  const out = image(256);
  paintLevels(out, levels, { min: -7, max: 3 }, { lo: -7, hi: 3 }, "grey");
  assert.deepEqual([...words(out)], [...lut("grey")]);
});

test("a constant map is one colour", () => {
  const out = image(4);
  paintLevels(out, new Uint8Array(4), { min: 0, max: 0 }, { lo: 0, hi: 0 }, "diverging");
  assert.ok(words(out).every((word) => word === lut("diverging")[ZERO]));
});

test("three channels are painted exactly, one is grey", () => {
  const channels = [Uint8Array.of(0, 255, 12), Uint8Array.of(1, 128, 200), Uint8Array.of(2, 0, 255)];
  const out = image(3);
  paintRgb(out, channels);
  assert.deepEqual([...words(out)], [pixel(0, 1, 2), pixel(255, 128, 0), pixel(12, 200, 255)]);
  paintRgb(out, [channels[1]]);
  assert.deepEqual([...words(out)], [pixel(1, 1, 1), pixel(128, 128, 128), pixel(200, 200, 200)]);
});
