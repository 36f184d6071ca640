import assert from "node:assert/strict";
import { test } from "node:test";
import { middleRow, pictureAxes } from "../../../static/draw/axes.js";
import { prune } from "../../../static/lab/address.js";
import {
  copiedInputs,
  drawnInputs,
  editsKernel,
  requiring,
  sources,
} from "../../../static/lab/input/inputs.js";
import { inputNames, mapLabels } from "../../../static/lab/models.js";
import { defaultOf, shownParams, startParams, withParam } from "../../../static/lab/params.js";
import { nativeCell, regionOf, seenAt, stackOf } from "../../../static/lab/stack.js";
import { TABLE } from "../../../static/lab/state.js";
import { computation, withPicture } from "../../../static/lab/wishes.js";
import en from "../../../static/messages/en.json" with { type: "json" };
import { parseParam } from "../../../static/page/entries.js";
import { translator } from "../../../static/page/i18n.js";
import { readList } from "../../../static/views/fields/list.js";

const t = translator("en", en);
const text = { en: "", zh: "" };
const common = { family: { name: "f", texts: text }, texts: { title: text, summary: text } };

/** @param {string} list as name:kind, with ? where optional */
function inputsOf(list) {
  return list.split(" ").map((one) => {
    const [name, kind] = one.replace("?", "").split(":");
    return { name, kind, required: !one.endsWith("?"), texts: { en: name, zh: name } };
  });
}

/** @param {string} name @param {number | null} dims @param {string} inputs @param {object[]} [params] @returns {any} */
function operation(name, dims, inputs, params = []) {
  return { ...common, name, dims, inputs: inputsOf(inputs), params };
}

/** @param {string} name @param {object} more @returns {any} */
const param = (name, more) => ({
  ...{ name, kind: "integer", axes: 0, default: null, min: 1, max: 99, step: 1, choices: null, unit: null },
  ...{ label: text, help: text, follows: null, required: false, start: null, ...more },
});

const SIZE = param("size", { follows: "weight" });
const CONV2 = operation("conv2", 2, "input:maps weight:kernel bias:per_kernel? divisor:per_kernel?", [SIZE]);
const CONV1 = operation("conv1", 1, "input:maps weight:kernel bias:per_kernel? divisor:per_kernel?", [SIZE]);
const TWO = operation("two", null, "input:maps other:maps third:maps?");
const DENSE = operation("dense", null, "input:maps weight:numbers target:places mean:numbers?");

/** @param {number[]} output @param {number[]} input @param {number} [axes] @returns {any} */
const shaped = (output, input, axes = 0) => ({
  output_shape: output,
  input_shape: input,
  axes: Array.from({ length: axes }, () => ({})),
});

test("a kernel is edited where it is a table; what else is needed is drawn, or the same picture", () => {
  assert.deepEqual([CONV2, CONV1, TWO, DENSE].map(editsKernel), [true, false, false, false]);
  const names = (/** @type {{name: string}[]} */ inputs) => inputs.map((input) => input.name);
  assert.deepEqual(names(drawnInputs(CONV2)), []);
  assert.deepEqual(names(drawnInputs(CONV1)), ["weight"]);
  assert.deepEqual(names(drawnInputs(DENSE)), ["weight", "target"]);
  assert.deepEqual(names(copiedInputs(TWO)), ["other"]);
  assert.deepEqual(sources(TWO), { other: null });
  assert.deepEqual(sources(DENSE), { weight: { seed: 1 }, target: { seed: 1 } });
});

test("an input that the server turns out to need is drawn from then on", () => {
  const operations = requiring([CONV2, DENSE], "dense", "mean");
  assert.deepEqual(drawnInputs(/** @type {any} */ (operations)[1]).at(-1)?.name, "mean");
  assert.equal(requiring(/** @type {any} */ (operations), "dense", "mean"), null, "asked once");
  assert.equal(requiring([CONV2], "conv2", "nobody"), null);
});

test("the picture stands wherever an operation takes maps", () => {
  const picture = { image: "cat", size: 32, color: "rgb", frame: 0 };
  const body = computation(TABLE.defaults(), TWO, []);
  assert.deepEqual(withPicture(body, picture), {
    operation: "two",
    params: {},
    input: picture,
    inputs: { other: picture },
  });
});

test("sizes that follow from a drawn kernel are set by hand; those of an edited one are not", () => {
  assert.deepEqual(shownParams(CONV2), []);
  assert.deepEqual(shownParams(CONV1), [SIZE]);
});

test("a parameter without a default begins where it says, and can be left to the server", () => {
  const scale = param("scale", { kind: "number", start: 2 });
  const resize = operation("resize", 2, "input:maps", [scale, param("other", {})]);
  assert.equal(defaultOf(scale), 2);
  assert.deepEqual(startParams(resize), { scale: 2 });
  assert.deepEqual(withParam({}, scale, null), { scale: null });
  assert.deepEqual(withParam({ scale: null }, scale, 2), {});
  assert.equal(parseParam("null"), null);
  const values = { ...TABLE.defaults(), op: "resize", params: { scale: null } };
  const presets = [{ name: "sobel-x", values: [[1]], divisor: 1, texts: common.texts }];
  assert.deepEqual(prune(values, [resize], presets).dropped, []);
  assert.deepEqual(computation(values, resize, []).params, { scale: null });
});

