import assert from "node:assert/strict";
import { test } from "node:test";
import { inputOf, termsOf, weightOf } from "../../../static/lab/hand/light.js";
import { tracedText } from "../../../static/lab/hand/pointing.js";
import en from "../../../static/messages/en.json" with { type: "json" };
import zh from "../../../static/messages/zh.json" with { type: "json" };
import { translator } from "../../../static/page/i18n.js";
import { rowsOf } from "../../../static/views/sum/rows.js";
import { blocksOf, shownOf, stepLines } from "../../../static/views/sum/terms.js";
import { termText, titlesOf } from "../../../static/views/sum/words.js";

const t = translator("en", en);

/** @param {number[]} kernel @param {number[] | null} input @param {string} [of] @returns {any} */
const term = (kernel, input, of = "input") => ({ kernel, input, of, value: 1, weight: 1, product: 1 });
/** @param {...number} counts @returns {any[]} */
const parts = (...counts) =>
  counts.map((count, at) => ({ start: counts.slice(0, at).reduce((a, b) => a + b, 0), count, sum: count }));

test("terms lie in blocks as in the kernel: a row, a table, planes, several inputs, no order at all", () => {
  const block = (/** @type {any[]} */ terms, /** @type {any[]} */ partials) =>
    blocksOf(terms, partials).map(({ of, of_input, columns, windowed, start, count }) => [
      ...[of, of_input, columns, windowed, start, count],
    ]);
  const table = [0, 1].flatMap((c) =>
    [0, 1].flatMap((y) => [0, 1, 2].map((x) => term([c, y, x], [c, y, x]))),
  );
  assert.deepEqual(block(table, parts(6, 6)), [
    ["input", [0], 3, true, 0, 6],
    ["input", [1], 3, true, 6, 6],
  ]);
  const row = [term([0, 0], null), term([0, 1], [2, 0]), term([0, 2], [2, 1])];
  assert.deepEqual(block(row, parts(3)), [["input", [2], 3, true, 0, 3]]);
  const volume = [0, 1].map((d) => term([0, d, 0, 0], [0, d, 4, 4]));
  assert.deepEqual(block(volume, parts(1, 1)), [
    ["input", [0, 0], 1, true, 0, 1],
    ["input", [0, 1], 1, true, 1, 1],
  ]);
  const two = [term([0], [1, 2, 3]), term([0], [1, 2, 3], "other")];
  assert.deepEqual(block(two, parts(1, 1)), [
    ["input", [1], 1, false, 0, 1],
    ["other", [1], 1, false, 1, 1],
  ]);
  const channels = Array.from({ length: 20 }, (_, c) => term([0], [c, 0, 0]));
  assert.deepEqual(block(channels, parts(20)), [["input", [], 12, false, 0, 20]]);
  const sparse = [term([0, 0, 0], [0, 1, 1]), term([0, 1, 1], [0, 0, 0]), term([0, 2, 0], [0, 2, 2])];
  assert.deepEqual(block(sparse, parts(3)), [["input", [0], 3, false, 0, 3]]);
  assert.deepEqual(blocksOf([], []), []);
});

test("blocks are called after their channel, plane and input", () => {
  const inputs = /** @type {any[]} */ ([
    { name: "input", kind: "maps", texts: { en: "Input", zh: "输入" } },
    { name: "other", kind: "maps", texts: { en: "Other", zh: "另一个" } },
  ]);
  /** @type {any} */
  const block = { of: "input", of_input: [1] };
  assert.deepEqual(titlesOf([block], inputs, ["red", "green"], t), ["green"]);
  assert.deepEqual(titlesOf([{ ...block, of_input: [1, 2] }], inputs, [], t), ["channel 1, plane 2"]);
  assert.deepEqual(titlesOf([block, { ...block, of: "other" }], inputs, [], t), [
    "Input, channel 1",
    "Other, channel 1",
  ]);
  assert.deepEqual(titlesOf([{ ...block, of_input: [] }], inputs, [], t), ["Cells read"]);
});

