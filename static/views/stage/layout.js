/** How tall the panes are, and which cells of the output could show their values. */
import { clip } from "../../draw/clip.js";
import { MARGIN } from "../../draw/frame.js";
import { VALUES_FROM } from "../../draw/values.js";

/** Share of the window's height that panes may take: side by side, or one above the other. */
const TALLEST = { beside: 0.74, stacked: 0.42 };
/** Least height, as a share of the width: room to look around in when zoomed. */
const LOWEST = 0.7;
/** Cells that a region is rounded to, so that small moves ask for nothing new. */
const BLOCK = 8;

/**
 * The height at which a picture just fills a pane's width; it follows from the input alone, so that nothing
 * on the page moves while the output changes.
 * @param {{width: number, height: number}} picture @param {number} width of the pane @param {number} room
 * @param {boolean} stacked
 */
export function fitHeight(picture, width, room, stacked) {
  const ideal = ((width - 2 * MARGIN) * picture.height) / picture.width + 2 * MARGIN;
  const most = Math.max(160, room * (stacked ? TALLEST.stacked : TALLEST.beside));
  return Math.round(clip(ideal, width * LOWEST, most));
}

/**
 * The visible cells, in whole blocks, as [y, x, height, width]; null while cells are too small for numbers.
 * @param {import("../../draw/frame.js").Frame} frame
 * @returns {[number, number, number, number] | null}
 */
export function visibleRegion(frame) {
  if (frame.cellWidth < VALUES_FROM || !frame.width) return null;
  const { left, top, right, bottom } = frame.visible();
  const down = (/** @type {number} */ n) => Math.floor(n / BLOCK) * BLOCK;
  const up = (/** @type {number} */ n, /** @type {number} */ most) =>
    Math.min(Math.ceil(n / BLOCK) * BLOCK, most);
  const [y, x] = [down(top), down(left)];
  return [y, x, up(bottom, frame.rows) - y, up(right, frame.columns) - x];
}
