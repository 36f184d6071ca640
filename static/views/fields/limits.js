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

/** Refusals that say no more than that the declared end is reached. */
const DECLARED = new Set(["range", "padding"]);

/**
 * Said at the upper end always; at the lower end only where that is not simply the smallest there is.
 * @param {Translate} t @param {Limit} limit @param {number} value @param {Param} param
 */
export function limitText(t, limit, value, param) {
  if (limit.values) return "";
  const { min, max, min_reason: below, max_reason: above } = limit;
  if (value >= max && above)
    return DECLARED.has(above.code)
      ? t("limit.mostEver", { max })
      : t("limit.most", { max, reason: t.error(above, [param]) });
  const raised = min > (param.min ?? 0);
  if (value <= min && raised && below) return t("limit.least", { min, reason: t.error(below, [param]) });
  return "";
}
