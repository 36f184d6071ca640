/**
 * Where the window stands as time goes by: cell after cell, row by row, and after a rest at the end from the first
 * again. It knows nothing of pages and clocks: it is told the time.
 */

/** Milliseconds for which the finished picture stands. */
const REST = 1200;
/** What a page held up loses at most, beside one cell: it does not leap to catch up. */
const LATE = 250;

export class Walk {
  constructor() {
    this.rows = 0;
    this.columns = 0;
    /** The cell it stands on, counted row by row. */
    this.at = 0;
    /** The part of the next cell's time that is over, in cells. */
    this.part = 0;
    /** When it last moved on; null: it stood still. @type {number | null} */
    this.since = null;
  }

  get count() {
    return this.rows * this.columns;
  }

  /** @returns {{y: number, x: number}} */
  get cell() {
    return { y: Math.floor(this.at / this.columns), x: this.at % this.columns };
  }

  /** Over cells of another number, about the same place of the picture. @param {number} rows @param {number} columns */
  over(rows, columns) {
    if (rows === this.rows && columns === this.columns) return false;
    const { y, x } = this.count > 0 ? this.cell : { y: 0, x: 0 };
    const [down, across] = [rows / (this.rows || 1), columns / (this.columns || 1)];
    Object.assign(this, { rows, columns });
    this.put(Math.floor(y * down), Math.floor(x * across));
    return true;
  }

  /** @param {number} y @param {number} x clipped to what there is */
  put(y, x) {
    const within = (/** @type {number} */ value, /** @type {number} */ size) =>
      Math.max(0, Math.min(value, size - 1));
    this.to(within(y, this.rows) * this.columns + within(x, this.columns));
  }

  /** @param {number} at counted row by row; before the first comes the last */
  to(at) {
    this.at = this.count > 0 ? (at + this.count) % this.count : 0;
    this.part = 0;
  }

  /** Time that goes by from now on does not count. */
  halt() {
    this.since = null;
    this.part = 0;
  }

  /** @param {number} now milliseconds @param {number} speed cells a second @returns {boolean} whether it moved */
  advance(now, speed) {
    const gone = this.since === null ? 0 : Math.min(now - this.since, this.#pause(speed) + LATE);
    this.since = now;
    this.part += gone / this.#pause(speed);
    // A clock that counts in fractions may wake a hair too early.
    const cells = Math.floor(this.part + 1e-3);
    if (cells === 0) return false;
    this.part = Math.max(0, this.part - cells);
    const last = this.at === this.count - 1;
    const to = last ? cells - 1 : this.at + cells;
    // The last is never passed unseen.
    this.at = Math.min(to, this.count - 1);
    if (this.at === this.count - 1) this.part = 0;
    return true;
  }

  /** Milliseconds until it moves again. @param {number} now @param {number} speed */
  wait(now, speed) {
    const gone = this.since === null ? 0 : now - this.since;
    return Math.max(0, (1 - this.part) * this.#pause(speed) - gone);
  }

  /** How long it stands on its cell. @param {number} speed */
  #pause(speed) {
    return this.at === this.count - 1 ? Math.max(REST, 1000 / speed) : 1000 / speed;
  }
}
