/**
 * Where cells fall on a viewport. Lengths of the viewport are CSS pixels; toX and toY give device pixels, and
 * put cell 0 on a whole one, so that cells, grid lines and marks share their edges.
 */

import { clip } from "./clip.js";

/** @typedef {{left: number, top: number, right: number, bottom: number}} Extent in cells, the right and bottom not in */
/** @typedef {{before: number, after: number}} Around cells */

/** The largest px per cell. */
export const CLOSEST = 64;
/** Free px kept around a picture that fits its viewport. */
export const MARGIN = 10;
/** No map is smaller than this, px of its long side; and no row alone is lower. */
const SMALLEST = 40;

export class Frame {
  constructor() {
    this.width = 0;
    this.height = 0;
    this.ratio = 1;
    this.scale = 1;
    /** The place, in cells, at the viewport's left and top edge. */
    this.x = 0;
    this.y = 0;
    /** @type {Extent} the picture and its padding */
    this.extent = { left: 0, top: 0, right: 1, bottom: 1 };
    /** Cells of the picture itself. */
    this.columns = 1;
    this.rows = 1;
  }

  /** @param {number} columns of the picture @param {number} rows @param {{rows: Around, columns: Around} | null} [padding] */
  hold(columns, rows, padding = null) {
    Object.assign(this, { columns, rows });
    this.extent = {
      left: -(padding?.columns.before ?? 0),
      top: -(padding?.rows.before ?? 0),
      right: columns + (padding?.columns.after ?? 0),
      bottom: rows + (padding?.rows.after ?? 0),
    };
  }

  /** CSS px of a cell: the scale, and more where a map of few cells could not be seen. */
  get cellWidth() {
    return Math.max(this.scale, SMALLEST / Math.max(this.columns, this.rows));
  }

  /** A row alone is a band. */
  get cellHeight() {
    return this.rows === 1 ? Math.max(this.cellWidth, SMALLEST) : this.cellWidth;
  }

  /** Device pixels per cell. */
  get step() {
    return this.cellWidth * this.ratio;
  }

  get stepDown() {
    return this.cellHeight * this.ratio;
  }

  /** @param {number} cell */
  toX(cell) {
    return Math.round(-this.x * this.step) + cell * this.step;
  }

  /** @param {number} cell */
  toY(cell) {
    return Math.round(-this.y * this.stepDown) + cell * this.stepDown;
  }

  /**
   * @param {number} px @param {number} py CSS px in the viewport
   * @returns {{y: number, x: number} | null} the cell of the picture there
   */
  cellAt(px, py) {
    const [x, y] = this.placeAt(px, py).map(Math.floor);
    return x >= 0 && y >= 0 && x < this.columns && y < this.rows ? { y, x } : null;
  }

  /** The cells of the picture that show, at least in part. */
  visible() {
    const left = Math.max(0, Math.floor(this.x));
    const top = Math.max(0, Math.floor(this.y));
    const right = Math.min(this.columns, Math.ceil(this.x + this.width / this.cellWidth));
    const bottom = Math.min(this.rows, Math.ceil(this.y + this.height / this.cellHeight));
    return { left, top, right: Math.max(left, right), bottom: Math.max(top, bottom) };
  }

  /** The cells of an extent that show; padding and what lies beyond may be among them. @param {Extent} extent @returns {Extent} */
  within({ left, top, right, bottom }) {
    return {
      left: Math.max(left, Math.floor(this.x)),
      top: Math.max(top, Math.floor(this.y)),
      right: Math.min(right, Math.ceil(this.x + this.width / this.cellWidth)),
      bottom: Math.min(bottom, Math.ceil(this.y + this.height / this.cellHeight)),
    };
  }

  /** The px per cell at which all is seen. Narrow padding lies in the margin and does not shrink the picture. */
  fit(margin = MARGIN) {
    const { left, top, right, bottom } = this.extent;
    const bare = Math.min(
      (this.width - 2 * margin) / this.columns,
      (this.height - 2 * margin) / this.rows,
      CLOSEST,
    );
    const padded = Math.min((this.width - 4) / (right - left), (this.height - 4) / (bottom - top));
    return Math.max(Math.min(bare, padded), 0.01);
  }

  /** Can the picture be moved in its viewport? */
  get loose() {
    const { left, top, right, bottom } = this.extent;
    const { cellWidth, cellHeight } = this;
    return (right - left) * cellWidth > this.width + 1 || (bottom - top) * cellHeight > this.height + 1;
  }

  /**
   * Change the scale and keep the place under a point of the viewport where it is.
   * @param {number} scale @param {number} px @param {number} py
   */
  zoom(scale, px, py) {
    const [x, y] = this.placeAt(px, py);
    this.scale = scale;
    this.put(x, y, px, py);
  }

  /** @param {number} px @param {number} py @returns {[number, number]} the place x, y in cells */
  placeAt(px, py) {
    return [this.x + px / this.cellWidth, this.y + py / this.cellHeight];
  }

  /** Bring the place x, y under the point px, py, as far as the edges allow. @param {number} x @param {number} y @param {number} px @param {number} py */
  put(x, y, px, py) {
    this.x = x - px / this.cellWidth;
    this.y = y - py / this.cellHeight;
    this.clamp();
  }

  /** What is smaller than the viewport stands in its middle; what is larger leaves no gap but the margin. */
  clamp() {
    const { left, top, right, bottom } = this.extent;
    const { cellWidth, cellHeight } = this;
    this.x = clampAxis(this.x, left, right, this.width / cellWidth, MARGIN / cellWidth);
    this.y = clampAxis(this.y, top, bottom, this.height / cellHeight, MARGIN / cellHeight);
  }

  /**
   * Move as little as needed to show cells left..right, top..bottom; say whether anything moved.
   * @param {Extent} cells
   */
  reveal(cells) {
    const { x, y, cellWidth, cellHeight } = this;
    const [beside, above] = [12 / cellWidth, 12 / cellHeight];
    this.x = revealAxis(this.x, cells.left - beside, cells.right + beside, this.width / cellWidth);
    this.y = revealAxis(this.y, cells.top - above, cells.bottom + above, this.height / cellHeight);
    this.clamp();
    return x !== this.x || y !== this.y;
  }
}

/** @param {number} start @param {number} low @param {number} high @param {number} seen @param {number} margin */
function clampAxis(start, low, high, seen, margin) {
  if (high - low <= seen) return (low + high - seen) / 2;
  return clip(start, low - margin, high + margin - seen);
}

/** @param {number} start @param {number} low @param {number} high @param {number} seen */
function revealAxis(start, low, high, seen) {
  if (high - low > seen) return (low + high - seen) / 2;
  return low < start ? low : high > start + seen ? high - seen : start;
}
