/**
 * An expression as the server writes it, drawn in MathML: once with its symbols, once with its numbers.
 *
 * @import { Expr } from "../types.js"
 */

const NS = "http://www.w3.org/1998/Math/MathML";
/** @type {Record<string, string>} */
const SIGNS = { "+": "+", "-": "−", "*": "·", "=": "=" };
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

/** @param {string} name p_before is p with an index */
function symbol(name) {
  const [head, index] = name.split("_");
  return index ? m("msub", m("mi", head), m("mtext", index)) : m("mi", head);
}

/** @param {Expr} expr @param {boolean} numbers @returns {Element} */
function draw(expr, numbers) {
  if (expr.symbol !== undefined) return numbers ? number(expr.value ?? 0) : symbol(expr.symbol);
  if (expr.number !== undefined) return number(expr.number);
  const args = expr.args ?? [];
  const op = expr.op ?? "";
  if (FENCES[op])
    return m("mrow", fence(FENCES[op][0]), ...args.map((arg) => draw(arg, numbers)), fence(FENCES[op][1]));
  if (op === "/") return m("mfrac", ...args.map((arg) => draw(arg, numbers)));
  const parts = args.flatMap((arg, at) => {
    const drawn = needsBrackets(arg, op, at)
      ? m("mrow", fence("("), draw(arg, numbers), fence(")"))
      : draw(arg, numbers);
    return at === 0 ? [drawn] : [m("mo", SIGNS[op] ?? op), drawn];
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

/** @param {Expr} expr @param {boolean} numbers @returns {Element} a math element */
export function mathml(expr, numbers) {
  const math = m("math", draw(expr, numbers));
  math.setAttribute("displaystyle", "true");
  return math;
}

/** @param {Expr} expr @returns {string[]} the symbols it names, each once */
export function symbolsOf(expr) {
  const inner = (expr.args ?? []).flatMap(symbolsOf);
  return [...new Set(expr.symbol !== undefined ? [expr.symbol] : inner)];
}
