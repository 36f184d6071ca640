/**
 * What becomes of the terms: the sum, its divisor and bias side by side; then a line for each thing done after it.
 *
 * @import { Trace, Translate } from "../types.js"
 * @typedef {{key: string, sign: string, text: string, label: string}} Part
 */

import { h } from "./dom.js";
import { stepLines, sumParts } from "./sum_terms.js";

/** @param {string} text with a true minus sign */
export function minus(text) {
  return text.replace("Infinity", "∞").replaceAll("-", "−");
}

/** @param {string} text negative numbers in brackets, where a sign stands before */
export function bracket(text) {
  return text.startsWith("-") ? `(${minus(text)})` : text;
}

/** @param {Trace} trace @param {Translate} t @returns {Part[]} the output cell too, unless steps lead to it */
export function partsOf({ printed, reduction, terms, steps }, t) {
  const count = terms.length;
  const alone = reduction === "sum" && count < 2 ? ["none", "term"][count] : null;
  const parts = sumParts(printed, reduction).map((part) => ({
    ...part,
    label: t(`sum.step.${part.key === "sum" && alone ? alone : part.key}`, { count }),
  }));
  const value = { key: "value", sign: "=", text: printed.value, label: t("sum.step.value") };
  return steps.length > 0 ? parts : [...parts, value];
}

/** @param {Part[]} parts @returns {Node[]} where nothing follows the sum, one number stands for both */
export function partNodes(parts) {
  const [sum, value] = parts;
  return parts.length === 2 && value.key === "value" && sum.text === value.text
    ? [plainNode(sum)]
    : parts.map(partNode);
}

/** @param {Part} part */
function partNode({ key, sign, text, label }) {
  const shown = sign === "+" ? bracket(text) : minus(text);
  const number = h("span", { class: "step-number", "data-testid": `sum-${key}` }, shown);
  const top = h("span", {}, sign ? h("span", { class: "sign" }, sign) : null, number);
  return h("div", { class: "step", "data-step": key }, top, h("small", {}, label));
}

/** @param {Part} part */
function plainNode({ key, text, label }) {
  const sum = h("span", { "data-testid": `sum-${key}` }, minus(text));
  const number = h("span", { class: "step-number", "data-testid": "sum-value" }, sum);
  const value = h("span", { "data-step": "value" }, h("span", { class: "sign" }, "="), number);
  return h("div", { class: "step plain", "data-step": key }, h("span", {}, label), value);
}

/** @param {Trace} trace @param {Translate} t @returns {Node[]} a list item each; the last one's result is the output cell */
export function stepNodes({ steps, printed }, t) {
  return stepLines(steps, printed.steps).map(({ sign, name, operand, result, residual }, at) => {
    const last = at === steps.length - 1;
    const left = residual && t(sign === "÷" ? "sum.rest" : "sum.rounded", { residual: minus(residual) });
    return h(
      "li",
      { "data-step": last ? "value" : null },
      ...(operand === null
        ? [h("span", {}, minus(name))]
        : doneWith(sign, operand, t.or(`step.${name}`, name))),
      h("span", { class: "sign" }, "="),
      h("span", { class: "step-number" }, minus(result)),
      last ? h("small", {}, t("sum.step.value")) : null,
      left ? h("small", {}, left) : null,
    );
  });
}

/** @param {string} sign @param {string} operand @param {string} name */
function doneWith(sign, operand, name) {
  const number = sign === "+" || sign === "−" ? bracket(operand) : minus(operand);
  return [
    h("span", { class: "sign" }, sign),
    h("span", {}, number),
    h("small", {}, name.replaceAll(" - ", " − ")),
  ];
}
