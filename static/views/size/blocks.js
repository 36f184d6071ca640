/** Input, kernel and output as boxes beside each other. @import { Shape, Translate } from "../../types.js" */

import { blocksOf, drawnOf, scaleOf } from "../../draw/blocks.js";
import { h } from "../base/dom.js";
import { svg } from "../base/svg.js";

/** @typedef {import("../../draw/blocks.js").Block} Block @typedef {import("../../draw/blocks.js").Drawn} Drawn */

/** The depth goes up and to the right. */
const SLOPE = { x: 0.8, y: 0.5 };
/** So many kernels behind each other at most. */
const PILE = 3;
const STEP = 9;
const ROOM = { left: 34, bottom: 18, top: 4, right: 34 };

/** @param {Shape} shape @param {Translate} t @returns {Node[]} */
export function drawBlocks(shape, t) {
  const blocks = blocksOf(shape);
  const scale = scaleOf(blocks);
  const parts = blocks.map((block) => figure(block, drawnOf(block, scale), t));
  return parts.flatMap((part, at) => (at === 0 ? [part] : [arrow(), part]));
}

function arrow() {
  return h("span.block-arrow", { "aria-hidden": true }, "→");
}

/** @param {Block} block @param {Drawn} drawn @param {Translate} t */
function figure(block, drawn, t) {
  const { name, width, height, depth, count } = block;
  const size = `${width} × ${height} × ${depth}`;
  const words = count > 1 ? t("blocks.several", { count, size }) : size;
  const title = t(`blocks.${name === "kernel" && !block.weighs ? "window" : name}`);
  const notes = drawn.look === "true" ? [] : [h("small", t(`blocks.${drawn.look}`))];
  return h(
    "figure.block",
    { "data-testid": `block-${name}`, "data-look": drawn.look },
    box(block, drawn, `${title}: ${words}`),
    h("figcaption", h("span", title), h("b", words), ...notes),
  );
}

/** @param {Block} block @param {Drawn} drawn @param {string} label */
function box(block, drawn, label) {
  const pile = Math.min(block.count, PILE);
  const [dx, dy] = [drawn.depth * SLOPE.x, drawn.depth * SLOPE.y];
  const [wide, tall] = [drawn.width + dx + (pile - 1) * STEP, drawn.height + dy + (pile - 1) * STEP];
  const [across, down] = [wide + ROOM.left + ROOM.right, tall + ROOM.top + ROOM.bottom];
  const picture = svg("svg", {
    width: across,
    height: down,
    viewBox: `0 0 ${across} ${down}`,
    role: "img",
    "aria-label": label,
  });
  for (let one = pile - 1; one >= 0; one--) {
    const [x, y] = [ROOM.left + one * STEP, ROOM.top + tall - drawn.height - one * STEP];
    const { width, height } = drawn;
    picture.append(
      svg("path.block-top", { d: `M${x} ${y}l${dx} ${-dy}h${width}l${-dx} ${dy}z` }),
      svg("path.block-side", { d: `M${x + width} ${y}l${dx} ${-dy}v${height}l${-dx} ${dy}z` }),
      svg("rect.block-front", { x, y, width, height }),
    );
  }
  const [left, bottom] = [ROOM.left, ROOM.top + tall];
  picture.append(
    svg("text", { x: left + drawn.width / 2, y: bottom + 13, "text-anchor": "middle" }, String(block.width)),
    svg(
      "text",
      { x: left - 5, y: bottom - drawn.height / 2 + 4, "text-anchor": "end" },
      String(block.height),
    ),
    svg("text", { x: left + drawn.width + dx / 2 + 5, y: bottom - dy / 2 + 8 }, String(block.depth)),
  );
  return picture;
}
