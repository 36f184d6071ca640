/**
 * The numbers of a cell as its parts have them, in the engine's own decimals: they add up.
 *
 * @import { Trace, Translate } from "../types.js"
 */

import { sumParts } from "./sum_terms.js";
import { bracket, minus } from "./sum_words.js";

const NAMED = ["bias", "residual"];

/**
 * @param {Trace} trace @param {string[]} names of the parts @param {string} activation empty: none
 * @param {Translate} t @returns {{each: string[], sum: string, after: string, line: string}} each: one of each part
 */
export function partsAt({ printed, reduction }, names, activation, t) {
  const { partials, divisor, bias, residual, remainder, steps, value } = printed;
  // What a window of planes adds up is one part.
  const parts = names.length === 1 ? [printed.sum ?? value] : (partials ?? []);
  const own = parts.length === names.length ? parts : [];
  const sum = minus(printed.before ?? value);
  const chain = own.map(
    (part, at) => `${at > 0 ? "+ " : ""}${names[at]} ${at > 0 ? bracket(part) : minus(part)}`,
  );
  for (const { key, sign, text } of sumParts(printed, reduction)) {
    if (key === "sum" && own.length === 1) continue;
    const name = NAMED.includes(key) ? `${t(`sum.step.${key}`)} ` : "";
    chain.push(`${sign} ${name}${sign === "=" ? minus(text) : bracket(text)}`);
    if (key === "quotient" && remainder && remainder !== "0")
      chain.push(`(${t("sum.rest", { residual: minus(remainder) })})`);
  }
  if (steps.length === 0 && (bias !== null || residual !== "0")) chain.push(`= ${minus(value)}`);
  if (activation) chain.push(`→ ${activation} → ${minus(value)}`);
  return {
    each: own.map((part) => (divisor === null ? minus(part) : `${minus(part)} ÷ ${bracket(divisor)}`)),
    sum,
    after: minus(value),
    line: chain.join(" ").replace(/^= /, ""),
  };
}