test("what is quick is shown, of the first some rows, what was opened whole", () => {
  /** @param {number} count @param {number} columns @param {boolean} [windowed] @returns {any} */
  const block = (count, columns, windowed = true) => ({ count, columns, windowed });
  const none = new Set();
  assert.deepEqual(shownOf([block(9, 3), block(9, 3), block(9, 3)], none), [9, 9, 9]);
  assert.deepEqual(shownOf([block(225, 15), block(225, 15)], none), [225, 0]);
  assert.deepEqual(shownOf([block(961, 31), block(961, 31)], none), [248, 0]);
  assert.deepEqual(shownOf([block(961, 31), block(961, 31)], new Set([1])), [248, 961]);
  assert.deepEqual(shownOf([block(4096, 12, false)], none), [120]);
  assert.deepEqual(shownOf([block(4096, 12, false)], new Set([0])), [3000]);
  assert.deepEqual(shownOf([block(5000, 1000)], none), [1000], "a row at least");
  const many = shownOf(Array(512).fill(block(9, 3)), none);
  assert.equal(many.filter((shown) => shown > 0).length, 9);
  assert.equal(many[100], 0);
});

const PRINTED = {
  ...{ values: ["3"], weights: null, products: ["3"], partials: ["3"], sum: "3", divisor: null },
  ...{ quotient: null, remainder: null, bias: null, before: null, value: "-1.5", residual: "0" },
};

const filled = (/** @type {string} */ en, zh = en) => ({ en, zh });

/** @type {any} */
const STEPPED = {
  cell: [0, 4],
  reduction: "sum",
  each: null,
  terms: [term([0], [0, 4])],
  partials: parts(1),
  steps: [
    { kind: "subtract", name: "mean", text: { en: "mean", zh: "均值" } },
    { kind: "apply", name: "min(0, x)", text: { en: "min(0, x)", zh: "min(0, x)" } },
  ],
  printed: {
    ...PRINTED,
    steps: [
      { filled: null, operand: "4.5", result: "-1.5", residual: "0" },
      { filled: filled("min(0, −1.5)"), operand: null, result: "-1.5", residual: null },
    ],
  },
};
const rows = (/** @type {any} */ trace, alone = false, activation = "") =>
  rowsOf(trace, t, alone, activation).map(({ key, sign, text, label }) => [key, sign, text, label]);

test("what is done after the sum has a line each, and the last gives the cell", () => {
  assert.deepEqual(
    stepLines(STEPPED.steps, STEPPED.printed).map(({ sign, of, operand, result }) => [
      sign,
      of,
      operand,
      result,
    ]),
    [
      ["−", "3", "4.5", "-1.5"],
      ["", "-1.5", null, "-1.5"],
    ],
  );
  assert.deepEqual(rows(STEPPED, true), [
    ["step0", "=", "-1.5", "mean: − 4.5"],
    ["value", "=", "-1.5", "min(0, −1.5)"],
  ]);
});

test("divisor, bias, rounding and activation follow the sum", () => {
  const terms = [term([0], [0, 4]), term([0], [1, 4])];
  const printed = {
    ...PRINTED,
    ...{
      sum: "7",
      divisor: "2",
      quotient: "3.4",
      remainder: "0.2",
      bias: "-4",
      residual: "0.1",
      before: "-0.5",
    },
    ...{
      value: "0",
      steps: [{ filled: filled("max(0, −0.5)"), operand: null, result: "0", residual: null }],
    },
  };
  const trace = { ...STEPPED, terms, steps: [{ kind: "apply", text: filled("max(0, x)") }], printed };
  assert.deepEqual(rows(trace, false, "ReLU"), [
    ["sum", "=", "7", "sum of all 2 terms"],
    ["divisor", "÷", "2", "divisor"],
    ["quotient", "=", "3.4", "quotient"],
    ["bias", "+", "-4", "bias"],
    ["residual", "+", "0.1", "rounding"],
    ["before", "=", "-0.5", "before the activation"],
    ["value", "=", "0", "ReLU: max(0, −0.5)"],
  ]);
  assert.equal(rowsOf(trace, t, false, "")[2].note, "remainder 0.2");
  const plain = { ...STEPPED, terms, steps: [], printed: { ...PRINTED, sum: "7", value: "7", steps: [] } };
  assert.deepEqual(rows(plain), [["both", "=", "7", "sum of all 2 terms"]]);
  assert.deepEqual(rows(plain, true), [["value", "=", "7", "output cell"]]);
  const picked = { ...plain, reduction: "max", printed: { ...plain.printed, partials: null } };
  assert.deepEqual(rows(picked), [["both", "=", "7", "largest of 2"]]);
});

