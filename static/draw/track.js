/** The cells of one axis side by side, or, of a long one, those at its two ends with a gap between. */

/** Stands in a track where cells are left out. */
export const GAP = -1;
/** As wide as this many cells. */
export const GAP_CELLS = 2;

/** @param {number} from @param {number} to @returns {number[]} */
const span = (from, to) => Array.from({ length: Math.max(to - from, 0) }, (_, at) => from + at);

export class Track {
  /** @param {number} count of cells @param {number} ends how many are shown at each end, Infinity for all */
  constructor(count, ends) {
    this.whole = count <= 2 * ends + GAP_CELLS;
    this.cells = this.whole ? span(0, count) : [...span(0, ends), GAP, ...span(count - ends, count)];
    /** Cells at the beginning that come before the gap, and how far those after it are moved. */
    this.first = this.whole ? count : ends;
    this.moved = this.whole ? 0 : count - 2 * ends - GAP_CELLS;
    /** How many cells it is wide. */
    this.units = count - this.moved;
  }

  /** Where a cell begins, in cells; the gap's middle for one that is left out. @param {number} cell */
  at(cell) {
    if (cell < this.first) return cell;
    return Math.max(cell - this.moved, this.first + GAP_CELLS / 2);
  }

  /** @param {number} cell */
  shows(cell) {
    return cell < this.first || cell - this.moved >= this.first + GAP_CELLS;
  }

  /** The cell at a place, null in the gap and outside. @param {number} place */
  cell(place) {
    if (place < 0 || place >= this.units) return null;
    if (place < this.first) return Math.floor(place);
    return place < this.first + GAP_CELLS && !this.whole ? null : Math.floor(place) + this.moved;
  }
}
