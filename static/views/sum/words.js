/**
 * Numbers and formulas of a trace as they are read: true minus signs, the page's language, the number in its place.
 *
 * @import { OperationInput, Term, Translate } from "../../types.js"
 * @import { Block } from "./terms.js"
 */

const NUMBER = /(?:(?<=> )-)?\d+(?:\.\d+)?(?:e[-+]?\d+)?/g;

/** @param {string} text with a true minus sign */
export function minus(text) {
  return text.replace("Infinity", "∞").replaceAll("-", "−");
}

/** @param {string} text negative numbers in brackets, where a sign stands before */
export function bracket(text) {
  return text.startsWith("-") ? `(${minus(text)})` : text;
}

/** What the engine calls a step or an operand, or writes as a formula; whatever its numbers are, they stand in it. @param {string} name @param {Translate} t */
export function stepName(name, t) {
  const key = `step.${name.replace(NUMBER, "#")}`;
  return minus(t.has(key) ? t(key, Object.fromEntries((name.match(NUMBER) ?? []).entries())) : name);
}

/** A formula with a number for x: what is multiplied without a sign gets one. @param {string} formula @param {string} number */
export function filledIn(formula, number) {
  return formula.replace(/\bx\b(?!\[)/g, (_, at) => {
    const [before, after] = [formula.slice(0, at), formula.slice(at + 1)];
    const alone = /(^|\(|, |if |若 )$/.test(before) && /^($|\)|,| [-−+>]| if)/.test(after);
    const times = /[\d)] $/.test(before) ? "× " : "";
    const then = /^ (\(|(?!if|else)[a-z]+\()/.test(after) ? " ×" : "";
    return times + (alone ? minus(number) : bracket(number)) + then;
  });
}

/** What the blocks of terms are called: after their channel, and their input where there are several. @param {Block[]} blocks @param {OperationInput[]} inputs @param {string[]} channelNames @param {Translate} t */
export function titlesOf(blocks, inputs, channelNames, t) {
  const several = new Set(blocks.map(({ of }) => of)).size > 1;
  return blocks.map(({ of, of_input: [channel, plane] }) => {
    const input = inputs.find((one) => one.name === of);
    const named = input?.kind === "maps" ? channelNames[channel] : undefined;
    const parts = [
      several && t.local(input?.texts),
      channel !== undefined && (named ?? t("sum.channel", { channel })),
      plane !== undefined && t("sum.plane", { plane }),
    ];
    return parts.filter(Boolean).join(t("list.separator")) || t("sum.cells");
  });
}

/** Where a term is read. @param {Term} term @param {Translate} t */
export function placeOf({ input }, t) {
  if (!input) return t("sum.padding");
  const [y, x] = input.slice(-2);
  return input.length > 1 ? t("sum.input", { y, x }) : t("sum.whereCell", { cell: input });
}

/** One term written out: "248 × (−1) = −248". @param {import("../../types.js").Trace} trace @param {number} at */
export function termText({ printed, each }, at) {
  const [value, product] = [printed.values[at], minus(printed.products[at])];
  const weight = printed.weights?.[at];
  const factors = weight === undefined ? minus(value) : `${minus(value)} × ${bracket(weight)}`;
  return weight === undefined && !each ? factors : `${factors} ${each ? "→" : "="} ${product}`;
}