test("steps and formulas are said in the page's language, as the engine fills them in", () => {
  const chinese = translator("zh", zh);
  const trace = structuredClone(STEPPED);
  trace.steps[0].text = filled("x[3] − max", "x[3] − 最大值");
  trace.printed.steps[1].filled = filled("−4 if −4 > 20 else 0", "若 −4 > 20 则取 −4，否则取 0");
  assert.deepEqual(
    rowsOf(trace, chinese, true, "").map(({ label }) => label),
    ["x[3] − 最大值：− 4.5", "若 −4 > 20 则取 −4，否则取 0"],
  );
  assert.deepEqual(
    rowsOf(trace, t, true, "").map(({ label }) => label),
    ["x[3] − max: − 4.5", "−4 if −4 > 20 else 0"],
  );
});

test("ears hear the steps, and what each channel gives", () => {
  const said = tracedText(STEPPED, { y: 0, x: 4 }, t);
  assert.equal(said, "Output cell 0, 4: −1.5, from 1 terms. In turn: subtract 4.5 (mean), min(0, −1.5).");
  const printed = { ...PRINTED, partials: ["4", "-1"], value: "3", steps: [] };
  const summed = { ...STEPPED, cell: [0, 1, 2], steps: [], printed };
  assert.equal(
    tracedText(summed, { y: 1, x: 2 }, t, ["red", "green"]),
    "Output row 1, column 2: 3, from 1 terms. By channel: red 4, green −1.",
  );
});

/** Two channels of a window of two cells, the first of them padding. @type {any} */
const LIT = {
  each: null,
  terms: [0, 1].flatMap((c) => [term([c, 0, 0], null), term([c, 0, 1], [c, 4, 6])]),
  printed: {
    values: ["0", "7", "0", "9"],
    weights: ["1", "-2", "1", "-2"],
    products: ["0", "-14", "0", "-18"],
  },
};

test("a term, an input cell and a weight light one another", () => {
  assert.deepEqual(termsOf(LIT, { term: 1 }), [1]);
  assert.deepEqual(termsOf(LIT, { term: 4 }), []);
  assert.deepEqual(termsOf(LIT, { input: { y: 4, x: 6 } }), [1, 3]);
  assert.deepEqual(termsOf(LIT, { input: { y: 4, x: 5 } }), []);
  assert.deepEqual(termsOf(LIT, { weight: { row: 0, column: 0 } }), [0, 2]);
  assert.deepEqual(termsOf(null, { term: 0 }), []);
  assert.deepEqual(inputOf(LIT, [1, 3]), { y: 4, x: 6 });
  assert.equal(inputOf(LIT, [0]), null, "padding is no cell");
  assert.equal(inputOf(LIT, [0, 1]), null);
  assert.deepEqual(weightOf(LIT, [1, 3]), { row: 0, column: 1 });
  assert.equal(weightOf(LIT, [0, 1]), null);
  assert.equal(weightOf(LIT, []), null);
});

test("a term is written out", () => {
  assert.equal(termText(LIT, 1), "7 × (−2) = −14");
  assert.equal(termText({ ...LIT, printed: { ...LIT.printed, weights: null } }, 1), "7");
  assert.equal(termText({ ...LIT, each: "x^2", printed: { ...LIT.printed, weights: null } }, 1), "7 → −14");
});
