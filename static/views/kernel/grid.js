/**
 * A table of numbers to type into, or to paint on: arrow keys walk, pasting a block replaces it. Emits through `emit`,
 * `paste`, `bad` and `light`.
 *
 * @import { Translate } from "../../types.js"
 * @import { Place } from "./grid_brush.js"
 * @typedef {{emit: (values: number[][]) => void, paste: (text: string) => boolean, bad: (is: boolean) => void,
 *   light: (place: Place | null) => void, brush: () => number}} Listeners brush: what is painted
 */

import { h, rebuild, setAttr } from "../base/dom.js";
import { GridBrush, painted } from "./grid_brush.js";

const NUMBER = /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i;
/** Columns up to which cells are wide, less wide, and hold a number when they are painted on. */
const WIDE = 5;
const NARROW = 7;
const PRINTED = 9;

/** @param {number} value short enough for a cell; the title has it all */
export function brief(value) {
  const text = String(value);
  return text.length <= 7 ? text : String(Number(value.toPrecision(4)));
}

export class GridEditor {
  /** @param {Listeners} listeners */
  constructor(listeners) {
    this.listeners = listeners;
    this.element = h("div.kernel-grid", { role: "group", tabindex: "-1", "data-testid": "kernel-grid" });
    const { element } = this;
    element.addEventListener("input", (event) => this.#typed(/** @type {HTMLInputElement} */ (event.target)));
    element.addEventListener("focusout", () => this.#settle());
    element.addEventListener("keydown", (event) => this.#key(event));
    element.addEventListener("paste", (event) => this.#paste(event));
    for (const type of ["pointerover", "focusin"])
      element.addEventListener(type, ({ target }) =>
        listeners.light(target instanceof HTMLInputElement ? placeOf(target) : null),
      );
    element.addEventListener("pointerleave", () => listeners.light(null));
    this.brush = new GridBrush(this, (values) => this.#change(values));
    this.painting = false;
    /** @type {HTMLInputElement[][]} */
    this.cells = [];
    /** @type {number[][]} */
    this.values = [];
    /** @type {HTMLInputElement | null} */
    this.lit = null;
  }

  /** @param {boolean} painting then a press paints, and nothing is typed */
  paint(painting) {
    this.painting = painting;
    setAttr(this.element, "data-paint", painting);
    for (const cell of this.cells.flat()) cell.readOnly = painting;
    this.#putAll();
  }

  /** @param {number[][]} values @param {string} label @param {(row: number, column: number) => string} cellLabel */
  update(values, label, cellLabel) {
    this.values = values;
    const rows = values.length;
    const columns = values[0].length;
    setAttr(this.element, "aria-label", label);
    rebuild(this.element, `${rows}x${columns} ${cellLabel(1, 2)}`, () =>
      this.#make(rows, columns, cellLabel),
    );
    this.#putAll();
  }

  /** @param {Place | null} place the cell that is lit, as another view points at it */
  light(place) {
    const cell = (place && this.cells[place.row]?.[place.column]) ?? null;
    if (cell === this.lit) return;
    this.lit?.removeAttribute("data-lit");
    cell?.setAttribute("data-lit", "");
    this.lit = cell;
  }

  /** @param {number} rows @param {number} columns @param {(row: number, column: number) => string} cellLabel */
  #make(rows, columns, cellLabel) {
    const { style, dataset } = this.element;
    style.setProperty("--columns", String(columns));
    style.setProperty("--rows", String(rows));
    dataset.size = columns > NARROW ? "small" : columns > WIDE ? "medium" : "large";
    dataset.print = String(columns <= PRINTED);
    this.cells = Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (_, column) => {
        const cell = h("input", {
          inputmode: "decimal",
          autocomplete: "off",
          "data-at": `${row},${column}`,
          "aria-label": cellLabel(row + 1, column + 1),
        });
        cell.readOnly = this.painting;
        return cell;
      }),
    );
    return this.cells.flat();
  }

  #putAll() {
    const { values, cells, painting } = this;
    const most = Math.max(...values.flat().map(Math.abs)) || 1;
    values.forEach((line, row) => {
      for (const [column, value] of line.entries()) {
        this.#put(cells[row][column], value);
        const ink = painting && value !== 0 ? String(Math.ceil((4 * Math.abs(value)) / most)) : null;
        setAttr(cells[row][column], "data-ink", ink);
      }
    });
  }

  /** @param {HTMLInputElement} cell @param {number} value */
  #put(cell, value) {
    const typing = cell === document.activeElement && !this.painting;
    if (!typing || (NUMBER.test(cell.value) && Number(cell.value) !== value)) {
      const text = brief(value);
      if (cell.value !== text) cell.value = text;
      setAttr(cell, "aria-invalid", null);
    }
    setAttr(cell, "title", brief(value) === String(value) ? null : String(value));
    setAttr(cell, "data-sign", value > 0 ? "+" : value < 0 ? "-" : "0");
  }

  /** @param {number[][]} values */
  #change(values) {
    this.values = values;
    this.listeners.emit(values);
  }

  /** @param {HTMLInputElement} cell */
  #typed(cell) {
    const good = NUMBER.test(cell.value);
    setAttr(cell, "aria-invalid", good ? null : "true");
    this.listeners.bad(!good && cell.value.trim() !== "" && cell.value.trim() !== "-");
    if (good) this.#change(painted(this.values, [placeOf(cell)], Number(cell.value)));
  }

  /** A cell left with nonsense in it shows its value again. */
  #settle() {
    this.listeners.bad(false);
    queueMicrotask(() => this.#putAll());
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const cell = event.target;
    if (!(cell instanceof HTMLInputElement) || event.altKey || event.ctrlKey || event.metaKey) return;
    const { painting } = this;
    if (painting && this.brush.key(event, placeOf(cell))) return;
    if (event.shiftKey && !painting) return;
    const { row, column } = placeOf(cell);
    const start = painting || cell.selectionStart === 0;
    const end = painting || cell.selectionEnd === cell.value.length;
    /** @type {Record<string, [number, number]>} */
    const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0] };
    if (start) steps.ArrowLeft = [0, -1];
    if (end) steps.ArrowRight = [0, 1];
    const step = steps[event.key];
    const next = step && this.cells[row + step[0]]?.[column + step[1]];
    if (!next) return;
    event.preventDefault();
    next.focus();
    if (!painting) next.select();
    else if (event.shiftKey) this.brush.put([placeOf(next)]);
  }

  /** @param {ClipboardEvent} event one number is left to the cell it is pasted into */
  #paste(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!/\S[\s,;]+\S|[[\]{}]/.test(text)) return;
    event.preventDefault();
    event.stopPropagation();
    this.listeners.paste(text);
  }
}

/** @param {HTMLInputElement} cell @returns {Place} */
function placeOf(cell) {
  const [row, column] = (cell.dataset.at ?? "0,0").split(",").map(Number);
  return { row, column };
}
