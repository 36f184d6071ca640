/** A strip of cells with the windows under it: padding, cells, what no window reads, what hangs over. */

import { svg } from "../base/svg.js";

/** @typedef {import("../../draw/strip.js").Strip} Strip */

const CELL = 10;
const LANE = 6;

/** @param {Strip} strip @param {string} label what it shows, in words */
export function drawStrip({ units, lanes, marks, bars }, label) {
  const height = CELL + 4 + lanes * LANE;
  const drawn = svg("svg.strip-drawing", {
    viewBox: `-1 -1 ${units * CELL + 2} ${height + 2}`,
    role: "img",
    "aria-label": label,
  });
  drawn.style.maxWidth = `${units * CELL * 1.6}px`;
  for (const { at, kind, unread } of marks) {
    const x = at * CELL;
    if (kind === "gap") {
      for (const step of [-4, 0, 4])
        drawn.append(svg("circle.strip-dot", { cx: x + step, cy: CELL / 2, r: 1 }));
      continue;
    }
    drawn.append(
      svg("rect", {
        class: `strip-${kind}${unread ? " strip-unread" : ""}`,
        x,
        y: 0,
        width: CELL,
        height: CELL,
      }),
    );
    // Hatched, so that it shows without colours.
    if (unread) drawn.append(svg("path.strip-hatch", { d: `M${x} 5l5-5M${x} 10l10-10M${x + 5} 10l5-5` }));
  }
  for (const { from, to, taps, lane } of bars) {
    const y = CELL + 4 + lane * LANE;
    drawn.append(
      svg("rect.strip-span", { x: from * CELL + 0.5, y: y + 1, width: (to - from) * CELL - 1, height: 2 }),
    );
    for (const tap of taps)
      drawn.append(svg("rect.strip-tap", { x: tap * CELL + 1, y, width: CELL - 2, height: 4 }));
  }
  return drawn;
}
