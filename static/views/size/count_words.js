/** How a number of the shape reply comes about, in numbers and in words. @import { Expr, Translate } from "../../types.js" */

/** @type {Record<string, string>} */
const SIGNS = { "*": " × ", "+": " + ", "-": " − " };

/** Sizes that count the same stand together. @param {Expr[]} args */
function grouped(args) {
  /** @type {Expr[][]} */
  const groups = [];
  for (const arg of args) {
    const last = groups.at(-1);
    if (arg.symbol && last?.[0].symbol === arg.symbol) last.push(arg);
    else groups.push([arg]);
  }
  return groups;
}

/** @param {Expr} expr @param {Translate} t @param {boolean} words what is counted, each word once, in place of the numbers @returns {string} */
function line(expr, t, words) {
  const { op, symbol, value, number, args = [] } = expr;
  if (!op)
    return words && symbol
      ? t(`count.${symbol}`)
      : new Intl.NumberFormat(t.lang).format(value ?? number ?? 0);
  const groups = grouped(args);
  const parts = groups.map((group) => {
    const shown = words ? group.slice(0, 1) : group;
    const text = shown.map((arg) => line(arg, t, words)).join(SIGNS[op]);
    const apart = shown.length > 1 ? groups.length > 1 : op === "*" && /^[+-]$/.test(group[0].op ?? "");
    return apart ? `(${text})` : text;
  });
  return parts.join(SIGNS[op]);
}

/** @param {Expr} count @param {Translate} t @returns {string[]} numbers, then what they count; nothing where a number stands alone */
export function countText(count, t) {
  return count.op ? [line(count, t, false), line(count, t, true)] : [];
}

/** @param {Expr} count the bytes of a number, times a sum of numbers @param {Translate} t @returns {string[]} */
export function bytesText({ args }, t) {
  if (!args) return [];
  const [each, sum] = args;
  return [t("count.bytes", { each: each.number, sum: line(sum, t, false) }), line(sum, t, true)];
}
