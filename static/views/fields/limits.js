/**
 * Limits of a parameter as the server states them now, and the reason in words.
 *
 * @import { ApiErrorBody, Param, Limit, Translate } from "../../types.js"
 */

/** @param {Translate} t @param {Param} param */
export function localNames(t, param) {
  return { label: t.local(param.label), unit: t.local(param.unit), help: t.local(param.help) };
}

/** Until a shape reply has come, what the declaration says. @param {Param} param @returns {Limit} */
export function declaredLimit(param) {
  return { min: param.min ?? 0, max: param.max ?? 512, values: null, min_reason: null, max_reason: null };
}

/** The narrowest of several that move together. @param {Limit[]} limits @returns {Limit} */
export function merge(limits) {
  return limits.reduce((a, b) => {
    const low = b.min > a.min ? b : a;
    const high = b.max < a.max ? b : a;
    const values =
      a.values && b.values ? a.values.filter((value) => b.values?.includes(value)) : (a.values ?? b.values);
    return { min: low.min, min_reason: low.min_reason, max: high.max, max_reason: high.max_reason, values };
  });
}

/** Refusals that say no more than that the declared end is reached. */
const DECLARED = new Set(["range", "padding"]);

/** What to change to get past a limit, or to choose what is refused. @param {Translate} t @param {ApiErrorBody} reason @param {string} name of the parameter */
export function adviceText(t, { code, values }, name) {
  const key = [`advice.${code}.${name}`, `advice.${code}`, `advice.${code}.other`].find(t.has);
  return key ? t(key, values) : "";
}

/** Why one end of a limit is where it is, and what to change. @param {Translate} t @param {Limit} limit @param {"min" | "max"} end @param {Param} param @param {string} [name] */
export function endText(t, limit, end, param, name = param.name) {
  const reason = limit[`${end}_reason`];
  if (!reason) return "";
  const { min, max } = limit;
  const declared = DECLARED.has(reason.code);
  if (end === "max" && declared) return [t("limit.mostEver", { max }), adviceText(t, reason, name)].join(" ");
  const words = t(end === "max" ? "limit.most" : "limit.least", {
    min,
    max,
    reason: t.reason(reason, [param]),
  });
  return declared ? words : [words, adviceText(t, reason, name)].join(" ");
}

/**
 * Said at the upper end always; at the lower end only where that is not simply the smallest there is.
 * @param {Translate} t @param {Limit} limit @param {number} value @param {Param} param @param {string} [name] of the parameter, where it has a control of its own
 */
export function limitText(t, limit, value, param, name) {
  if (limit.values) return "";
  if (value >= limit.max && limit.max_reason) return endText(t, limit, "max", param, name);
  const raised = limit.min > (param.min ?? 0);
  return value <= limit.min && raised ? endText(t, limit, "min", param, name) : "";
}

/** Words that cannot be chosen now: why, and what to change. @param {Translate} t @param {ApiErrorBody} reason @param {Param} param */
export function choiceText(t, reason, param) {
  return [t.reason(reason, [param]), adviceText(t, reason, param.name)].filter(Boolean).join(" ");
}
