/** An activation as a curve, and what it does to the numbers of the map. @import { Chapter } from "../../page/chapters.js" */

import { CurveView, ends, share } from "../../views/curve/curve.js";
import { stepLines } from "../../views/sum/terms.js";
import { operationShown } from "./parts.js";
import { activationOf } from "./sum.js";

/** @type {Chapter<import("../page.js").Lab>} */
export const curve = {
  name: "curve",
  offered: (lab) => nameOf(lab) !== "",
  view: (place, t) => new CurveView(place, t),
  request: ({ session, shown }) =>
    shown && { type: "curve", ...session.result?.body, channel: shown.channel },
  model: (lab, answer) => {
    const { pointing, labels, shown } = lab;
    const { trace, seen } = pointing;
    const last = trace && stepLines(trace.steps, trace.printed).at(-1);
    return {
      data: answer?.messages.curve ?? null,
      name: nameOf(lab),
      alone: operationShown(lab)?.elementwise === true,
      map: (labels.length > 1 && shown && labels[shown.channel]) || "",
      cell: last ? { ...seen, before: last.of, after: last.result } : null,
    };
  },
  // Who reads off is not hurried on.
  listen: ({ motion }, view) => {
    motion.leaders.over("curve", view.root);
    motion.leaders.within("curve", view.root);
  },
  summary: (lab, answer) => {
    const { shown, t } = lab;
    const name = nameOf(lab);
    const told = answer?.messages.curve;
    if (told && lab.chapters?.isOpen("curve")) return t("curve.summary", { name, share: share(told.after) });
    return shown ? t("curve.range", { name, ...ends(shown) }) : "";
  },
};

/** @param {import("../page.js").Lab} lab */
function nameOf(lab) {
  return activationOf(lab, operationShown(lab));
}
