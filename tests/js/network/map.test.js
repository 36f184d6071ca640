/** The way back through a network, the order of a sum, and what stands in the panes: without a page. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { heatPixels } from "../../../static/draw/contribution.js";
import { inBlocks } from "../../../static/network/answers/blocks.js";
import { ordered } from "../../../static/network/answers/parts.js";
import { rowLength, seenAt } from "../../../static/network/answers/sheets.js";
import { strongestFirst } from "../../../static/network/answers/terms.js";
import { fieldOf, furthest, strongestCell } from "../../../static/network/graph/place.js";
import { greatest, stepBack, stopAt } from "../../../static/network/graph/walk.js";

/** @param {number[]} products of one-cell channels @param {object} [more] */
function trace(products, more = {}) {
  const text = products.map(String);
  const sum = products.reduce((a, b) => a + b, 0);
  const terms = products.map((product, at) => ({
    ...{
      of: "input",
      input: [at, 4, 5],
      kernel: [at, 0, 0],
      value: product,
      weight: 1,
      product,
      chosen: false,
    },
  }));
  const partials = products.map((product, start) => ({ start, count: 1, sum: product }));
  const printed = {
    values: text,
    weights: text.map(() => "1"),
    products: text,
    partials: text,
    sum: String(sum),
    value: String(sum),
  };
  return /** @type {any} */ ({
    reduction: "sum",
    each: null,
    cell: [0, 4, 5],
    terms,
    partials,
    printed,
    ...more,
  });
}

/** @param {any} one @param {string[]} layers */
const told = (one, layers = ["conv1/relu"]) => ({
  ...{ layer: "fire2", cell: [0, 4, 5], sources: {} },
  steps: [
    { layer: "fire2", operation: "conv2d", sources: { input: layers[0], other: layers[1] }, trace: one },
  ],
});

test("what gave most pulls with the sum, and is read from a cell", () => {
  assert.equal(greatest(trace([1, 5, -9, 4])), 1);
  assert.equal(greatest(trace([1, 5, -9, -4])), 2, "of a negative sum the most negative");
  const padded = trace([1, 5, 2]);
  padded.terms[1].input = null;
  assert.equal(greatest(padded), 2);
  padded.terms[0].input = padded.terms[2].input = null;
  assert.equal(greatest(padded), null);
});

test("a maximum goes back to the one that was taken, a softmax to its own number", () => {
  const max = trace([1, 5, 5], { reduction: "max" });
  max.terms[2].chosen = true;
  assert.equal(greatest(max), 2);
  const softmax = trace([1, 5, 3], { each: "exp(x - max)", cell: [2] });
  softmax.terms.forEach((/** @type {any} */ term, /** @type {number} */ at) => {
    term.input = [at];
  });
  assert.equal(greatest(softmax), 2);
});

test("a step back names layer, cell, value and share", () => {
  const stop = stepBack(told(trace([1, 6, 1])));
  assert.deepEqual([stop?.layer, stop?.cell, stop?.value], ["conv1/relu", [1, 4, 5], "6"]);
  assert.equal(stop?.gift?.share, 0.75);
  assert.equal(stop?.gift?.picks, false);
  assert.equal(stopAt(told(trace([1, 6, 1])), "input", [2, 4, 5])?.gift?.gives, "1");
  assert.equal(stopAt(told(trace([1, 6, 1])), "input", [3, 4, 5]), null);
  assert.equal(stepBack(told(trace([7])))?.gift?.picks, true);
});

test("the strongest channels come first, with all that belongs to them", () => {
  const before = trace([1, -6, 3]);
  const after = strongestFirst(before);
  assert.deepEqual(after.printed.products, ["-6", "3", "1"]);
  assert.deepEqual(after.printed.partials, ["-6", "3", "1"]);
  assert.deepEqual(
    after.terms.map(({ input }) => input?.[0]),
    [1, 2, 0],
  );
  assert.deepEqual(
    after.partials.map(({ start }) => start),
    [0, 1, 2],
  );
  assert.equal(after.printed.sum, before.printed.sum);
  assert.equal(strongestFirst(before), after, "made once");
  const max = trace([1, 2], { reduction: "max" });
  assert.equal(strongestFirst(max), max, "a maximum has an order of its own");
});