test("lists in an address have a number for each axis, or one for all", () => {
  const three = operation("three", 3, "input:maps", [
    param("stride", { axes: 3, default: 1 }),
    param("padding", { kind: "padding", axes: 3, default: 0 }),
    param("sizes", { kind: "sizes" }),
  ]);
  const dropped = (/** @type {object} */ params) =>
    prune(
      { ...TABLE.defaults(), op: "three", params: /** @type {any} */ (params) },
      [three],
      [{ name: "sobel-x", values: [[1]], divisor: 1, texts: common.texts }],
    ).dropped;
  assert.deepEqual(dropped({ stride: [1, 2, 3], padding: [0, 1, 0, 1, 0, 1], sizes: [4, 5] }), []);
  assert.deepEqual(dropped({ stride: [1, 2] }), ["p.stride=1,2"]);
  assert.deepEqual(dropped({ padding: [1, 2, 3, 4] }), ["p.padding=1,2,3,4"]);
});

test("an output of any rank is a stack of maps, and every cell of it is found again", () => {
  const size = (/** @type {any} */ shape) => {
    const { maps, height, width } = stackOf(shape);
    return [maps, height, width];
  };
  assert.deepEqual(size(shaped([4, 5, 6], [3, 5, 6], 2)), [4, 5, 6]);
  assert.deepEqual(size(shaped([4, 9], [3, 9], 1)), [4, 1, 9]);
  assert.deepEqual(size(shaped([2, 3, 4, 5], [1, 3, 4, 5], 3)), [6, 4, 5]);
  assert.deepEqual(size(shaped([7], [3, 5, 6])), [1, 1, 7]);
  assert.deepEqual(size(shaped([], [3, 5, 6])), [1, 1, 1]);
  assert.deepEqual(nativeCell(shaped([], [3, 5, 6]), 0, { y: 0, x: 0 }), []);
  for (const output of [[4, 5, 6], [4, 9], [2, 3, 4, 5], [7], [90]]) {
    const shape = shaped(output, [3, 5, 6]);
    const { maps, height, width } = stackOf(shape);
    const [map, y, x] = [maps - 1, height - 1, width - 1];
    const cell = nativeCell(shape, map, { y, x });
    assert.deepEqual(
      cell,
      output.map((size) => size - 1),
    );
    assert.deepEqual(seenAt(shape, cell), { map, y, x });
  }
});

test("a long row is folded at the picture's width, its regions too", () => {
  const shape = shaped([95], [3, 5, 6]);
  const stack = stackOf(shape);
  assert.deepEqual([stack.height, stack.width, stack.folded], [16, 6, true]);
  assert.deepEqual(nativeCell(shape, 0, { y: 2, x: 1 }), [13]);
  assert.deepEqual(nativeCell(shape, 0, { y: 15, x: 5 }), [94], "beyond the end: the last");
  assert.deepEqual(regionOf(stack, [14, 2, 2, 3]), { asked: [0, 84, 1, 11], seen: [14, 0, 2, 6] });
  const plain = stackOf(shaped([4, 5, 6], [3, 5, 6]));
  assert.deepEqual(regionOf(plain, [1, 2, 3, 4]), { asked: [1, 2, 3, 4], seen: [1, 2, 3, 4] });
});

test("axes lie in the picture: two, the middle row of one, the last two of three, none", () => {
  const axis = (/** @type {string} */ name, /** @type {number} */ input) =>
    /** @type {any} */ ({
      axis: name,
      input,
      output: input,
      index: [],
      coverage: Array(input).fill(2),
      unread: [],
    });
  const picture = { height: 5, width: 6 };
  const [depth, height, width, length] = [
    axis("depth", 3),
    axis("height", 5),
    axis("width", 6),
    axis("length", 6),
  ];
  const padding = { front: 9, top: 1, bottom: 2, left: 3, right: 4, before: 5, after: 6 };
  const of = (/** @type {any[]} */ axes) => pictureAxes(/** @type {any} */ ({ axes, padding }), picture);
  const both = { rows: { axis: height, before: 1, after: 2 }, columns: { axis: width, before: 3, after: 4 } };
  assert.deepEqual(of([height, width]), both);
  assert.deepEqual(of([depth, height, width]), both);
  assert.equal(of([]), null);
  assert.equal(of([width, height]), null, "another picture's");
  const signal = of([length]);
  assert.deepEqual(signal?.rows.axis.index, [[middleRow(5)]]);
  assert.deepEqual([signal?.rows.before, signal?.columns.before, signal?.columns.after], [0, 5, 6]);
  assert.equal(of([length])?.rows.axis, signal?.rows.axis, "the same one again");
});

test("maps are named after channels only where each channel goes its own way", () => {
  const shape = shaped([3, 5, 6], [3, 5, 6], 2);
  assert.deepEqual(mapLabels(shape, [], [], t), ["red", "green", "blue"]);
  assert.deepEqual(mapLabels(shape, null, [], t), ["map 0", "map 1", "map 2"]);
  assert.deepEqual(mapLabels(shaped([1, 2, 5, 6], [1, 3, 5, 6], 3), [], [], t), [
    "map 0, plane 0",
    "map 0, plane 1",
  ]);
  assert.deepEqual(inputNames(shaped([1], [1, 3, 5, 6]), t), []);
});

test("sizes are typed as a list", () => {
  assert.deepEqual(readList("3, 4 5"), [3, 4, 5]);
  assert.equal(readList("7"), 7);
  assert.equal(readList("  "), null);
  assert.equal(readList("3, four"), undefined);
});
