/**
 * A table of numbers to type into: arrow keys walk, pasting a block replaces it. Emits through `emit` and `paste`.
 *
 * @import { Translate } from "../types.js"
 */

import { h, rebuild, setAttr } from "./dom.js";

const NUMBER = /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i;

/** @param {number} value short enough for a cell; the title has it all */
export function brief(value) {
  const text = String(value);
  return text.length <= 7 ? text : String(Number(value.toPrecision(4)));
}

export class GridEditor {
  /** @param {{emit: (values: number[][]) => void, paste: (text: string) => boolean, bad: (is: boolean) => void}} listeners */
  constructor(listeners) {
    this.listeners = listeners;
    this.element = h("div", {
      class: "kernel-grid",
      role: "group",
      tabindex: "-1",
      "data-testid": "kernel-grid",
    });
    this.element.addEventListener("input", (event) =>
      this.#typed(/** @type {HTMLInputElement} */ (event.target)),
    );
    this.element.addEventListener("focusout", () => this.#settle());
    this.element.addEventListener("keydown", (event) => this.#key(event));
    this.element.addEventListener("paste", (event) => this.#paste(event));
    /** @type {HTMLInputElement[][]} */
    this.cells = [];
    /** @type {number[][]} */
    this.values = [];
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
    values.forEach((line, row) => {
      for (const [column, value] of line.entries()) this.#put(this.cells[row][column], value);
    });
  }

  /** @param {number} rows @param {number} columns @param {(row: number, column: number) => string} cellLabel */
  #make(rows, columns, cellLabel) {
    this.element.style.setProperty("--columns", String(columns));
    this.element.dataset.size = columns > 7 ? "small" : columns > 5 ? "medium" : "large";
    this.cells = Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (_, column) =>
        h("input", {
          inputmode: "decimal",
          autocomplete: "off",
          "aria-label": cellLabel(row + 1, column + 1),
          "data-at": `${row},${column}`,
        }),
      ),
    );
    return this.cells.flat();
  }

  /** @param {HTMLInputElement} cell @param {number} value */
  #put(cell, value) {
    const typing = cell === document.activeElement;
    if (!typing || (NUMBER.test(cell.value) && Number(cell.value) !== value)) {
      const text = brief(value);
      if (cell.value !== text) cell.value = text;
      setAttr(cell, "aria-invalid", null);
    }
    setAttr(cell, "title", brief(value) === String(value) ? null : String(value));
    setAttr(cell, "data-sign", value > 0 ? "+" : value < 0 ? "-" : "0");
  }

  /** @param {HTMLInputElement} cell */
  #typed(cell) {
    const good = NUMBER.test(cell.value);
    setAttr(cell, "aria-invalid", good ? null : "true");
    this.listeners.bad(!good && cell.value.trim() !== "" && cell.value.trim() !== "-");
    if (!good) return;
    const [row, column] = place(cell);
    this.listeners.emit(
      this.values.map((line, at) => (at === row ? line.with(column, Number(cell.value)) : line)),
    );
  }

  /** A cell left with nonsense in it shows its value again. */
  #settle() {
    this.listeners.bad(false);
    queueMicrotask(() => {
      this.values.forEach((line, row) => {
        for (const [column, value] of line.entries()) this.#put(this.cells[row][column], value);
      });
    });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const cell = event.target;
    if (
      !(cell instanceof HTMLInputElement) ||
      event.altKey ||
      event.ctrlKey ||
      event.metaKey ||
      event.shiftKey
    )
      return;
    const [row, column] = place(cell);
    const start = cell.selectionStart === 0;
    const end = cell.selectionEnd === cell.value.length;
    /** @type {Record<string, [number, number]>} */
    const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0] };
    if (start) steps.ArrowLeft = [0, -1];
    if (end) steps.ArrowRight = [0, 1];
    const step = steps[event.key];
    const next = step && this.cells[row + step[0]]?.[column + step[1]];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.select();
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

/** @param {HTMLInputElement} cell */
function place(cell) {
  return (cell.dataset.at ?? "0,0").split(",").map(Number);
}
