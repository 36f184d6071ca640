import assert from "node:assert/strict";
import { test } from "node:test";
import { geometryOf } from "../../../../../static/views/network/overview/geometry.js";
import { layoutOf } from "../../../../../static/views/network/overview/layout.js";

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

/** One after the other, down to a single map. */
const PLAIN = [
  layer("conv1", { input: "input" }, [2, 28, 28]),
  layer("flatten", { input: "conv1" }, [1568]),
  layer("dense", { input: "flatten" }, [10]),
];

test("boxes of a column do not overlap, and nothing leaves the figure", () => {
  for (const layers of [FIRE, SKIPS, PLAIN])
    for (const thumb of [48, 40]) {
      const layout = layoutOf(layers);
      const { boxes, width, height, paths } = geometryOf(layout, thumb);
      const all = layout.places.map((place) => ({
        ...place,
        box: /** @type {any} */ (boxes.get(place.name)),
      }));
      for (const { box, column, lane } of all) {
        assert.ok(box.left >= 0 && box.left + box.width <= width, box.name);
        assert.ok(box.top >= 0 && box.top + box.height <= height, box.name);
        const below = all.find((one) => one.column === column && one.lane === lane + 1);
        if (below) assert.ok(box.top + box.height <= below.box.top, box.name);
        const right = all.find((one) => one.column === column + 1);
        if (right) assert.ok(box.left + box.width < right.box.left, box.name);
      }
      assert.equal(paths.length, layout.edges.length + 1, "and one from the last to the classes");
    }
  const { boxes } = geometryOf(layoutOf(FIRE), 48);
  assert.equal(boxes.get("conv1")?.rows, 8);
  assert.equal(boxes.get("fire2/expand3x3")?.rows, 4);
  assert.equal(geometryOf(layoutOf(PLAIN), 48).boxes.get("conv1")?.rows, 2, "no more rows than maps");
  assert.equal(boxes.get("softmax")?.list, true);
});
