/**
 * The views beside the chapters, brought up to date.
 *
 * @import { Translate } from "../types.js"
 * @import { Host as Gallery } from "../page/gallery.js"
 * @import { Focus } from "./graph/focus.js"
 * @import { Pictures } from "./pictures.js"
 * @import { Pointing } from "./pointing.js"
 * @import { Session } from "./session.js"
 * @import { Values } from "./state.js"
 * @import { Graph, Listed } from "./types.js"
 * @import { Views } from "./views.js"
 * @typedef {{state: {values: Values}, session: Session, focus: Focus | null, graph: Graph | null, views: Views,
 *   t: Translate}} Basics
 * @typedef {Pick<Basics, "state" | "session" | "views"> & {pointing: Pointing}} Pointed
 * @typedef {Basics & Pointed & Gallery & {pictures: Pictures, catalogue: {networks: Listed[]}}} Host
 */

import { showGallery } from "../page/gallery.js";
import { show } from "../views/base/dom.js";
import { lookOf } from "./look.js";

/** @param {Host} page */
export function showViews(page) {
  const { views, state, session, focus, graph } = page;
  const { values } = state;
  showGallery(page, page.pictures.offered);
  views.networks.update({ networks: page.catalogue.networks, chosen: values.net });
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

/** Of the small picture of the map that is looked at, whose values are means. @param {Basics} page */
function legend({ views, session, focus, state, t }) {
  const thumbs = (focus && session.layers.get(focus.unit.last.name)?.thumbs) ?? [];
  const at = Math.max(
    0,
    thumbs.findIndex(({ channel }) => channel === focus?.map),
  );
  show(views.legend.root, thumbs.length > 0);
  if (!focus || !thumbs.length) return;
  const { colormap, scales } = lookOf(state.values).of(thumbs);
  const label = t("net.legend", { layer: focus.unit.last.name, map: thumbs[at].channel });
  views.legend.update({ colormap, ...scales[at], signed: colormap === "diverging", label });
}

/** @param {Pointed} page */
export function showPhoto(page) {
  const { given } = page.session;
  const { field, heat, chosen: asked } = page.pointing;
  page.views.photo.update({ given, invert: page.state.values.invert, field, heat, asked });
}

/** @param {Basics} page */
export function showVerdict({ views, session, focus, graph, state }) {
  const { cell, map } = state.values;
  const why = graph !== null && focus?.layer.name === graph.logits ? (cell?.x ?? map) : null;
  const stale = session.stale && !session.concluded;
  views.verdict.update({ classes: session.classes, stale, graph, chosen: why });
}
