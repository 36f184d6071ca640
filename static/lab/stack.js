/**
 * An output of any rank seen as a stack of maps, as the server streams it, and back to the cell it really is.
 * A row far longer than the picture is wide, as flattening gives, is folded into rows of the picture's width.
 *
 * @import { Shape } from "../types.js"
 * @typedef {{maps: number, height: number, width: number, length: number, folded: boolean}} Stack length: cells of one
 *   map; the last row of a folded map may be longer than what is left for it
 */

/** @param {Shape} shape @returns {Stack} */
export function stackOf({ output_shape: shape, input_shape, axes }) {
  const [height, width] = shape.length === 2 ? [1, shape[1]] : [shape.at(-2) ?? 1, shape.at(-1) ?? 1];
  const cells = shape.reduce((product, size) => product * size, 1);
  const length = height * width;
  const maps = length > 0 ? cells / length : 0;
  const across = input_shape.at(-1) ?? 1;
  if (axes.length > 0 || height > 1 || width <= 2 * across)
    return { maps, height, width, length, folded: false };
  return { maps, height: Math.ceil(width / across), width: across, length, folded: true };
}

/** @param {Shape} shape @param {number} map @param {{y: number, x: number}} at @returns {number[]} the output cell, a number for each axis */
export function nativeCell(shape, map, { y, x }) {
  const { width, length } = stackOf(shape);
  let place = map * length + Math.min(y * width + x, length - 1);
  const cell = shape.output_shape.map(() => 0);
  for (let axis = cell.length - 1; axis >= 0; axis--) {
    cell[axis] = place % shape.output_shape[axis];
    place = Math.floor(place / shape.output_shape[axis]);
  }
  return cell;
}

/** @param {Shape} shape @param {number[]} cell of the output @returns {{map: number, y: number, x: number}} where it is seen */
export function seenAt(shape, cell) {
  const { width, length } = stackOf(shape);
  const place = cell.reduce((sum, at, axis) => sum * shape.output_shape[axis] + at, 0);
  const inside = place % length;
  return { map: Math.floor(place / length), y: Math.floor(inside / width), x: inside % width };
}

/** The part of a streamed map that holds a region of what is seen. @param {Stack} stack @param {[number, number, number, number]} region @returns {{asked: number[], seen: [number, number, number, number]}} */
export function regionOf({ width, length, folded }, region) {
  if (!folded) return { asked: region, seen: region };
  const [y, , rows] = region;
  return { asked: [0, y * width, 1, Math.min(rows * width, length - y * width)], seen: [y, 0, rows, width] };
}
