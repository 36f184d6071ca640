/**
 * The pictures, and nothing else: painted in the handler that received them.
 *
 * @import { FeatureMap, Operation } from "../types.js"
 * @import { Pointing } from "./hand/pointing.js"
 * @import { Session } from "./session.js"
 * @import { Values } from "./state.js"
 * @import { Views } from "./views.js"
 * @typedef {{state: {values: Values}, session: Session}} Seen
 * @typedef {Seen & {shown: FeatureMap | null, catalogue: {operations: Operation[]}, pointing: Pointing,
 *   views: Pick<Views, "stage" | "preview">}} Host
 */

import { colormapFor, isSigned, scalesFor } from "../page/scales.js";
import { editsKernel } from "./input/inputs.js";
import { operationOf } from "./params.js";
import { stackOf } from "./stack.js";

/** The map that is chosen, as far as it is there. @param {Seen} host */
export function shownOf({ state, session: { result } }) {
  if (!result?.shape) return null;
  const at = Math.min(state.values.map, stackOf(result.shape).maps - 1);
  return result.maps[at] ?? result.maps.find(Boolean) ?? null;
}

/** Signed or not, it is coloured by itself; its scale may be that of all. @param {Values} values @param {FeatureMap[]} present @param {FeatureMap} shown */
export function shownLook({ colormap: choice, scale, range }, present, shown) {
  const colormap = colormapFor(choice, [shown]);
  const [ends] = scalesFor(scale === "shared" ? present : [shown], scale, range, colormap);
  return { colormap, signed: isSigned([shown]), ...ends };
}

/** @param {Host} host */
export function paint({ state, session: { result }, shown, catalogue, pointing, views }) {
  if (!result?.shape || !shown) return;
  const { values } = state;
  const { shape, pixels } = result;
  const { colormap, lo, hi } = shownLook(values, result.maps.filter(Boolean), shown);
  const { cursor, pinned, exact, announce } = pointing;
  const filtered = editsKernel(operationOf({ ...values, op: shape.operation }, catalogue.operations));
  views.stage.update({
    ...{ input: pixels, output: shown, maps: stackOf(shape).maps, filtered, shape, colormap },
    ...{ scale: { lo, hi }, cursor, pinned, values: exact, announce, zoom: values.zoom, split: values.split },
  });
  views.preview.update(views.stage.bitmap("output"));
}
