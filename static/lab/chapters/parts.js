/**
 * What each input channel gives to the chosen map, before they are added up.
 *
 * @import { Answer, Chapter } from "../../page/chapters.js"
 * @import { FeatureMap, Operation, Translate } from "../../types.js"
 * @import { Pointing } from "../hand/pointing.js"
 * @import { Leaders } from "../motion/leaders.js"
 * @import { Session } from "../session.js"
 * @import { Values } from "../state.js"
 * @typedef {{session: Session, catalogue: {operations: Operation[]}, t: Translate}} Known
 * @typedef {Known & {state: {values: Values}, shown: FeatureMap | null, labels: string[], motion: {leaders: Leaders},
 *   pointing: Pick<Pointing, "trace" | "seen">, views: {stage: EventTarget}}} Host
 */

import { on } from "../../page/events.js";
import { lookOf } from "../../page/scales.js";
import { PartsView } from "../../views/parts/parts.js";
import { inputNames } from "../models.js";
import { activationOf } from "./sum.js";

/** What is this much smaller than the parts would hardly be seen at their scale. */
const SMALL = 8;

/** @type {Chapter<Host>} */
export const parts = {
  name: "parts",
  offered: (lab) => operationShown(lab)?.parts === true,
  view: (place, t) => new PartsView(place, t),
  request: ({ session, shown }) =>
    shown && {
      type: "run",
      ...session.result?.body,
      activation: undefined,
      parts: shown.channel,
      dtype: "uint8",
    },
  model,
  summary: ({ session, t }) => {
    const count = session.result?.shape?.input_shape.at(-1 - (session.result.shape.axes.length || 2)) ?? 1;
    return t("parts.summary", { count });
  },
  listen: ({ views, motion }, view) => {
    motion.leaders.over("parts", view.root);
    for (const type of ["point", "pin", "leave"])
      on(view, type, (detail) => views.stage.dispatchEvent(new CustomEvent(type, { detail })));
  },
};

/** The operation of what is seen. @param {Known} lab */
export function operationShown({ catalogue, session }) {
  return catalogue.operations.find((one) => one.name === session.result?.shape?.operation);
}

/** @param {Host} lab @param {Answer | null} answer */
function model(lab, answer) {
  const { session, shown, state, labels, pointing, t } = lab;
  const [sum] = answer?.maps.sum ?? [];
  const { shape, body } = session.result ?? {};
  if (!answer || !sum || !shown || !shape) return { maps: null };
  const { values } = state;
  const activated = /** @type {any} */ (body).activation;
  const own = [...answer.maps.part, sum];
  const reach = (/** @type {FeatureMap[]} */ maps) =>
    Math.max(...maps.flatMap(({ min, max }) => [Math.abs(min), Math.abs(max)]));
  const apart = activated && values.scale !== "fixed" && reach([shown]) * SMALL < reach(own);
  const together = activated && !apart ? [...own, shown] : own;
  const names = inputNames(shape, t);
  return {
    maps: answer.maps.part,
    names: answer.maps.part.map(({ channel }) => names[channel] ?? t("sum.channel", { channel })),
    sum,
    sumName: labels[shown.channel] ?? "",
    bias: answer.messages.parts.bias,
    after: activated ? shown : null,
    activation: activated ? activationOf(lab, undefined) : "",
    look: lookOf(values, together),
    apart: apart ? lookOf(values, [shown]) : null,
    cell: pointing.trace && pointing.seen,
    trace: pointing.trace,
  };
}
