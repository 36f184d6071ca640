/**
 * Numbers and terms of a trace as they are read: with true minus signs, in the page's language.
 *
 * @import { OperationInput, Term, Translate } from "../../types.js"
 * @import { Block } from "./terms.js"
 */

/** @param {string} text with a true minus sign */
export function minus(text) {
  return text.replace("Infinity", "∞").replaceAll("-", "−");
}

/** @param {string} text negative numbers in brackets, where a sign stands before */
export function bracket(text) {
  return text.startsWith("-") ? `(${minus(text)})` : text;
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
