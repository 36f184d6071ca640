/** Every view of the Network page in its place. */

import { place } from "../page/place.js";
import { DisplayView } from "../views/display.js";
import { GalleryView } from "../views/gallery.js";
import { HeaderView } from "../views/header.js";
import { LegendView } from "../views/legend.js";
import { NetworksView } from "../views/network/networks.js";
import { OverviewView } from "../views/network/overview.js";
import { PhotoView } from "../views/network/photo.js";
import { VerdictView } from "../views/network/verdict.js";
import { StatusView } from "../views/status.js";

/** @typedef {ReturnType<typeof makeViews>} Views */

/** @param {import("../types.js").Translate} t */
export function makeViews(t) {
  return {
    header: new HeaderView(place("header"), t),
    status: new StatusView(place("status"), t),
    gallery: new GalleryView(place("gallery"), t),
    networks: new NetworksView(place("networks"), t),
    photo: new PhotoView(place("photo"), t),
    verdict: new VerdictView(place("verdict"), t),
    overview: new OverviewView(place("overview"), t),
    legend: new LegendView(place("legend"), t),
    display: new DisplayView(place("display"), t),
  };
}
