/**
 * The numbers of one block as tables: window, kernel, products. Every cell knows its term, and can be walked to with the
 * arrow keys: over the edge of one table lies the next.
 *
 * @import { Trace } from "../../types.js"
 * @import { Block } from "./terms.js"
 * @typedef {"values" | "weights" | "products"} Kind
 */

import { h, setAttr, setText } from "../base/dom.js";
import { minus } from "./words.js";

/** A minus sign is as much wider than a digit. */
const WIDER = 0.5;
/** A point is narrower. */
const POINT = 0.5;
/** Decimal places for which a matrix leaves room, so that the points stand below each other. */
const PLACES = 4;

/** @param {Block} block @param {number} shown of its terms @param {Kind} kind @param {string} label */
export function matrix({ columns, start }, shown, kind, label) {
  const rows = Array.from({ length: Math.ceil(shown / columns) }, (_, row) => {
    const last = Math.min(shown, (row + 1) * columns);
    const cells = [];
    for (let at = row * columns; at < last; at++)
      cells.push(h("td", { "data-term": start + at, "data-kind": kind, tabindex: "-1" }));
    return h("tr", ...cells);
  });
  const table = h("table.matrix", { role: "grid", "aria-label": label, "data-kind": kind }, ...rows);
  table.style.setProperty("--columns", String(Math.min(columns, shown)));
  return table;
}

/**
 * Writes the numbers into a table: only what has changed. All columns are as wide as the longest number, told by its
 * length, so that nothing has to be measured while one points.
 * @param {HTMLTableElement} table @param {Trace} trace @param {string} padding what a cell there is called
 * @returns {number} for how many digits its columns need room
 */
export function fillMatrix(table, { printed, terms }, padding) {
  const kind = /** @type {Kind} */ (table.dataset.kind);
  const cells = [...table.querySelectorAll("td")];
  let [longest, whole, behind] = [kind === "products" ? 4.5 : kind === "values" ? 3 : 2, 0, 0];
  for (const cell of cells) {
    const at = Number(cell.dataset.term);
    const text = printed[kind]?.[at] ?? "";
    setText(cell, minus(text));
    const length = text.startsWith("-") ? text.length + WIDER : text.length;
    const places = text.length - (text.indexOf(".") + 1 || text.length);
    longest = Math.max(longest, length);
    whole = Math.max(whole, length - places - (places ? 1 : 0));
    behind = Math.max(behind, places);
    if (kind === "values") {
      const outside = terms[at].input === null;
      setAttr(cell, "data-padding", outside);
      setAttr(cell, "title", outside ? padding : null);
    } else setAttr(cell, "data-sign", text.startsWith("-") ? "-" : text === "0" ? "0" : "+");
    setAttr(cell, "data-chosen", terms[at].chosen === true);
  }
  const room = behind > 0 && behind <= PLACES ? behind : 0;
  if (kind !== "values") alignPoints(cells, room);
  return room ? Math.max(longest, whole + POINT + room) : longest;
}

/** Numbers that stand in a column end alike: what is missing behind the point is left free. @param {HTMLElement[]} numbers @param {number} [most] places for which there is room */
export function alignPoints(numbers, most = Number.POSITIVE_INFINITY) {
  const behind = numbers.map((one) => one.textContent?.match(/\.\d+$/)?.[0] ?? "");
  const longest = Math.max(0, ...behind.map((one) => one.length));
  for (const [at, one] of numbers.entries()) {
    const missing = longest > most + 1 ? 0 : longest - behind[at].length;
    setAttr(one, "data-pad", missing > 0 ? (behind[at] ? "" : ".").padEnd(missing, "0") : null);
  }
}

/** @type {Record<string, [number, number]>} */
const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/** The cell where a key leads. @param {HTMLTableCellElement} cell @param {string} key @param {Element} root @returns {HTMLElement | null} */
export function neighbour(cell, key, root) {
  const table = cell.closest("table");
  const row = /** @type {HTMLTableRowElement} */ (cell.parentElement);
  if (!table) return null;
  if (key === "Home") return row.cells[0];
  if (key === "End") return row.cells[row.cells.length - 1];
  const step = STEPS[key];
  if (!step) return null;
  const inside = table.rows[row.rowIndex + step[0]]?.cells[cell.cellIndex + step[1]];
  if (inside) return inside;
  const sideways = step[1] !== 0;
  const tables = /** @type {HTMLTableElement[]} */ ([
    ...root.querySelectorAll(sideways ? ".matrix" : `.matrix[data-kind=${table.dataset.kind}]`),
  ]);
  const next = tables[tables.indexOf(table) + step[0] + step[1]];
  if (!next) return null;
  const edge = (/** @type {ArrayLike<unknown>} */ list) => (step[0] + step[1] < 0 ? list.length - 1 : 0);
  const along = (/** @type {number} */ at, /** @type {ArrayLike<unknown>} */ list) =>
    Math.min(at, list.length - 1);
  const there = next.rows[sideways ? along(row.rowIndex, next.rows) : edge(next.rows)];
  return there.cells[sideways ? edge(there.cells) : along(cell.cellIndex, there.cells)];
}
