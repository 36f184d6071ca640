/**
 * An activation as a curve, and what it does to the numbers of the map.
 *
 * @import { FeatureMap } from "../../types.js"
 * @import { Chapter, Chapters } from "../../page/chapters.js"
 * @import { Pointing } from "../hand/pointing.js"
 * @import { Leaders } from "../motion/leaders.js"
 * @import { Known } from "./parts.js"
 * @typedef {Known & {shown: FeatureMap | null, labels: string[], motion: {leaders: Leaders}, chapters: Chapters,
 *   pointing: Pick<Pointing, "trace" | "seen">}} Host
 */

import { CurveView, ends, share } from "../../views/curve/curve.js";
import { stepLines } from "../../views/sum/terms.js";
import { operationShown } from "./parts.js";
import { activationOf } from "./sum.js";

/** @type {Chapter<Host>} */
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
    if (told && lab.chapters.isOpen("curve")) return t("curve.summary", { name, share: share(told.after) });
    return shown ? t("curve.range", { name, ...ends(shown) }) : "";
  },
};

/** @param {Known} lab */
function nameOf(lab) {
  return activationOf(lab, operationShown(lab));
}
