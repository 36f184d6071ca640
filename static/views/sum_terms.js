/**
 * The terms of a sum in blocks, as they lie in the kernel: rows and columns for each channel and each input read.
 *
 * @import { Term, Step, PrintedStep, Printed } from "../types.js"
 * @typedef {object} Block
 * @property {string} of the input they are read from
 * @property {number[]} of_input channel, and plane, of the cells; empty where they are not of one
 * @property {number} columns
 * @property {boolean} windowed whether they lie as in a window, and not merely one after another
 * @property {number[]} at numbers of the terms
 */

/** Terms that do not lie in a grid stand in lines of so many. */
const LINE = 12;
/** A single row that is longer is broken into such lines too: no kernel is as wide. */
const WIDEST = 31;

/** @param {Term[]} terms @returns {Block[]} */
export function blocksOf(terms) {
  /** @type {Map<string, number[]>} */
  const groups = new Map();
  terms.forEach(({ of, kernel }, at) => {
    const key = `${of} ${kernel.slice(0, Math.max(kernel.length > 1 ? 1 : 0, kernel.length - 2))}`;
    const group = groups.get(key);
    if (group) group.push(at);
    else groups.set(key, [at]);
  });
  return [...groups.values()].map((at) => block(terms, at));
}

/** @param {Term[]} terms @param {number[]} at @returns {Block} */
function block(terms, at) {
  const places = at.map((term) => terms[term].kernel);
  const distinct = (/** @type {number} */ from) => new Set(places.map((place) => place.at(from) ?? 0)).size;
  const two = places[0].length > 2;
  const [rows, columns] = [two ? distinct(-2) : 1, distinct(-1)];
  const windowed = places[0].length > 1 && rows * columns === at.length && (rows > 1 || columns <= WIDEST);
  const inputs = at.flatMap((term) => (terms[term].input ? [terms[term].input ?? []] : []));
  const rank = inputs[0]?.length ?? 0;
  const lead = rank > 1 ? inputs[0].slice(0, Math.max(1, rank - 2)) : [];
  const one = inputs.every((input) => lead.every((number, axis) => input[axis] === number));
  return {
    of: terms[at[0]].of,
    of_input: one ? lead : [],
    columns: windowed ? columns : Math.min(at.length, LINE),
    windowed,
    at,
  };
}

/** @type {Record<string, string>} */
const SIGNS = { add: "+", subtract: "−", multiply: "×", divide: "÷", apply: "" };

/**
 * What is done after the sum, a line each: the sign with an operand, or a function's formula.
 * @param {Step[]} steps @param {PrintedStep[]} printed
 * @returns {{sign: string, name: string, operand: string | null, result: string, residual: string | null}[]}
 */
export function stepLines(steps, printed) {
  return steps.map(({ kind, name }, at) => {
    const { operand, result, residual } = printed[at];
    return { sign: SIGNS[kind], name, operand, result, residual: residual === "0" ? null : residual };
  });
}

/**
 * What becomes of the terms before the steps: keyed numbers with the signs before them.
 * @param {Printed} printed @param {string} reduction
 * @returns {{key: string, sign: string, text: string}[]}
 */
export function sumParts({ sum, divisor, quotient, remainder, bias, residual }, reduction) {
  /** @type {[string, string, string | null][]} */
  const parts = [
    [reduction, "", sum],
    ["divisor", "÷", divisor],
    ["quotient", "=", divisor === null ? null : quotient],
    ["remainder", "", remainder === "0" ? null : remainder],
    ["bias", "+", bias],
    ["residual", "+", residual === "0" ? null : residual],
  ];
  return parts.flatMap(([key, sign, text]) => (text === null ? [] : [{ key, sign, text }]));
}
