/**
 * The numbers of a cell as its parts have them, in the engine's own decimals: they add up.
 *
 * @import { Trace, Translate } from "../../types.js"
 */

import { sumParts } from "../sum/terms.js";
import { bracket, minus } from "../sum/words.js";

const NAMED = ["bias", "residual"];
/** More parts are too many for a line: so many are named, and the rest counted. */
const [MOST, SHOWN] = [9, 6];

/**
 * @param {Trace} trace @param {string[]} names of the parts @param {string} activation empty: none
 * @param {Translate} t @param {{order?: number[], result?: string}} [how] which of the trace's parts each is; what comes of the
 *   activation, where that is not the trace's own @returns {{each: string[], sum: string, after: string, line: string}} each: one of each part
 */
export function partsAt({ printed, reduction }, names, activation, t, { order, result } = {}) {
  const { partials, divisor, bias, residual, remainder, steps, value } = printed;
  // What a window of planes adds up is one part.
  const all = names.length === 1 ? [printed.sum ?? value] : (partials ?? []);
  const parts = order?.length === all.length ? order.map((at) => all[at]) : all;
  const own = parts.length === names.length ? parts : [];
  const sum = minus(printed.before ?? value);
  const named = own.slice(0, own.length > MOST ? SHOWN : MOST);
  const chain = named.map(
    (part, at) => `${at > 0 ? "+ " : ""}${names[at]} ${at > 0 ? bracket(part) : minus(part)}`,
  );
  if (own.length > named.length) chain.push(`+ (${t("sum.more", { count: own.length - named.length })})`);
  for (const { key, sign, text } of sumParts(printed, reduction)) {
    if (key === "sum" && own.length === 1) continue;
    const name = NAMED.includes(key) ? `${t(`sum.step.${key}`)} ` : "";
    chain.push(`${sign} ${name}${sign === "=" ? minus(text) : bracket(text)}`);
    if (key === "quotient" && remainder && remainder !== "0")
      chain.push(`(${t("sum.rest", { residual: minus(remainder) })})`);
  }
  if (steps.length === 0 && (bias !== null || residual !== "0")) chain.push(`= ${minus(value)}`);
  const after = minus(result ?? value);
  if (activation) chain.push(`→ ${activation} → ${after}`);
  return {
    each: own.map((part) => (divisor === null ? minus(part) : `${minus(part)} ÷ ${bracket(divisor)}`)),
    sum,
    after,
    line: chain.join(" ").replace(/^= /, ""),
  };
}
