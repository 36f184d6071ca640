/**
 * The px of the overview: a box for each unit, paths for lines and arcs, brackets. All units of a column share its
 * height; the figure is as high as two lanes of half as many maps.
 *
 * @import { Layout, Place } from "./layout.js"
 * @typedef {{name: string, left: number, top: number, width: number, height: number, rows: number, list: boolean}} Box of a
 *   unit's picture; rows: how many maps it has room for; list: it is a strip of numbers. Its label stands above it
 * @typedef {{boxes: Map<string, Box>, width: number, height: number, paths: string[],
 *   brackets: {name: string, path: string, left: number, width: number}[]}} Geometry
 */

/** Maps of a column, px from column to column, of a label's two lines, of the brackets with their names, of one level of arcs. */
const ROWS = 8;
const PITCH = 74;
export const LABEL = 30;
const TOP = 26;
const LEVEL = 14;
const BETWEEN = 14;
const STRIP = 22;
/** From the frame's edge to the first column, and behind the last. */
const EDGE = 18;

/** @param {Layout} layout @param {number} thumb px of a map's side @returns {Geometry} */
export function geometryOf(layout, thumb) {
  const most = Math.max(1, ...layout.places.map(({ lanes }) => lanes));
  const inner = ROWS * thumb + most * LABEL + (most - 1) * BETWEEN;
  const levels = Math.max(0, ...layout.edges.map(({ level }) => level));
  const head = layout.modules.length ? TOP : 0;
  const floor = head + inner;
  const boxes = new Map(layout.places.map((place) => [place.name, boxOf(place, thumb, inner, head)]));
  const width = 2 * EDGE + (layout.columns - 1) * PITCH + thumb;
  const middle = head + LABEL + (ROWS * thumb) / 2 + (inner - LABEL - ROWS * thumb) / 2;
  const start = { right: 0, y: middle };
  const paths = layout.edges.map(({ from, to, level }) => {
    const source = boxes.get(from);
    const target = /** @type {Box} */ (boxes.get(to));
    const left = source ? { right: source.left + source.width, y: source.top + source.height / 2 } : start;
    if (level === 0 || !source) return line(left, target);
    return arc(source, target, floor + 4 + level * LEVEL);
  });
  const last = boxes.get(layout.places.at(-1)?.name ?? "");
  if (last) paths.push(`M${last.left + last.width + 3} ${middle}H${width}`);
  const brackets = layout.modules.map(({ name, first, last: end }) => {
    const left = EDGE + first * PITCH - 7;
    const right = EDGE + end * PITCH + thumb + 7;
    return { name, path: `M${left} ${TOP - 2}v-5H${right}v5`, left, width: right - left };
  });
  return { boxes, width, height: floor + (levels ? 8 + levels * LEVEL : 0), paths, brackets };
}

/** @param {Place} place @param {number} thumb @param {number} inner @param {number} head px above @returns {Box} */
function boxOf({ name, column, lane, lanes, last }, thumb, inner, head) {
  const rows = Math.max(1, Math.floor(ROWS / lanes));
  const list = last.shape.length === 1;
  const room = LABEL + rows * thumb;
  const free = inner - lanes * room - (lanes - 1) * BETWEEN;
  const shown = list ? rows : Math.min(rows, last.shape[0]);
  const width = list ? STRIP : thumb;
  return {
    name,
    left: EDGE + column * PITCH + (thumb - width) / 2,
    top: head + free / 2 + lane * (room + BETWEEN) + LABEL,
    width,
    height: shown * thumb,
    ...{ rows: shown, list },
  };
}

/** @param {{right: number, y: number}} from @param {Box} to */
function line({ right, y }, { left, top, height }) {
  const end = top + height / 2;
  const [x1, x2] = [right + 3, left - 3];
  if (y === end) return `M${x1} ${y}H${x2}`;
  const bend = (x1 + x2) / 2;
  return `M${x1} ${y}C${bend} ${y} ${bend} ${end} ${x2} ${end}`;
}

/** Below all columns. @param {Box} from @param {Box} to @param {number} depth */
function arc(from, to, depth) {
  const [x1, x2] = [from.left + from.width / 2 + 5, to.left + to.width / 2 - 5];
  const [y1, y2] = [from.top + from.height + 3, to.top + to.height + 3];
  const r = 8;
  return `M${x1} ${y1}V${depth - r}q0 ${r} ${r} ${r}H${x2 - r}q${r} 0 ${r} ${-r}V${y2}`;
}
