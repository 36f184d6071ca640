import assert from "node:assert/strict";
import { test } from "node:test";
import { find } from "../../../static/docs/search.js";

const ENTRIES = [
  {
    id: "max_pool2d",
    name: "max_pool2d",
    title: "Max pooling",
    text: "Each window passes on its largest value.",
  },
  { id: "pad", name: "pad", title: "Padding", text: "Cells around a picture." },
  { id: "relu6", name: "relu6", title: "ReLU6", text: "A ReLU with a ceiling." },
  { id: "relu", name: "relu", title: "ReLU", text: "Negative numbers become 0." },
  { id: "pad.mode", name: "mode", title: "pad", text: "What the cells hold." },
  { id: "zh", name: "gelu", title: "高斯误差线性单元", text: "平滑的整流。" },
];
const ids = (/** @type {string} */ query) => find(ENTRIES, query).map(({ id }) => id);

test("the name itself comes first, then what begins with it, then titles, then texts", () => {
  assert.deepEqual(ids("relu"), ["relu", "relu6"]);
  assert.deepEqual(ids("pad"), ["pad", "pad.mode"]);
  assert.deepEqual(ids("mode"), ["pad.mode"]);
  assert.deepEqual(ids("cells"), ["pad", "pad.mode"]);
});

test("every word must be there, in any order and case", () => {
  assert.deepEqual(ids("Pool MAX"), ["max_pool2d"]);
  assert.deepEqual(ids("window largest"), ["max_pool2d"]);
  assert.deepEqual(ids("pool relu"), []);
});

test("nothing is found by nothing, and Chinese by its characters", () => {
  assert.deepEqual(ids("  "), []);
  assert.deepEqual(ids("整流"), ["zh"]);
});
