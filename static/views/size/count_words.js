/** How a number of the shape reply comes about, in numbers and in words. @import { Shape, Translate } from "../../types.js" */

import { bytesOf, countOf } from "./counts.js";

/** @typedef {import("./counts.js").Factor} Factor */

/** Factors that count the same stand together. @param {Factor[]} factors */
function grouped(factors) {
  /** @type {{key: string, values: number[]}[]} */
  const groups = [];
  for (const { value, key } of factors) {
    const last = groups.at(-1);
    if (last?.key === key) last.values.push(value);
    else groups.push({ key, values: [value] });
  }
  return groups;
}

/** @param {Shape} shape @param {"parameters" | "macs" | "additions"} name @param {Translate} t @returns {string[]} numbers, then what they count; nothing where the number stands alone */
export function countText(shape, name, t) {
  const sum = countOf(shape, name);
  if (!sum) return [];
  const number = new Intl.NumberFormat(t.lang);
  const groups = grouped(sum.factors);
  const product = groups.map(({ values }) => {
    const text = values.map((value) => number.format(value)).join(" × ");
    return values.length > 1 && groups.length > 1 ? `(${text})` : text;
  });
  const plus = (/** @type {string[]} */ parts) => parts.join(" + ");
  return [
    plus([product.join(" × "), ...sum.plus.map(({ value }) => number.format(value))]),
    plus([
      groups.map(({ key }) => t(`count.${key}`)).join(" × "),
      ...sum.plus.map(({ key }) => t(`count.${key}`)),
    ]),
  ];
}

/** @param {Shape} shape @param {Translate} t @returns {string[]} */
export function bytesText(shape, t) {
  const found = bytesOf(shape);
  if (!found) return [];
  const { each, read, others, written } = found;
  const number = new Intl.NumberFormat(t.lang);
  const parts = [[read, "read"], ...(others > 0 ? [[others, "otherInputs"]] : []), [written, "written"]];
  const sum = parts.map(([value]) => number.format(Number(value))).join(" + ");
  return [t("count.bytes", { each, sum }), parts.map(([, key]) => t(`count.${key}`)).join(" + ")];
}
