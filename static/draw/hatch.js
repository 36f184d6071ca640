/** What is never read, hatched, and the dots where cells are left out. */

import { colours } from "./theme.js";

/** Px from line to line. */
const HATCH = 6;

/** @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {number} width @param {number} height */
export function hatch(context, x, y, width, height) {
  const { panel, muted } = colours();
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.fillStyle = panel;
  context.fillRect(x, y, width, height);
  context.strokeStyle = muted;
  context.lineWidth = 1;
  context.beginPath();
  for (let from = -height; from < width; from += HATCH) {
    context.moveTo(x + from, y + height);
    context.lineTo(x + from + height, y);
  }
  context.stroke();
  context.restore();
}

/** Three dots in a gap. @param {CanvasRenderingContext2D} context @param {number} middle @param {number} length @param {boolean} down */
export function dots(context, middle, length, down) {
  context.fillStyle = colours().muted;
  for (const step of [-1, 0, 1]) {
    const along = middle + step * 5;
    for (const across of [length / 4, (3 * length) / 4]) {
      context.beginPath();
      context.arc(down ? across : along, down ? along : across, 1.5, 0, 7);
      context.fill();
    }
  }
}
