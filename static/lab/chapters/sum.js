/**
 * How one cell came to be, term by term.
 *
 * @import { FeatureMap, Operation, Translate } from "../../types.js"
 * @import { Chapter, Chapters } from "../../page/chapters.js"
 * @import { Light } from "../hand/light.js"
 * @import { Pointing } from "../hand/pointing.js"
 * @import { Session } from "../session.js"
 * @typedef {{session: Session, catalogue: {operations: Operation[]}, t: Translate}} Known
 * @typedef {Known & {state: {set: (patch: {cell: null}) => void}, pointing: Pointing, light: Light, labels: string[],
 *   shown: FeatureMap | null, chapters: Chapters}} Host
 */

import { on } from "../../page/events.js";
import { SumView } from "../../views/sum/sum.js";
import { minus } from "../../views/sum/words.js";
import { inputNames } from "../models.js";

/** @type {Chapter<Host>} */
export const sum = {
  name: "sum",
  offered: () => true,
  view: (place, t) => new SumView(place, t),
  listen: (lab, view) => {
    on(view, "untrace", () => lab.state.set({ cell: null }));
    on(view, "term", ({ at }) => lab.light.set(at === null ? null : { term: at }));
  },
  model: (lab) => {
    const { pointing, session, catalogue, shown, light, t } = lab;
    const shape = session.result?.shape;
    const operation = catalogue.operations.find((one) => one.name === pointing.trace?.operation);
    return {
      trace: pointing.trace,
      seen: pointing.seen,
      pinned: pointing.pinned,
      inputs: operation?.inputs ?? [],
      channelNames: shape ? inputNames(shape, t) : [],
      mapLabel: lab.labels.length > 1 && shown ? (lab.labels[shown.channel] ?? "") : "",
      activation: activationOf(lab, operation),
      lit: light.terms,
      stale: pointing.late,
      problem: pointing.problem,
    };
  },
  summary: ({ chapters, pointing: { trace, seen }, t }) =>
    trace && !chapters.isOpen("sum") ? t("sum.summary", { ...seen, value: minus(trace.printed.value) }) : "",
};

/** What the function is called that gives the cell. @param {Known} lab @param {Operation | undefined} operation */
export function activationOf({ session, catalogue, t }, operation) {
  const name = /** @type {any} */ (session.result?.body)?.activation;
  const found = name ? catalogue.operations.find((one) => one.name === name) : operation;
  return found?.elementwise ? t.local(found.texts.title) : "";
}
