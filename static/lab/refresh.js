/**
 * Everything but the pictures, brought up to date: called once after a frame, never while one is being drawn.
 *
 * @import { Lab } from "./lab.js"
 */

import { editsKernel } from "./inputs.js";
import {
  controlsModel,
  galleryItems,
  inputNames,
  kernelModel,
  mapLabels,
  operationOf,
  placeOf,
} from "./models.js";
import { colormapFor, isSigned, scalesFor } from "./scales.js";
import { stackOf } from "./stack.js";
import { pictureOf } from "./wishes.js";

const THUMBNAIL = { size: 96, color: "rgb", frame: 0 };

/** @param {Lab} lab */
export function refresh(lab) {
  const { values } = lab.state;
  const { views, t, refusal } = lab;
  const operation = operationOf(values, lab.catalogue);
  const place = placeOf(refusal, operation);
  const said = (/** @type {string} */ kind) =>
    refusal && place.kind === kind ? t.error(refusal, operation.params) : "";
  views.header.update({ lang: t.lang, theme: values.theme });
  views.status.update({
    away: lab.away,
    refusal: said("other"),
    notices: lab.notices.map((what) => t("notice.dropped", { what: what.join(", ") })),
  });
  gallery(lab, said("image"));
  controls(lab);
  const frames = lab.uploads.frames(values.image);
  views.input.update({ ...pictureOf(values), frames, split: values.split, error: said("input") });
  views.display.update({ colormap: values.colormap, scale: values.scale, range: values.range });
  views.formula.update({ shape: lab.session.result?.shape ?? null });
  maps(lab);
}

/** @param {Lab} lab @param {string} refused */
function gallery({ state, catalogue, uploads, http, views, t }, refused) {
  const thumbnail = (/** @type {string} */ id) => http.url(http.pixelsPath(id, THUMBNAIL, "png"));
  const items = galleryItems(state.values, catalogue.samples, uploads.list, thumbnail, t);
  views.gallery.update({
    items,
    image: state.values.image,
    busy: uploads.busy,
    error: uploads.problem ? t.error(uploads.problem) : refused,
  });
}

/** What is edited, at once: an edit that follows must build on this one. @param {Lab} lab */
export function controls({ state, catalogue, views, session, refusal, resolved, kernelAt, t }) {
  const { values } = state;
  const shape = session.result?.shape ?? null;
  views.controls.update(controlsModel(values, catalogue, shape, refusal, t));
  const takesKernel = editsKernel(operationOf(values, catalogue));
  views.kernel.root.hidden = !takesKernel;
  if (takesKernel) views.kernel.update(kernelModel(values, catalogue, resolved, kernelAt, shape, refusal, t));
}

/** @param {Lab} lab */
function maps(lab) {
  const { views, t, shown, pointing, catalogue } = lab;
  const { values } = lab.state;
  const { result } = lab.session;
  if (!result?.shape || !shown) return;
  const { shape } = result;
  const present = result.maps.filter(Boolean);
  const labels = labelsOf(lab);
  const several = stackOf(shape).maps > 1;
  const operation = catalogue.operations.find((one) => one.name === pointing.trace?.operation);
  const colormap = colormapFor(values.colormap, [shown]);
  const { lo, hi } = scalesFor(present, values.scale, values.range, colormap)[present.indexOf(shown)];
  const label = several ? labels[shown.channel] : t("legend.value");
  views.legend.update({ colormap, lo, hi, signed: isSigned([shown]), label });
  const common = colormapFor(values.colormap, present);
  views.maps.update({
    maps: present,
    labels: present.map((map) => labels[map.channel]),
    selected: present.indexOf(shown),
    colormap: common,
    scales: scalesFor(present, values.scale, values.range, common),
  });
  views.sum.update({
    trace: pointing.trace,
    seen: pointing.seen,
    pinned: pointing.pinned,
    inputs: operation?.inputs ?? [],
    channelNames: inputNames(shape, t),
    mapLabel: several ? (labels[shown.channel] ?? "") : "",
    stale: pointing.late,
    problem: pointing.problem,
  });
}

/** @param {Lab} lab @returns {string[]} a name for every map of the result */
function labelsOf({ session, catalogue, resolved, t }) {
  const shape = session.result?.shape;
  if (!shape) return [];
  const operation = catalogue.operations.find((one) => one.name === shape.operation);
  const takesKernel = operation?.inputs.some((input) => input.kind === "kernel");
  const kernels = operation && editsKernel(operation) ? resolved : takesKernel ? null : [];
  return mapLabels(shape, kernels, catalogue.presets, t);
}
