/**
 * What is lost: how often each cell is read, and what other endings would give.
 *
 * @import { Operation, Shape, Translate } from "../../types.js"
 * @import { State } from "../../page/address.js"
 * @import { Chapter } from "../../page/chapters.js"
 * @import { Pointing } from "../hand/pointing.js"
 * @import { Session } from "../session.js"
 * @import { Values } from "../state.js"
 * @typedef {{session: Session, state: State<Values>, catalogue: {operations: Operation[]}, operation: Operation,
 *   pointing: Pick<Pointing, "cursor">, t: Translate}} Host
 */

import { on } from "../../page/events.js";
import { CoverageView } from "../../views/coverage/coverage.js";
import { endingsOf } from "../endings.js";
import { presentOf } from "../hand/present.js";
import { withParam } from "../params.js";

/** Whether anything is to be said: windows, and not just each cell by itself. @param {Shape} shape */
function reads({ axes, params }) {
  return (
    axes.length > 0 &&
    (Boolean(params.kernel_size) || axes.some(({ coverage }) => coverage.some((count) => count !== 1)))
  );
}

/** @type {Chapter<Host>} */
export const coverage = {
  name: "coverage",
  offered: ({ session }) => Boolean(session.result?.shape && reads(session.result.shape)),
  view: (place, t) => new CoverageView(place, t),
  listen: (lab, view) =>
    on(view, "apply", ({ change }) => {
      const { operation, state } = lab;
      let { params } = state.values;
      for (const [name, value] of Object.entries(change)) {
        const param = operation.params.find((one) => one.name === name);
        if (param) params = withParam(params, param, value);
      }
      state.set({ params });
    }),
  model: (lab) => {
    const shape = lab.session.result?.shape ?? null;
    const operation = lab.catalogue.operations.find((one) => one.name === shape?.operation);
    return {
      shape,
      ...(shape ? presentOf(shape, lab.pointing.cursor) : { present: null, window: null }),
      endings: shape && operation ? endingsOf(shape, operation) : null,
    };
  },
  summary: ({ session, t }) => {
    const shape = session.result?.shape;
    const lost = shape?.axes.filter(({ unread }) => unread.length > 0) ?? [];
    const words = lost.map(({ axis, unread }) => t(`coverage.lost.${axis}`, { count: unread.length }));
    return words.length > 0 ? words.join(t("list.separator")) : t("facts.unreadNone");
  },
};
