import assert from "node:assert/strict";
import { test } from "node:test";
import { TABLE } from "../../../static/lab/state.js";
import { State } from "../../../static/page/address.js";
import { formatKernel, parseKernel, parseParam } from "../../../static/page/entries.js";

test("what stands at its default is left out of the address", () => {
  assert.equal(TABLE.format(TABLE.defaults()), "");
  assert.deepEqual(TABLE.parse("").values, TABLE.defaults());
});

test("every key goes into the address and comes back", () => {
  const values = {
    ...TABLE.defaults(),
    image: "cat",
    size: 64,
    color: "grey",
    frame: 3,
    op: "max_pool2d",
    params: { stride: [2, 1], padding: "same", ceil_mode: true, kernel_size: 5 },
    kernels: [{ name: "box-3" }, { values: [[1, -0.5, 2e-7]], divisor: 3 }],
    bias: [1, -2.5],
    map: 1,
    cell: { y: 10, x: 20 },
    zoom: 12.5,
    colormap: "sequential",
    scale: "fixed",
    range: /** @type {[number, number]} */ ([-10, 10.5]),
    split: true,
    lang: "zh",
    theme: "dark",
  };
  const hash = TABLE.format(values);
  assert.ok(hash.includes("k=box-3;1x3:1,-0.5,2e-7/3"), hash);
  assert.ok(hash.includes("p.stride=2,1"), hash);
  assert.deepEqual(TABLE.parse(`#${hash}`), { values, dropped: [] });
});

test("nonsense is dropped and named, the rest holds", () => {
  const parts = [
    "size=9999",
    "image=../x",
    "k=2x2:1,2,3",
    "zoom=-1",
    "what=1",
    "split=maybe",
    "%E0%A4=1",
    "p.=2",
    "range=5,1",
  ];
  const { values, dropped } = TABLE.parse(`#${parts.join("&")}&color=grey&kernels=x&__proto__=1`);
  assert.deepEqual(values, { ...TABLE.defaults(), color: "grey" });
  assert.deepEqual(dropped, [...parts, "kernels=x", "__proto__=1"]);
});

test("parameters keep their kind", () => {
  assert.equal(parseParam("3"), 3);
  assert.deepEqual(parseParam("0,1,0,1"), [0, 1, 0, 1]);
  assert.equal(parseParam("same"), "same");
  assert.equal(parseParam("false"), false);
  assert.equal(parseParam("<b>"), undefined);
});

test("kernels: at most 31 a side, as many numbers as cells, no divisor of zero", () => {
  assert.deepEqual(parseKernel("2x1:1,2"), { values: [[1], [2]], divisor: 1 });
  assert.equal(parseKernel("32x1:1"), undefined);
  assert.equal(parseKernel("1x2:1,x"), undefined);
  assert.equal(parseKernel("1x1:1/0"), undefined);
  assert.equal(formatKernel({ values: [[1, 2]], divisor: 4 }), "1x2:1,2/4");
});

test("only real changes are told", () => {
  const state = new State(TABLE.defaults());
  /** @type {string[][]} */
  const told = [];
  state.addEventListener("change", (event) => told.push([.../** @type {CustomEvent} */ (event).detail.keys]));
  state.set({ size: 320, params: {} });
  state.set({ size: 100, color: "rgb" });
  assert.deepEqual(told, [["size"]]);
  assert.equal(state.values.size, 100);
});
