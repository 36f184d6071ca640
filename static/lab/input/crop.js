/**
 * A part of a picture, as [y, x, height, width] in its own pixels.
 *
 * @typedef {[number, number, number, number]} Crop
 * @typedef {{height: number, width: number}} Size
 */

/**
 * The pixels that some cells of the input stand for.
 * @param {{y: number, x: number, height: number, width: number}} cells a rectangle of them
 * @param {Size} input all cells of the input @param {Crop | null} crop of which the input was made @param {Size} whole
 * @returns {Crop}
 */
export function cropOf(cells, input, crop, whole) {
  const [top, left, height, width] = crop ?? [0, 0, whole.height, whole.width];
  const [y, tall] = along(cells.y, cells.height, input.height, top, height);
  const [x, wide] = along(cells.x, cells.width, input.width, left, width);
  return [y, x, tall, wide];
}

/** @param {number} from @param {number} count of cells @param {number} all cells @param {number} start @param {number} length in pixels @returns {[number, number]} */
function along(from, count, all, start, length) {
  const first = Math.min(Math.round((from * length) / all), length - 1);
  const end = Math.max(Math.round(((from + count) * length) / all), first + 1);
  return [start + first, end - first];
}

/**
 * One of its four numbers is another: a corner that moves takes from the size what no longer fits.
 * @param {Crop} crop @param {number} at which of the four @param {number} value within `range` @param {Size} whole @returns {Crop}
 */
export function moved(crop, at, value, whole) {
  const [y, x, height, width] = /** @type {Crop} */ (crop.with(at, value));
  return [y, x, Math.min(height, whole.height - y), Math.min(width, whole.width - x)];
}

/** What each of the four may be. @param {Crop} crop @param {Size} whole @returns {[number, number][]} */
export function ranges([y, x], { height, width }) {
  return [
    [0, height - 1],
    [0, width - 1],
    [1, height - y],
    [1, width - x],
  ];
}

/** Nothing is cut off: no crop at all. @param {Crop} crop @param {Size} whole */
export function shortCrop(crop, { height, width }) {
  return String(crop) === String([0, 0, height, width]) ? null : crop;
}
