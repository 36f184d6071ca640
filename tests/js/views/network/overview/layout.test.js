import assert from "node:assert/strict";
import { test } from "node:test";
import { layoutOf, walk } from "../../../../../static/views/network/overview/layout.js";

/**
 * @param {string} name @param {Record<string, string>} inputs @param {number[]} shape @param {string} [module] @param {string} [unit]
 */
const layer = (name, inputs, shape, module = "", unit = name) => ({
  ...{ name, unit, module, operation: "conv2d", shape, inputs },
});

/** A fire module: two branches that are put together. */
const FIRE = [
  layer("conv1", { input: "input" }, [64, 113, 113]),
  layer("conv1/relu", { input: "conv1" }, [64, 113, 113], "", "conv1"),
  layer("pool1", { input: "conv1/relu" }, [64, 56, 56]),
  layer("fire2/squeeze1x1", { input: "pool1" }, [16, 56, 56], "fire2"),
  layer("fire2/expand1x1", { input: "fire2/squeeze1x1" }, [64, 56, 56], "fire2"),
  layer("fire2/expand3x3", { input: "fire2/squeeze1x1" }, [64, 56, 56], "fire2"),
  layer("fire2/concat", { input: "fire2/expand1x1", other: "fire2/expand3x3" }, [128, 56, 56], "fire2"),
  layer("softmax", { input: "fire2/concat" }, [1000]),
];

/** Two blocks with skips: the second begins where the first ends. */
const SKIPS = [
  layer("stem", { input: "input" }, [24, 28, 28]),
  layer("b1/expand", { input: "stem" }, [96, 28, 28], "b1"),
  layer("b1/add", { input: "b1/expand", other: "stem" }, [24, 28, 28], "b1"),
  layer("b2/expand", { input: "b1/add" }, [96, 28, 28], "b2"),
  layer("b2/add", { input: "b2/expand", other: "b1/add" }, [24, 28, 28], "b2"),
];

test("units stand in columns by the longest way, branches in lanes, and lines join them", () => {
  const { places, columns, edges, modules } = layoutOf(FIRE);
  const stands = Object.fromEntries(
    places.map(({ name, column, lane, lanes }) => [name, [column, lane, lanes]]),
  );
  assert.deepEqual(stands, {
    conv1: [0, 0, 1],
    pool1: [1, 0, 1],
    "fire2/squeeze1x1": [2, 0, 1],
    "fire2/expand1x1": [3, 0, 2],
    "fire2/expand3x3": [3, 1, 2],
    "fire2/concat": [4, 0, 1],
    softmax: [5, 0, 1],
  });
  assert.equal(columns, 6);
  assert.deepEqual(
    places[0].layers.map(({ name }) => name),
    ["conv1", "conv1/relu"],
  );
  assert.equal(places[0].last.name, "conv1/relu");
  assert.equal(places[3].label, "expand1x1");
  assert.ok(edges.every(({ level }) => level === 0));
  const pairs = edges.map(({ from, to }) => `${from}>${to}`);
  assert.deepEqual(
    pairs.filter((pair) => pair.includes("concat")),
    ["fire2/expand1x1>fire2/concat", "fire2/expand3x3>fire2/concat", "fire2/concat>softmax"],
  );
  assert.equal(pairs[0], ">conv1", "the picture comes first");
  assert.deepEqual(modules, [{ name: "fire2", first: 2, last: 4 }]);
});

test("what skips columns is an arc; arcs that only meet share a level, arcs that overlap do not", () => {
  const arcs = layoutOf(SKIPS).edges.filter(({ level }) => level > 0);
  assert.deepEqual(arcs, [
    { from: "stem", to: "b1/add", level: 1 },
    { from: "b1/add", to: "b2/add", level: 1 },
  ]);
  const over = [...SKIPS, layer("end", { input: "b2/add", other: "b1/expand" }, [24, 28, 28])];
  assert.equal(layoutOf(over).edges.find(({ to, level }) => to === "end" && level > 0)?.level, 2);
});

test("arrows go along the lines, between lanes, and to both ends", () => {
  const layout = layoutOf(FIRE);
  const way = (/** @type {string} */ from, /** @type {any[]} */ ...ways) =>
    ways.reduce((at, one) => at && walk(layout, at, one), /** @type {string | null} */ (from));
  assert.equal(way("conv1", "right", "right", "right"), "fire2/expand1x1");
  assert.equal(way("fire2/expand1x1", "down"), "fire2/expand3x3");
  assert.equal(way("fire2/expand3x3", "right"), "fire2/concat");
  assert.equal(way("fire2/expand3x3", "left"), "fire2/squeeze1x1");
  assert.equal(way("fire2/expand3x3", "up"), "fire2/expand1x1");
  assert.equal(way("conv1", "left"), null);
  assert.equal(way("conv1", "last"), "softmax");
  assert.equal(way("softmax", "first"), "conv1");
});
