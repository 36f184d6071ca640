/** From frames to feature maps. @import { FeatureMap, Frame } from "../types.js" */

/** The maps of a frame, each with its own ends; of float32 the numbers stand as levels. @param {Frame} frame @param {{height: number, width: number}} [size] as they are seen, where that is not as they are sent @returns {FeatureMap[]} */
export function featureMaps({ header, maps }, { height, width } = header) {
  const { channels, min, max } = header;
  return channels.map((channel, at) => ({
    ...{ channel, height, width, min: min[at], max: max[at] },
    levels: /** @type {Uint8Array} */ (maps[at]),
  }));
}
