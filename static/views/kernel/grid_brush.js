/**
 * The brush on a table of numbers: press and drag; or by keys, of which digits, plus and minus set and change a cell,
 * Enter paints it, and Shift paints while the arrows walk.
 *
 * @typedef {{row: number, column: number}} Place
 * @typedef {{element: HTMLElement, cells: HTMLInputElement[][], values: number[][], painting: boolean,
 *   listeners: {brush: () => number}}} Host the table, as far as it is painted on
 */

import { between } from "../../draw/line.js";

/** @param {number[][]} values @param {Place[]} places @param {number} value @returns {number[][]} with other cells left as they are */
export function painted(values, places, value) {
  const next = [...values];
  for (const { row, column } of places) next[row] = next[row].with(column, value);
  return next;
}

export class GridBrush {
  /** @param {Host} grid @param {(values: number[][]) => void} change */
  constructor(grid, change) {
    this.grid = grid;
    this.change = change;
    /** The pointer that paints. @type {number | null} */
    this.pointer = null;
    /** @type {Place | null} */
    this.last = null;
    /** Where the cells are on the screen, since the press. */
    this.box = { left: 0, top: 0, right: 1, bottom: 1 };
    const { element } = grid;
    // A press must not select the text of cells.
    element.addEventListener("mousedown", (event) => {
      if (!grid.painting) return;
      event.preventDefault();
      if (event.target instanceof HTMLInputElement) event.target.focus({ preventScroll: true });
    });
    element.addEventListener("pointerdown", (event) => this.#press(event));
    element.addEventListener("pointermove", (event) => {
      if (event.pointerId === this.pointer) this.#stroke(event);
    });
    for (const end of /** @type {const} */ (["pointerup", "pointercancel"]))
      element.addEventListener(end, () => {
        this.pointer = null;
      });
  }

  /** @param {PointerEvent} event */
  #press(event) {
    if (!this.grid.painting || event.button !== 0 || this.pointer !== null) return;
    const { cells, element } = this.grid;
    const [first, last] = [cells[0][0], cells[cells.length - 1][cells[0].length - 1]].map((cell) =>
      cell.getBoundingClientRect(),
    );
    this.box = { left: first.left, top: first.top, right: last.right, bottom: last.bottom };
    this.pointer = event.pointerId;
    this.last = null;
    element.setPointerCapture(event.pointerId);
    this.#stroke(event);
  }

  /** The moves of a frame come as one; no cell between two of them is left out. @param {PointerEvent} event */
  #stroke(event) {
    const place = this.#at(event);
    const { last } = this;
    if (!place || (last && last.row === place.row && last.column === place.column)) return;
    this.last = place;
    const cell = ({ row, column } = place) => ({ y: row, x: column });
    const line = last ? between(cell(last), cell()) : [cell()];
    this.put(line.map(({ y, x }) => ({ row: y, column: x })));
  }

  /** @param {PointerEvent} event @returns {Place | null} */
  #at({ clientX, clientY }) {
    const { cells } = this.grid;
    const { left, top, right, bottom } = this.box;
    const row = Math.floor(((clientY - top) / (bottom - top)) * cells.length);
    const column = Math.floor(((clientX - left) / (right - left)) * cells[0].length);
    return cells[row]?.[column] ? { row, column } : null;
  }

  /** @param {Place[]} places */
  put(places) {
    this.#set(places, this.grid.listeners.brush());
  }

  /** @param {Place[]} places @param {number} value */
  #set(places, value) {
    const { values } = this.grid;
    if (places.every(({ row, column }) => values[row][column] === value)) return;
    this.change(painted(values, places, value));
  }

  /** @param {KeyboardEvent} event @param {Place} place @returns {boolean} whether the key was the brush's */
  key(event, place) {
    const { key } = event;
    const value = this.grid.values[place.row][place.column];
    if (key === "Enter" || key === " ") this.put([place]);
    else if (/^\d$/.test(key)) this.#set([place], Number(key));
    else if (key === "+" || key === "=") this.#set([place], value + 1);
    else if (key === "-" || key === "_") this.#set([place], value - 1);
    else if (key === "Delete" || key === "Backspace") this.#set([place], 0);
    else return false;
    event.preventDefault();
    return true;
  }
}
