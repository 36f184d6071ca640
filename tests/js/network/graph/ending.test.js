import assert from "node:assert/strict";
import { test } from "node:test";
import { cellOf, chosenClass, classLayers, madeOf } from "../../../../static/network/graph/ending.js";
import { focusOf } from "../../../../static/network/graph/focus.js";

/** @param {string} name @param {string} operation @param {string} input @param {number[]} shape */
function layer(name, operation, input, shape, unit = name) {
  /** @type {Record<string, Record<string, number[]>>} */
  const weights = { conv2d: { weight: [1, 1, 1, 1] }, linear: { weight: [1, 1], bias: [1] } };
  return { name, operation, unit, inputs: { input }, shape, weights: weights[operation] ?? {} };
}

const CONVOLVED = {
  logits: "flatten",
  probabilities: "softmax",
  classes: Array.from({ length: 5 }, (_, at) => ({ en: String(at) })),
  layers: [
    layer("conv", "conv2d", "input", [5, 4, 4]),
    layer("relu", "relu", "conv", [5, 4, 4], "conv"),
    layer("pool", "global_avg_pool2d", "relu", [5, 1, 1]),
    layer("flatten", "flatten", "pool", [5]),
    layer("softmax", "softmax", "flatten", [5]),
  ],
};

const DENSE = {
  ...CONVOLVED,
  logits: "dense2",
  layers: [
    layer("conv", "conv2d", "input", [3, 2, 2]),
    layer("flatten", "flatten", "conv", [12]),
    layer("dense1", "linear", "flatten", [7]),
    layer("dense1/relu", "relu", "dense1", [7], "dense1"),
    layer("dense1/dropout", "dropout", "dense1/relu", [7], "dense1"),
    layer("dense2", "linear", "dense1/dropout", [5]),
    layer("softmax", "softmax", "dense2", [5]),
  ],
};

/** @param {object} graph @param {object} values */
function pageOf(graph, values) {
  const session = { classes: [{ index: 4 }], layers: new Map() };
  const page = { graph, session, state: { values: { layer: "", map: null, cell: null, ...values } } };
  return /** @type {any} */ ({ ...page, focus: focusOf(/** @type {any} */ (page)) });
}

test("the class is that of the number or the map looked at, else the likeliest", () => {
  assert.deepEqual(classLayers(/** @type {any} */ (CONVOLVED)), [
    "softmax",
    "flatten",
    "pool",
    "relu",
    "conv",
  ]);
  assert.deepEqual(classLayers(/** @type {any} */ (DENSE)), ["softmax", "dense2"]);
  assert.equal(chosenClass(pageOf(CONVOLVED, {})), 4);
  assert.equal(chosenClass(pageOf(CONVOLVED, { layer: "conv", map: 2, cell: { y: 0, x: 3 } })), 2);
  assert.equal(chosenClass(pageOf(CONVOLVED, { layer: "softmax", cell: { y: 0, x: 3 } })), 3);
  assert.equal(chosenClass(pageOf(CONVOLVED, { layer: "softmax", map: 99 })), 4);
  assert.equal(chosenClass(pageOf(DENSE, { layer: "dense1", map: 1 })), 4);
});

test("a logit is followed back to the maps or the numbers that it is made of", () => {
  const mean = madeOf(pageOf(CONVOLVED, {}));
  assert.deepEqual(
    [mean?.how, mean?.layer.name, mean?.index, mean?.source.name],
    ["mean", "pool", 4, "relu"],
  );
  assert.deepEqual(cellOf(/** @type {any} */ (mean).layer, 4), [4, 0, 0]);
  const sum = madeOf(pageOf(DENSE, {}));
  assert.deepEqual(
    [sum?.how, sum?.layer.name, sum?.logit, sum?.source.name],
    ["sum", "dense2", true, "dense1/dropout"],
  );
  assert.deepEqual(cellOf(/** @type {any} */ (sum).layer, 4), [4]);
  const hidden = madeOf(pageOf(DENSE, { layer: "dense1", map: 6 }));
  assert.deepEqual(
    [hidden?.layer.name, hidden?.index, hidden?.logit, hidden?.source.name, hidden?.flatten?.name],
    ["dense1/dropout", 6, false, "conv", "flatten"],
  );
  assert.equal(madeOf(pageOf({ ...DENSE, logits: "conv" }, {})), null);
});
