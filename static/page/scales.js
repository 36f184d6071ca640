/**
 * Which colours a map gets, and which values stand at their two ends.
 *
 * @import { FeatureMap } from "../types.js"
 * @typedef {{lo: number, hi: number}} Ends
 */

/** @param {FeatureMap[]} maps */
export function isSigned(maps) {
  return maps.some((map) => map.min < 0);
}

/** Signed maps diverge from zero; others look like the photo they came from. @param {string} choice @param {FeatureMap[]} maps */
export function colormapFor(choice, maps) {
  if (choice !== "auto") return choice;
  return isSigned(maps) ? "diverging" : "grey";
}

/** @param {number} lo @param {number} hi @param {boolean} centred zero in the middle @returns {Ends} */
function ends(lo, hi, centred) {
  const reach = Math.max(Math.abs(lo), Math.abs(hi)) || 1;
  if (centred) return { lo: -reach, hi: reach };
  return { lo, hi: hi > lo ? hi : lo + 1 };
}

/** @param {FeatureMap[]} maps @param {string} scale "map" | "shared" | "fixed" @param {[number, number]} range @param {string} colormap @returns {Ends[]} one for each map */
export function scalesFor(maps, scale, range, colormap) {
  const centred = colormap === "diverging";
  if (scale === "fixed") return maps.map(() => ({ lo: range[0], hi: range[1] }));
  if (scale === "map") return maps.map((map) => ends(map.min, map.max, centred));
  const shared = ends(
    Math.min(...maps.map((map) => map.min)),
    Math.max(...maps.map((map) => map.max)),
    centred,
  );
  return maps.map(() => shared);
}

/** Of maps that stand together: one scale, if none is fixed. @param {{colormap: string, scale: string, range: [number, number]}} values @param {FeatureMap[]} maps */
export function lookOf({ colormap: choice, scale, range }, maps) {
  const colormap = colormapFor(choice, maps);
  const [ends] = scalesFor(maps, scale === "fixed" ? scale : "shared", range, colormap);
  return { colormap, signed: isSigned(maps), ...ends };
}
