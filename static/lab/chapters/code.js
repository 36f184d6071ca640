/**
 * Take it with you: the map as a file, and what is looked at in code.
 *
 * @import { Chapter } from "../../page/chapters.js"
 * @import { Lab } from "../lab.js"
 * @import { Shape } from "../../types.js"
 */

import { on } from "../../page/events.js";
import { during } from "../../page/rest.js";
import { TakeView } from "../../views/take.js";
import { Files } from "../files.js";
import { nativeCell, stackOf } from "../stack.js";
import { compared } from "./compare.js";

/** The files under way, for each page. @type {WeakMap<Lab, Files>} */
const kept = new WeakMap();

/** @type {Chapter<import("../lab.js").Lab>} */
export const code = {
  name: "code",
  offered: (lab) => Boolean(lab.session.result?.shape),
  view: (place, t) => new TakeView(place, t),
  request,
  model: (lab, answer) => ({
    files: filesOf(lab).model,
    code: {
      of: chosen(lab),
      offered: Object.keys(calls(lab)),
      language: lab.state.values.code,
      texts: answer?.messages.reply ?? null,
      fits: JSON.stringify(answer?.request) === JSON.stringify(request(lab)),
    },
  }),
  listen: (lab, view) => {
    on(view, "language", ({ language }) => lab.state.set({ code: language }));
    on(view, "save", (wanted) => during(filesOf(lab).save(wanted)));
    on(view, "of", ({ of }) => lab.state.set({ of }));
  },
};

/** @param {Lab} lab */
function request(lab) {
  const of = chosen(lab);
  const call = calls(lab)[of];
  return call ? { post: "code", body: { view: of, call } } : null;
}

/** @param {Lab} lab */
function filesOf(lab) {
  const found = kept.get(lab) ?? new Files(lab);
  kept.set(lab, found);
  return found;
}

/** What was chosen, as long as there is such a view. @param {Lab} lab */
function chosen(lab) {
  const { of } = lab.state.values;
  return of in calls(lab) ? of : "run";
}

/** The request of each view that can be had now. @param {Lab} lab @returns {Record<string, object>} */
function calls(lab) {
  const { session, shown, operation, pointing, state } = lab;
  const { result } = session;
  if (!result?.shape || !shown) return {};
  const { body, shape } = result;
  const channel = shown.channel;
  const map = stackOf(shape).maps > 1 ? { channels: [channel] } : {};
  const cell = state.values.cell ?? pointing.seen;
  const sides = compared(lab);
  return {
    run: { ...body, ...map },
    trace: { ...body, cell: nativeCell(shape, channel, inside(cell, shape)) },
    shape: shapeCall(/** @type {any} */ (body), shape, operation),
    ...(operation.parts && shape.operation === operation.name ? { parts: { ...body, parts: channel } } : {}),
    ...(operation.elementwise || state.values.activation ? { curve: { ...body, channel } } : {}),
    ...(sides ? { compare: sides } : {}),
  };
}

/** @param {{y: number, x: number}} cell @param {Shape} shape */
function inside({ y, x }, shape) {
  const { height, width } = stackOf(shape);
  return { y: Math.min(y, height - 1), x: Math.min(x, width - 1) };
}

/** Sizes alone: what follows from the kernel has to be said. @param {{params: object}} body @param {Shape} shape @param {import("../../types.js").Operation} operation */
function shapeCall({ params }, shape, operation) {
  const followed = operation.params.filter(({ name, follows }) => follows && name in shape.params);
  const sized = Object.fromEntries(followed.map(({ name }) => [name, shape.params[name]]));
  return { operation: shape.operation, input_shape: shape.input_shape, params: { ...sized, ...params } };
}
