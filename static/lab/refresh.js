/**
 * Everything but the pictures, brought up to date: called once after a frame, never while one is being drawn.
 *
 * @import { ApiErrorBody, Catalogue, FeatureMap, Kernel, Operation, Translate } from "../types.js"
 * @import { Host as Gallery } from "../page/gallery.js"
 * @import { Pictures } from "./input/pictures.js"
 * @import { Session } from "./session.js"
 * @import { Values } from "./state.js"
 * @import { Views } from "./views.js"
 * @typedef {{state: {values: Values}, session: Session, views: Views, t: Translate}} Basics
 * @typedef {Basics & {catalogue: Catalogue, operation: Operation, refusal: ApiErrorBody | null, resolved: Kernel[],
 *   kernelAt: number}} Edited
 * @typedef {Basics & {shown: FeatureMap | null, labels: string[]}} Seen
 * @typedef {Edited & Seen & Gallery & {pictures: Pictures, hands: {refresh: () => void},
 *   saidOf: (kind: string) => string}} Host
 */

import { showGallery } from "../page/gallery.js";
import { colormapFor, scalesFor } from "../page/scales.js";
import { show } from "../views/base/dom.js";
import { drawnInputs, editsKernel } from "./input/inputs.js";
import { controlsModel, kernelModel, mapLabels } from "./models.js";
import { shownLook } from "./painting.js";
import { stackOf } from "./stack.js";
import { pictureOf } from "./wishes.js";

const DRAWN = { size: 16, color: "grey", frame: 0 };

/** @param {Host} lab */
export function showViews(lab) {
  const { state, views, pictures, catalogue } = lab;
  const { values } = state;
  views.pin.update({ pinned: values.a !== "" });
  views.progress.update(lab.session.progress);
  const samples = catalogue.samples.filter((one) => one.set !== "fashion-mnist");
  showGallery(lab, samples, { drawn: DRAWN, refused: lab.saidOf("image") });
  controls(lab);
  const { frames = 1, variant = null } = pictures.info(values.image) ?? {};
  const error = lab.saidOf("input");
  views.input.update({ ...pictureOf(values), frames, variant, split: values.split, error });
  lab.hands.refresh();
  maps(lab);
}

/** What is edited, at once: an edit that follows must build on this one. @param {Edited} lab */
export function controls(lab) {
  const { state, catalogue, views, session, refusal, resolved, kernelAt, t } = lab;
  const { values } = state;
  const shape = session.result?.shape ?? null;
  views.controls.update(controlsModel(values, catalogue, shape, refusal, t));
  const takesKernel = editsKernel(lab.operation);
  show(views.kernel.root, takesKernel);
  if (takesKernel) views.kernel.update(kernelModel(values, catalogue, resolved, kernelAt, shape, refusal, t));
}

/** @param {Seen} lab */
function maps({ state: { values }, session: { result }, views, shown, labels, t }) {
  if (!result?.shape || !shown) return;
  const present = result.maps.filter(Boolean);
  const several = stackOf(result.shape).maps > 1;
  const label = several ? labels[shown.channel] : t("legend.value");
  views.legend.update({ ...shownLook(values, present, shown), label });
  const colormap = colormapFor(values.colormap, present);
  views.maps.update({
    maps: present,
    labels: present.map((map) => labels[map.channel]),
    selected: present.indexOf(shown),
    colormap,
    scales: scalesFor(present, values.scale, values.range, colormap),
  });
}

/** @param {{session: Session, catalogue: Catalogue, resolved: Kernel[], t: Translate}} lab @returns {string[]} a name for every map of the result */
export function labelsOf({ session, catalogue, resolved, t }) {
  const shape = session.result?.shape;
  if (!shape) return [];
  const operation = catalogue.operations.find((one) => one.name === shape.operation);
  const takesKernel = operation?.inputs.some((input) => input.kind === "kernel");
  const mixed = !operation || drawnInputs(operation).length > 0;
  const kernels = !mixed && editsKernel(operation) ? resolved : takesKernel ? null : [];
  return mapLabels(shape, kernels, catalogue.kernels, t);
}
