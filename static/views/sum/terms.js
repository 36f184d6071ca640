/**
 * The terms of a sum in blocks, as they lie in the kernel: rows and columns for each channel and each input read;
 * how many of them are shown at once; and what becomes of them, in lines.
 *
 * @import { Term, Text, Step, Printed, SumPart } from "../../types.js"
 * @typedef {object} Block
 * @property {string} of the input they are read from
 * @property {number[]} of_input channel, and plane, of the cells; empty where they are not of one
 * @property {number} columns
 * @property {boolean} windowed whether they lie as in a window, and not merely one after another
 * @property {number} start its first term
 * @property {number} count
 */

/** Terms that do not lie in a grid stand in lines of so many. */
const LINE = 12;
/** A single row that is longer is broken into such lines too: no kernel is as wide. */
const WIDEST = 31;
/** So many terms are shown unasked: what changes with every move of the pointer must be laid out in a frame. */
const AT_ONCE = 256;
/** Of terms in lines fewer: there is no shape to see. */
const AT_ONCE_IN_LINES = 120;
/** And so many blocks. */
const BLOCKS_AT_ONCE = 9;
/** So many of one block when asked for. */
const MOST = 3000;

/** @param {Term[]} terms @param {SumPart[]} partials @returns {Block[]} */
export function blocksOf(terms, partials) {
  return partials.map(({ start, count }) => block(terms.slice(start, start + count), start));
}

/** @param {Term[]} terms @param {number} start @returns {Block} */
function block(terms, start) {
  const places = terms.map((term) => term.kernel);
  const distinct = (/** @type {number} */ from) => new Set(places.map((place) => place.at(from) ?? 0)).size;
  const two = places[0].length > 2;
  const [rows, columns] = [two ? distinct(-2) : 1, distinct(-1)];
  const windowed = places[0].length > 1 && rows * columns === terms.length && (rows > 1 || columns <= WIDEST);
  const inputs = terms.flatMap(({ input }) => (input ? [input] : []));
  const rank = inputs[0]?.length ?? 0;
  const lead = rank > 1 ? inputs[0].slice(0, Math.max(1, rank - 2)) : [];
  const one = inputs.every((input) => lead.every((number, axis) => input[axis] === number));
  return {
    of: terms[0].of,
    of_input: one ? lead : [],
    columns: windowed ? columns : Math.min(terms.length, LINE),
    windowed,
    start,
    count: terms.length,
  };
}

/**
 * How many terms of each block are shown: those that were opened whole, of others as many as are quick, and of the
 * first always some rows.
 * @param {Block[]} blocks @param {Set<number>} opened @param {number} [few] blocks @returns {number[]}
 */
export function shownOf(blocks, opened, few = BLOCKS_AT_ONCE) {
  let left = AT_ONCE;
  return blocks.map(({ columns, count, windowed }, at) => {
    if (opened.has(at)) return Math.min(count, MOST);
    if (at >= few) return 0;
    const room = windowed ? left : Math.min(left, AT_ONCE_IN_LINES);
    const rows = at === 0 ? Math.max(1, Math.floor(room / columns)) : 0;
    const shown = count <= room ? count : rows * columns;
    left = count <= room ? left - count : 0;
    return shown;
  });
}

/** @type {Record<string, string>} */
const SIGNS = { add: "+", subtract: "−", multiply: "×", divide: "÷", apply: "" };

/**
 * What is done after the sum, a line each: the sign with an operand, or a function filled in with the number before.
 * @param {Step[]} steps @param {Printed} printed
 * @returns {{kind: string, sign: string, text: Text, of: string, filled: Text | null, operand: string | null, result: string, residual: string | null}[]}
 */
export function stepLines(steps, printed) {
  const first = printed.before ?? (printed.bias === null ? (printed.quotient ?? printed.sum) : null);
  return steps.map(({ kind, text }, at) => {
    const { residual, ...line } = printed.steps[at];
    const of = (at === 0 ? first : printed.steps[at - 1].result) ?? "x";
    return { kind, sign: SIGNS[kind], text, of, ...line, residual: residual === "0" ? null : residual };
  });
}

/**
 * What becomes of the terms before the steps: keyed numbers with the signs before them.
 * @param {Printed} printed @param {string} reduction
 * @returns {{key: string, sign: string, text: string}[]}
 */
export function sumParts({ sum, divisor, quotient, bias, residual, before }, reduction) {
  const residue = residual === "0" ? null : residual;
  /** @type {[string, string, string | null][]} */
  const parts = [
    [reduction, "=", sum],
    ["divisor", "÷", divisor],
    ["quotient", "=", divisor === null ? null : quotient],
    ["bias", "+", bias],
    ["residual", "+", residue],
    ["before", "=", bias === null && residue === null ? null : before],
  ];
  return parts.flatMap(([key, sign, text]) => (text === null ? [] : [{ key, sign, text }]));
}
