/**
 * Take it with you: the map as a file, and what is looked at in code.
 *
 * @import { FeatureMap, Operation, Shape } from "../../types.js"
 * @import { Pointing } from "../hand/pointing.js"
 * @import { Host as Compared } from "./compare.js"
 * @typedef {Compared & {shown: FeatureMap | null, operation: Operation, pointing: Pick<Pointing, "seen">}} Host
 */

import { codeChapter } from "../../page/code.js";
import { nativeCell, stackOf } from "../stack.js";
import { compared } from "./compare.js";

export const code = codeChapter((/** @type {Host} */ { session }) => Boolean(session.result?.shape), calls);

/** @param {Host} lab @returns {Record<string, object>} */
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

/** Sizes alone: what follows from the kernel has to be said. @param {{params: object}} body @param {Shape} shape @param {Operation} operation */
function shapeCall({ params }, shape, operation) {
  const followed = operation.params.filter(({ name, follows }) => follows && name in shape.params);
  const sized = Object.fromEntries(followed.map(({ name }) => [name, shape.params[name]]));
  return { operation: shape.operation, input_shape: shape.input_shape, params: { ...sized, ...params } };
}
