/** Every view of the Network page in its place. */

import { place } from "../page/place.js";
import { DisplayView } from "../views/frame/display.js";
import { GalleryView } from "../views/frame/gallery.js";
import { LegendView } from "../views/frame/legend.js";
import { PhotoView } from "../views/network/given/photo.js";
import { NetworksView } from "../views/network/overview/networks.js";
import { OverviewView } from "../views/network/overview/overview.js";
import { VerdictView } from "../views/network/overview/verdict.js";

/** @typedef {ReturnType<typeof makeViews>} Views */

/** @param {import("../types.js").Translate} t */
export function makeViews(t) {
  return {
    gallery: new GalleryView(place("gallery"), t),
    networks: new NetworksView(place("networks"), t),
    photo: new PhotoView(place("photo"), t),
    verdict: new VerdictView(place("verdict"), t),
    overview: new OverviewView(place("overview"), t),
    legend: new LegendView(place("legend"), t),
    display: new DisplayView(place("display"), t),
  };
}
