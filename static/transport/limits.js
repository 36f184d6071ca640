/** Limits as they come: their reasons name texts by a place in a list, since many sides and axes say the same. @import { Shape, Text } from "../types.js" */

/** Gives each reason its texts. @param {{limits: Shape["limits"], texts: Text[]}} message @returns {Shape["limits"]} */
export function withTexts({ limits, texts }) {
  /** @type {any[]} */
  const reasons = Object.values(limits).flatMap((limit) =>
    Array.isArray(limit)
      ? limit.flatMap((one) => [one.min_reason, one.max_reason])
      : Object.values(limit.reasons),
  );
  for (const reason of reasons)
    if (reason) Object.assign(reason, { text: texts[reason.text], advice: texts[reason.advice] });
  return limits;
}
