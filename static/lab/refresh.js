/**
 * Everything but the pictures, brought up to date: called once after a frame, never while one is being drawn.
 *
 * @import { Lab } from "./page.js"
 */

import { galleryItems } from "../page/gallery.js";
import { colormapFor, isSigned, scalesFor } from "../page/scales.js";
import { drawnInputs, editsKernel } from "./input/inputs.js";
import { controlsModel, kernelModel, mapLabels, placeOf } from "./models.js";
import { stackOf } from "./stack.js";
import { pictureOf } from "./wishes.js";

const THUMBNAIL = { size: 96, color: "rgb", frame: 0 };
const DRAWN = { size: 16, color: "grey", frame: 0 };

/** @param {Lab} lab */
export function refresh(lab) {
  const { values } = lab.state;
  const { views, t, refusal } = lab;
  const operation = lab.operation;
  const place = placeOf(refusal, operation);
  const said = (/** @type {string} */ kind) =>
    refusal && place.kind === kind ? t.error(refusal, operation.params) : "";
  views.header.update({ lang: t.lang, theme: values.theme });
  views.pin.update({ pinned: values.a !== "" });
  views.status.update({
    away: lab.away,
    refusal: said("other"),
    notices: lab.notices.map((what) => t("notice.dropped", { what: what.join(", ") })),
  });
  views.progress.update(lab.session.progress);
  gallery(lab, said("image"));
  controls(lab);
  const info = lab.pictures.info(values.image);
  const { frames = 1, variant = null } = info ?? {};
  views.input.update({ ...pictureOf(values), frames, variant, split: values.split, error: said("input") });
  lab.hands.refresh();
  views.display.update({ colormap: values.colormap, scale: values.scale, range: values.range });
  maps(lab);
  lab.chapters.refresh();
}

/** @param {Lab} lab @param {string} refused */
function gallery({ state, catalogue, uploads, http, views, t }, refused) {
  const thumbnail = (/** @type {string} */ id, drawn = false) =>
    http.url(http.pixelsPath(id, drawn ? DRAWN : THUMBNAIL, "png"));
  const samples = catalogue.samples.filter((one) => one.set !== "fashion-mnist");
  const items = galleryItems(state.values, samples, uploads.list, thumbnail, t);
  views.gallery.update({
    items,
    image: state.values.image,
    busy: uploads.busy,
    error: uploads.problem ? t.error(uploads.problem) : refused,
  });
}

/** What is edited, at once: an edit that follows must build on this one. @param {Lab} lab */
export function controls(lab) {
  const { state, catalogue, views, session, refusal, resolved, kernelAt, t } = lab;
  const { values } = state;
  const shape = session.result?.shape ?? null;
  views.controls.update(controlsModel(values, catalogue, shape, refusal, t));
  const takesKernel = editsKernel(lab.operation);
  views.kernel.root.hidden = !takesKernel;
  if (takesKernel) views.kernel.update(kernelModel(values, catalogue, resolved, kernelAt, shape, refusal, t));
}

/** @param {Lab} lab */
function maps(lab) {
  const { views, t, shown } = lab;
  const { values } = lab.state;
  const { result } = lab.session;
  if (!result?.shape || !shown) return;
  const { shape } = result;
  const present = result.maps.filter(Boolean);
  const { labels } = lab;
  const several = stackOf(shape).maps > 1;
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
}

/** @param {Lab} lab @returns {string[]} a name for every map of the result */
export function labelsOf({ session, catalogue, resolved, t }) {
  const shape = session.result?.shape;
  if (!shape) return [];
  const operation = catalogue.operations.find((one) => one.name === shape.operation);
  const takesKernel = operation?.inputs.some((input) => input.kind === "kernel");
  const mixed = !operation || drawnInputs(operation).length > 0;
  const kernels = !mixed && editsKernel(operation) ? resolved : takesKernel ? null : [];
  return mapLabels(shape, kernels, catalogue.presets, t);
}
