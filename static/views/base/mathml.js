/**
 * An expression as the server writes it, drawn in MathML: once with its symbols, once with its numbers.
 *
 * @import { Expr } from "../../types.js"
 * @typedef {(index: string) => string} IndexWord
 */

const NS = "http://www.w3.org/1998/Math/MathML";
/** @type {Record<string, string>} */
const SIGNS = { "+": "+", "-": "−", "*": "⋅", "=": "=" };
/** @type {Record<string, [string, string]>} */
const FENCES = { floor: ["⌊", "⌋"], ceil: ["⌈", "⌉"] };
/** @type {Record<string, number>} how tightly an operator binds */
const RANK = { "=": 0, "+": 1, "-": 1, "*": 2 };

/** @param {string} tag @param {...(Node | string)} children */
function m(tag, ...children) {
  const element = document.createElementNS(NS, tag);
  element.append(...children);
  return element;
}

/** @param {string} text a bracket that keeps its height */
function fence(text) {
  const element = m("mo", text);
  element.setAttribute("stretchy", "false");
  return element;
}

/**
 * Fonts without a mathematical table cannot stretch these brackets: the style sheet draws them, as tall as what
 * they hold, over the characters, which stay for those who listen.
 * @param {string} op @param {Element[]} held
 */
function fenced(op, held) {
  const row = m("mrow", fence(FENCES[op][0]), ...held, fence(FENCES[op][1]));
  row.setAttribute("class", `fenced ${op}`);
  return row;
}

/** @param {string} name p_before is p with an index @param {IndexWord} word */
function symbol(name, word) {
  const [head, index] = name.split("_");
  return index ? m("msub", m("mi", head), m("mtext", word(index))) : m("mi", head);
}

/** @param {Expr} expr @param {IndexWord | null} word null draws the numbers @returns {Element} */
function draw(expr, word) {
  if (expr.symbol !== undefined) return word ? symbol(expr.symbol, word) : number(expr.value ?? 0);
  if (expr.number !== undefined) return number(expr.number);
  const args = expr.args ?? [];
  const op = expr.op ?? "";
  const drawn = args.map((arg) => draw(arg, word));
  if (FENCES[op]) return fenced(op, drawn);
  if (op === "/") return m("mfrac", ...drawn);
  const parts = args.flatMap((arg, at) => {
    const part = needsBrackets(arg, op, at) ? m("mrow", fence("("), drawn[at], fence(")")) : drawn[at];
    return at === 0 ? [part] : [m("mo", SIGNS[op] ?? op), part];
  });
  return m("mrow", ...parts);
}

/** @param {number} value */
function number(value) {
  return value < 0 ? m("mrow", m("mo", "−"), m("mn", String(-value))) : m("mn", String(value));
}

/** @param {Expr} arg @param {string} op @param {number} at */
function needsBrackets(arg, op, at) {
  const inner = RANK[arg.op ?? ""] ?? 3;
  return inner < RANK[op] || (inner === RANK[op] && at > 0 && op === "-");
}

/** @param {Expr} expr @param {IndexWord | null} word names the indices of the symbols; null draws the numbers @returns {Element} a math element */
export function mathml(expr, word) {
  const math = m("math", draw(expr, word));
  math.setAttribute("displaystyle", "true");
  return math;
}

/** @param {Expr} expr @returns {string[]} the symbols it names, each once */
export function symbolsOf(expr) {
  const inner = (expr.args ?? []).flatMap(symbolsOf);
  return [...new Set(expr.symbol !== undefined ? [expr.symbol] : inner)];
}
