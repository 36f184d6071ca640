/**
 * What can be walked over on the stage, and where in the picture a cell of the input lies.
 *
 * @import { Maps, Shape } from "../../draw/types.js"
 * @typedef {{pane: "input" | "output", rows: number, columns: number}} Ground
 */

import { middleRow, pictureAxes } from "../../draw/axes.js";

/**
 * The cells of the output, each with its window; where input cells spread over the output, these. None without windows.
 * @param {Shape} shape @param {Maps} input @returns {Ground}
 */
export function groundOf(shape, input) {
  const axes = pictureAxes(shape, input);
  const pane = shape.spreads ? "input" : "output";
  return { pane, rows: axes?.rows.axis[pane] ?? 0, columns: axes?.columns.axis[pane] ?? 0 };
}

/**
 * A signal is the middle row of its channel; the planes of a volume are the picture's channels.
 * @param {number[]} cell of the input @param {number} axes along which windows slide @param {number} height of the picture
 */
export function pictureCell(cell, axes, height) {
  const [channel = 0, y = 0, x = 0] = axes === 1 ? [cell[0], middleRow(height), cell[1]] : cell.slice(-3);
  return { channel, y, x };
}