test("numbers in a row are sorted themselves", () => {
  const dense = trace([1, -6, 3], { partials: [{ start: 0, count: 3, sum: -2 }] });
  dense.terms.forEach((/** @type {any} */ term, /** @type {number} */ at) => {
    [term.kernel, term.input] = [[at], [at]];
  });
  dense.printed.partials = ["-2"];
  assert.deepEqual(strongestFirst(dense).printed.values, ["-6", "3", "1"]);
});

test("the strongest cell and the field it sees", () => {
  const map = {
    channel: 0,
    height: 2,
    width: 3,
    min: -1,
    max: 4,
    levels: Uint8Array.of(0, 9, 9, 9, 255, 255),
  };
  assert.deepEqual(strongestCell(map), { y: 1, x: 1 });
  assert.deepEqual(strongestCell({ ...map, min: -5 }), { y: 0, x: 0 });
  assert.equal(furthest([1, -7, 7]), 1);
  const axes = ["height", "width"].map((axis) => ({ axis, size: 7, jump: 4, start: 2.5 }));
  const layer = /** @type {any} */ ({ field: axes });
  assert.deepEqual(fieldOf(layer, [9, 0, 2]), { first: [-0.5, 7.5], last: [5.5, 13.5] });
  assert.deepEqual(fieldOf(layer, [9]), { first: [-0.5, -0.5], last: [5.5, 5.5] });
});

test("long lists stand in rows", () => {
  assert.deepEqual([rowLength(10), rowLength(1000)], [10, 40]);
  assert.deepEqual(seenAt([967], 40), { y: 24, x: 7 });
  assert.deepEqual(seenAt([3, 1, 2], 1), { y: 1, x: 2 });
});

test("parts by strength or by number", () => {
  const maps = [1, -5, 3].map((max, channel) => ({
    ...{
      channel,
      height: 1,
      width: 1,
      min: Math.min(max, 0),
      max: Math.max(max, 0),
      levels: new Uint8Array(1),
    },
  }));
  assert.deepEqual(ordered(maps, "strength"), [1, 2, 0]);
  assert.deepEqual(ordered(maps, "index"), [0, 1, 2]);
});

test("blocks together give what all pixels do, and zero is clear", () => {
  const numbers = Float32Array.from({ length: 30 }, (_, at) => (at % 3 === 0 ? 2 : at % 3 === 1 ? 0 : -1));
  const map = { channel: 0, height: 5, width: 6, min: -1, max: 2, levels: /** @type {any} */ (numbers) };
  const value = (
    /** @type {import("../../../static/types.js").FeatureMap} */ { min, max, levels },
    /** @type {number} */ at,
  ) => min + (levels[at] * (max - min)) / 255;
  // The corners of the four blocks: 4 x 4, 4 x 2, 1 x 4, 1 x 2.
  const blocks = inBlocks(map, 4);
  const total = [0, 4, 24, 28].reduce((sum, at) => sum + value(blocks, at), 0);
  assert.ok(Math.abs(total - 10) < 0.1, `${total} is not 10`);
  assert.equal(inBlocks(map, 4), blocks);
  const pixels = inBlocks(map, 1);
  for (const at of numbers.keys()) assert.ok(Math.abs(value(pixels, at) - numbers[at]) < 0.01);
  const out = new Uint32Array(30);
  heatPixels(pixels, out);
  assert.deepEqual([out[0] >>> 24, out[1] >>> 24], [255, 0], "most is dense, nothing is clear");
  assert.ok((out[0] & 255) > ((out[0] >> 16) & 255), "for it: orange");
  assert.ok((out[2] & 255) < ((out[2] >> 16) & 255), "against it: blue");
});
