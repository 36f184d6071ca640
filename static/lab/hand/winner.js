/**
 * The input cells that an output cell took its value from, where it took one of them: as the pictures show it.
 *
 * @import { Shape, Trace } from "../../types.js"
 */

import { pictureCell } from "../../views/stage/walk.js";
import { seenAt } from "../stack.js";

/** @param {Trace} trace @param {Shape} shape @param {{height: number}} picture @returns null where nothing was chosen */
export function winnerOf({ cell, terms }, shape, { height }) {
  const chosen = terms.flatMap((term) => (term.chosen && term.input ? [term.input] : []));
  const axes = shape.axes.length;
  if (chosen.length === 0 || axes === 0) return null;
  const cells = chosen.map((input) => pictureCell(input, axes, height));
  const { y, x } = seenAt(shape, cell);
  return { y, x, channel: cells[0].channel, cells: cells.map((one) => ({ y: one.y, x: one.x })) };
}
