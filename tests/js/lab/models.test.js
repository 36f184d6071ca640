import assert from "node:assert/strict";
import { test } from "node:test";
import { prune } from "../../../static/lab/address.js";
import { pinned, settle } from "../../../static/lab/hand/cursor.js";
import { parseBlock, resize, resolve, toSpecs, turn } from "../../../static/lab/kernel/kernels.js";
import { withParam } from "../../../static/lab/params.js";
import { TABLE } from "../../../static/lab/state.js";
import { computation } from "../../../static/lab/wishes.js";
import { colormapFor, scalesFor } from "../../../static/page/scales.js";

const text = { en: "", zh: "" };
const texts = { title: text, summary: text };
const presets = [
  { name: "small", values: [[1]], divisor: 1, texts },
  {
    name: "large",
    values: [
      [1, 1, 1],
      [1, 1, 1],
      [1, 1, 1],
    ],
    divisor: 9,
    texts,
  },
];
/** @param {string} name @param {object} more @returns {import("../../../static/types.js").Param} */
const param = (name, more) => ({
  ...{ name, kind: "integer", axes: 2, default: 1, min: 1, max: 16, step: 1, choices: null, unit: null },
  ...{ label: text, help: text, advice: text, follows: null, ...more },
});
const kernelInputs = ["input:maps", "weight:kernel", "bias:per_kernel"].map((one) => {
  const [name, kind] = one.split(":");
  return { name, kind, required: kind !== "per_kernel", texts: text };
});
const family = { name: "family", texts: text };
const operations = [
  {
    name: "with",
    family,
    dims: 2,
    texts,
    inputs: kernelInputs,
    params: [param("stride", {}), param("size", { follows: "weight" })],
  },
  {
    name: "without",
    family,
    dims: 2,
    texts,
    inputs: kernelInputs.slice(0, 1),
    params: [param("stride", { default: null })],
  },
];

test("kernels grow and shrink about their centre", () => {
  assert.deepEqual(resize([[5]], 3, 2), [
    [0, 0],
    [5, 0],
    [0, 0],
  ]);
  assert.deepEqual(resize(resize([[1, 2, 3]], 1, 4), 1, 5), [[0, 1, 2, 3, 0]]);
  assert.deepEqual(resize([[1, 2, 3]], 1, 1), [[2]]);
  assert.deepEqual(
    turn([
      [1, 2],
      [3, 4],
    ]),
    [
      [4, 3],
      [2, 1],
    ],
  );
});

test("several kernels are brought to one size and keep their names", () => {
  const kernels = resolve([{ name: "small" }, { name: "large" }, { name: "nobody" }], presets);
  assert.deepEqual(kernels[0].values, [
    [0, 0, 0],
    [0, 1, 0],
    [0, 0, 0],
  ]);
  const specs = [{ name: "small" }, { name: "large" }];
  assert.deepEqual(toSpecs(kernels, kernels, specs), specs);
  const edited = { name: null, values: [[7]], divisor: 1 };
  assert.deepEqual(toSpecs([edited, kernels[0]], kernels, specs), [{ values: [[7]], divisor: 1 }, specs[0]]);
});

test("a block of numbers is read from spreadsheets, text and code", () => {
  const wanted = {
    values: [
      [1, -2],
      [0.5, 3e2],
    ],
  };
  for (const block of ["1\t-2\r\n.5\t3e2\r\n", "1 -2\n0.5 300", "[[1, -2], [0.5, 300]]", "1,-2;0.5,300"])
    assert.deepEqual(parseBlock(block), wanted, block);
  assert.deepEqual(parseBlock("1 2\n3"), { problem: "ragged", detail: { row: 2, count: 1, width: 2 } });
  assert.deepEqual(parseBlock("1 two"), { problem: "number", detail: { text: "two" } });
  assert.deepEqual(parseBlock("1 ".repeat(32)), {
    problem: "large",
    detail: { rows: 1, columns: 32, max: 31 },
  });
  assert.deepEqual(parseBlock(" \n"), { problem: "empty", detail: {} });
});

test("a parameter at its default is not kept", () => {
  assert.deepEqual(withParam({ stride: 2 }, operations[0].params[0], 1), {});
  assert.deepEqual(withParam({}, operations[0].params[0], [1, 2]), { stride: [1, 2] });
});

test("what an address names and nobody has is dropped", () => {
  const values = {
    ...TABLE.defaults(),
    op: "magic",
    params: { stride: 2, size: 3, far: 1 },
    kernels: [{ name: "x" }, { name: "small" }],
  };
  const { patch, dropped } = prune(values, operations, presets);
  assert.deepEqual(patch, { op: "", params: { stride: 2 }, kernels: [{ name: "small" }] });
  assert.deepEqual(dropped, ["op=magic", "p.size=3", "p.far=1", "k=x"]);
});

test("weights and bias go with the wish only where the operation takes them", () => {
  const kernels = resolve([{ name: "large" }], presets);
  const values = { ...TABLE.defaults(), bias: [2] };
  assert.deepEqual(computation(values, operations[0], kernels), {
    operation: "with",
    params: {},
    weights: { values: presets[1].values, divisor: [9] },
    bias: [2],
  });
  assert.deepEqual(computation(values, operations[1], kernels), { operation: "without", params: {} });
});

test("signed maps diverge about zero, others span what they hold", () => {
  const map = { channel: 0, height: 1, width: 1, min: -2, max: 5, levels: Uint8Array.of(0) };
  const other = { ...map, min: 3, max: 9 };
  assert.equal(colormapFor("auto", [map]), "diverging");
  assert.deepEqual(scalesFor([map], "map", [0, 1], "diverging"), [{ lo: -5, hi: 5 }]);
  assert.deepEqual(scalesFor([map, other], "shared", [0, 1], "grey"), [
    { lo: -2, hi: 9 },
    { lo: -2, hi: 9 },
  ]);
  assert.deepEqual(scalesFor([{ ...map, min: 4, max: 4 }], "map", [0, 1], "grey"), [{ lo: 4, hi: 5 }]);
});

test("the cursor starts in the middle and stays inside; a second click lets go of the pin", () => {
  const shape = /** @type {any} */ ({ input_shape: [3, 10, 10], output_shape: [1, 8, 4], axes: [] });
  const picture = { height: 10, width: 10 };
  assert.deepEqual(settle(null, shape, picture), { pane: "output", y: 4, x: 2 });
  assert.deepEqual(settle({ pane: "output", y: 9, x: 9 }, shape, picture), { pane: "output", y: 7, x: 3 });
  assert.deepEqual(pinned(null, { pane: "output", y: 1, x: 2 }), { y: 1, x: 2 });
  assert.equal(pinned({ y: 1, x: 2 }, { pane: "output", y: 1, x: 2 }), null);
});
