import assert from "node:assert/strict";
import { test } from "node:test";
import { featureMaps } from "../../../static/page/maps.js";

const levels = [Uint8Array.of(0, 255, 1, 2), Uint8Array.of(3, 4, 5, 6)];
const header = {
  ...{ id: 7, layer: "conv1", channels: [4, 9], height: 2, width: 2 },
  ...{ dtype: /** @type {const} */ ("uint8"), min: [-1, 0], max: [1, 8] },
};

test("each map of a frame has its channel, its size and its own ends", () => {
  assert.deepEqual(featureMaps({ header, maps: levels }), [
    { channel: 4, height: 2, width: 2, min: -1, max: 1, levels: levels[0] },
    { channel: 9, height: 2, width: 2, min: 0, max: 8, levels: levels[1] },
  ]);
});

test("a row that was folded is seen in another size than it was sent", () => {
  const [map] = featureMaps({ header, maps: levels }, { height: 1, width: 4 });
  assert.deepEqual([map.height, map.width, map.levels.length], [1, 4, 4]);
});
