/** The views beside the chapters, brought up to date. @import { NetworkPage } from "./page.js" */

import { galleryItems } from "../page/gallery.js";
import { lookOf } from "./look.js";

const THUMBNAIL = { size: 96, color: "rgb", frame: 0 };

/** @param {NetworkPage} page */
export function refresh(page) {
  const { views, state, session, t, refusal, focus, graph } = page;
  const { values } = state;
  views.header.update({ lang: t.lang, theme: values.theme });
  views.status.update({
    away: page.away,
    refusal: refusal ? t.error(refusal) : "",
    notices: page.notices.map((what) => t("notice.dropped", { what: what.join(", ") })),
  });
  gallery(page);
  views.networks.update({ networks: page.catalogue.networks, chosen: values.net });
  views.display.update({ colormap: values.colormap, scale: values.scale, range: values.range });
  showPhoto(page);
  showVerdict(page);
  views.overview.update({
    graph,
    layers: session.layers,
    chosen: focus && { layer: focus.layer.name, map: focus.map },
    look: lookOf(values),
  });
  legend(page);
}

/** Of the small picture of the map that is looked at, whose values are means. @param {NetworkPage} page */
function legend({ views, session, focus, state, t }) {
  const thumbs = (focus && session.layers.get(focus.unit.last.name)?.thumbs) ?? [];
  const at = Math.max(
    0,
    thumbs.findIndex(({ channel }) => channel === focus?.map),
  );
  views.legend.root.hidden = thumbs.length === 0;
  if (!focus || !thumbs.length) return;
  const { colormap, scales } = lookOf(state.values).of(thumbs);
  const label = t("net.legend", { layer: focus.unit.last.name, map: thumbs[at].channel });
  views.legend.update({ colormap, ...scales[at], signed: colormap === "diverging", label });
}

/** @param {NetworkPage} page */
export function showPhoto(page) {
  const { given } = page.session;
  const { field, heat, chosen: asked } = page.pointing;
  page.views.photo.update({ given, invert: page.state.values.invert, field, heat, asked });
}

/** @param {NetworkPage} page */
export function showVerdict({ views, session, focus, graph, state }) {
  const { cell, map } = state.values;
  const why = graph !== null && focus?.layer.name === graph.logits ? (cell?.x ?? map) : null;
  const stale = session.stale && !session.concluded;
  views.verdict.update({ classes: session.classes, stale, graph, chosen: why });
}

/** @param {NetworkPage} page */
function gallery({ state, pictures, uploads, http, views, t }) {
  const thumbnail = (/** @type {string} */ id) => http.url(http.pixelsPath(id, THUMBNAIL, "png"));
  const items = galleryItems(state.values, pictures.offered, uploads.list, thumbnail, t);
  views.gallery.update({
    items,
    image: state.values.image,
    busy: uploads.busy,
    error: uploads.problem ? t.error(uploads.problem) : "",
  });
}
