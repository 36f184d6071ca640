/**
 * Below the line: the sum, and what becomes of it until it is the output cell, a row each.
 *
 * @import { Trace, Translate } from "../../types.js"
 * @typedef {{key: string, sign: string, text: string, label: string, note: string}} Row the key "both" is sum and cell in one
 */

import { h } from "../base/dom.js";
import { stepLines, sumParts } from "./terms.js";
import { bracket, minus } from "./words.js";

/**
 * @param {Trace} trace @param {Translate} t @param {boolean} alone whether the sum stands above already
 * @param {string} activation what the last step is called @returns {Row[]} the last one is the output cell
 */
export function rowsOf(trace, t, alone, activation) {
  const { printed, reduction, terms, steps } = trace;
  const count = terms.length;
  const few = reduction === "sum" && count < 2 ? ["none", "term"][count] : null;
  const { remainder } = printed;
  const left = remainder && remainder !== "0" ? t("sum.rest", { residual: minus(remainder) }) : "";
  const parts = sumParts(printed, reduction).map((part) => ({
    ...part,
    label: t(`sum.step.${part.key === "sum" && few ? few : part.key}`, { count }),
    note: part.key === "quotient" ? left : "",
  }));
  if (steps.length > 0) return [...(alone ? parts.slice(1) : parts), ...stepRows(trace, t, activation)];
  const value = { key: "value", sign: "=", text: printed.value, label: t("sum.step.value"), note: "" };
  if (alone) return [...parts.slice(1), value];
  return parts.length === 1 && parts[0].text === value.text
    ? [{ ...parts[0], key: "both" }]
    : [...parts, value];
}

/** @param {Trace} trace @param {Translate} t @param {string} activation @returns {Row[]} */
function stepRows({ steps, printed }, t, activation) {
  return stepLines(steps, printed).map(({ sign, text, filled, operand, result, residual }, at) => {
    const last = at === steps.length - 1;
    const done =
      operand === null
        ? t.local(filled)
        : `${sign} ${sign === "+" || sign === "−" ? bracket(operand) : minus(operand)}`;
    const called = operand === null ? (last ? activation : "") : t.local(text);
    const left = residual && t(sign === "÷" ? "sum.rest" : "sum.rounded", { residual: minus(residual) });
    return {
      key: last ? "value" : `step${at}`,
      sign: "=",
      text: result,
      label: called ? t("sum.done", { name: called, done }) : done,
      note: left || "",
    };
  });
}

/** @param {Row} row */
export function rowNode({ key, sign, text, label, note }) {
  const both = key === "both";
  const testid = `sum-${both ? "sum" : key}`;
  const shown = minus(text);
  const number = both
    ? h("span.step-number", { "data-testid": "sum-value" }, h("span", { "data-testid": testid }, shown))
    : h("span.step-number", { "data-testid": testid }, shown);
  return h(
    "div.sum-row",
    { "data-step": both ? "sum" : key },
    h("span.sum-label.note", label, note ? h("small", note) : null),
    numberNode(sign, number, both ? "value" : null),
  );
}

/** @param {string} sign @param {Node} number @param {string | null} [step] */
export function numberNode(sign, number, step) {
  return h("span.sum-number", { "data-step": step }, h("span.sign", sign), number);
}
