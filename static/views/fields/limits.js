/**
 * Limits of a parameter as the server states them now, and the reason in words.
 *
 * @import { Param, Limit, Translate } from "../../types.js"
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

/** Why one end of a limit is where it is, and what to change; of the declared end, which has no advice of its own, its parameter says that. @param {Translate} t @param {Limit} limit @param {"min" | "max"} end @param {Param} param */
export function endText(t, limit, end, param) {
  const reason = limit[`${end}_reason`];
  if (!reason) return "";
  const { min, max } = limit;
  if (end === "max" && !reason.advice) return [t("limit.mostEver", { max }), t.local(param.advice)].join(" ");
  return t(end === "max" ? "limit.most" : "limit.least", { min, max, reason: t.error(reason, [param]) });
}

/**
 * Said at the upper end always; at the lower end only where that is not simply the smallest there is.
 * @param {Translate} t @param {Limit} limit @param {number} value @param {Param} param
 */
export function limitText(t, limit, value, param) {
  if (limit.values) return "";
  if (value >= limit.max && limit.max_reason) return endText(t, limit, "max", param);
  const raised = limit.min > (param.min ?? 0);
  return value <= limit.min && raised ? endText(t, limit, "min", param) : "";
}
