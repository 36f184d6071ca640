/** What pixels give, or blocks of them: all blocks together give what all pixels do. @import { FeatureMap } from "../../types.js" */

/** @type {WeakMap<FeatureMap, {side: number, map: FeatureMap}>} */
const known = new WeakMap();

/**
 * A map as large as the other, each pixel with what its block gives, as levels: for ink.
 * @param {FeatureMap} map its levels are the numbers themselves @param {number} side pixels @returns {FeatureMap}
 */
export function inBlocks(map, side) {
  let found = known.get(map);
  if (found?.side !== side) {
    found = { side, map: summed(map, side) };
    known.set(map, found);
  }
  return found.map;
}

/** @param {FeatureMap} map @param {number} side @returns {FeatureMap} */
function summed(map, side) {
  const { height, width, levels: numbers } = map;
  const across = Math.ceil(width / side);
  const sums = new Float64Array(across * Math.ceil(height / side));
  const blockOf = (/** @type {number} */ at) =>
    Math.floor(Math.floor(at / width) / side) * across + Math.floor((at % width) / side);
  for (let at = 0; at < numbers.length; at++) sums[blockOf(at)] += numbers[at];
  const least = sums.reduce((a, b) => Math.min(a, b), 0);
  const most = sums.reduce((a, b) => Math.max(a, b), 0);
  const scale = most > least ? 255 / (most - least) : 0;
  const levels = new Uint8Array(numbers.length);
  for (let at = 0; at < levels.length; at++) levels[at] = Math.round((sums[blockOf(at)] - least) * scale);
  return { ...map, min: least, max: most, levels };
}
