/**
 * Input, kernel and output as boxes, width by height by channels, all to one scale where that can be seen: a side too
 * thin to see is drawn thicker, one too long shorter, and the box says so.
 *
 * @import { Shape } from "../types.js"
 * @typedef {{name: "input" | "kernel" | "output", width: number, height: number, depth: number, count: number,
 *   weighs: boolean}} Block count: so many of them; weighs: whether it has weights
 * @typedef {"true" | "deep" | "large" | "thin"} Look to scale; but for its depth; enlarged as a whole; or with a side
 *   thickened
 * @typedef {{width: number, height: number, depth: number, look: Look}} Drawn px
 */

/** Px: the longest side of the largest box; the longest of the smallest; the thinnest and the deepest that are drawn. */
const LONGEST = 190;
const SMALLEST = 26;
const THINNEST = 6;
const DEEPEST = 64;

/** @param {Shape} shape @returns {Block[]} */
export function blocksOf({ input_shape: input, output_shape: output, axes, params }) {
  const kernel = [params.kernel_size ?? []].flat().map(Number);
  const blocks = [boxOf("input", input), boxOf("output", output)];
  if (kernel.length === 0 || kernel.length !== axes.length) return blocks;
  const channels = input.at(-1 - axes.length) ?? 1;
  const maps = output.at(-1 - axes.length) ?? 1;
  const weighs = "groups" in params || "out_channels" in params;
  const each = weighs ? channels / Number(params.groups ?? 1) : 1;
  return [blocks[0], { ...boxOf("kernel", [each, ...kernel]), count: weighs ? maps : 1, weighs }, blocks[1]];
}

/** The last two axes are a picture; what comes before lies behind. @param {Block["name"]} name @param {number[]} sizes @returns {Block} */
function boxOf(name, sizes) {
  const before = sizes.slice(0, -2);
  const signal = sizes.length === 2;
  return {
    name,
    width: sizes.at(-1) ?? 1,
    height: signal ? 1 : (sizes.at(-2) ?? 1),
    depth: signal ? sizes[0] : before.reduce((all, one) => all * one, 1),
    count: 1,
    weighs: false,
  };
}

/** Px per cell, the same for all. @param {Block[]} blocks */
export function scaleOf(blocks) {
  return LONGEST / Math.max(...blocks.flatMap(({ width, height }) => [width, height]));
}

/** @param {Block} block @param {number} scale @returns {Drawn} */
export function drawnOf({ width, height, depth }, scale) {
  const own = Math.max(scale, SMALLEST / Math.max(width, height));
  const side = (/** @type {number} */ cells) => Math.max(cells * own, THINNEST);
  const drawn = {
    width: side(width),
    height: side(height),
    depth: Math.min(side(depth), DEEPEST),
  };
  const thin = drawn.width !== width * own || drawn.height !== height * own;
  const deep = drawn.depth !== depth * own;
  return { ...drawn, look: own > scale ? "large" : thin ? "thin" : deep ? "deep" : "true" };
}
