/** Every view in its place on the page. */

import { place } from "../page/place.js";
import { ControlsView } from "../views/controls.js";
import { DisplayView } from "../views/display.js";
import { GalleryView } from "../views/gallery.js";
import { HandView } from "../views/hand.js";
import { HeaderView } from "../views/header.js";
import { InputView } from "../views/input.js";
import { KernelView } from "../views/kernel.js";
import { LegendView } from "../views/legend.js";
import { MapsView } from "../views/maps.js";
import { MotionView } from "../views/motion.js";
import { PinView } from "../views/pin.js";
import { PreviewView } from "../views/preview.js";
import { ProgressView } from "../views/progress.js";
import { StageView } from "../views/stage.js";
import { StatusView } from "../views/status.js";

/** @typedef {ReturnType<typeof makeViews>} Views */

/** @param {import("../types.js").Translate} t */
export function makeViews(t) {
  const stage = new StageView(place("stage"), t);
  return {
    header: new HeaderView(place("header"), t),
    status: new StatusView(place("status"), t),
    gallery: new GalleryView(place("gallery"), t),
    stage,
    hand: new HandView(stage.bar.hand, t),
    pin: new PinView(stage.bar.element, stage.bar.hint, t),
    motion: new MotionView(place("motion"), t),
    legend: new LegendView(place("legend"), t),
    display: new DisplayView(place("display"), t),
    maps: new MapsView(place("maps"), t),
    controls: new ControlsView(
      { operation: place("operation"), params: place("params"), activation: place("activation") },
      t,
    ),
    kernel: new KernelView(place("kernel"), t),
    input: new InputView(place("input"), t),
    progress: new ProgressView(document.body, t),
    preview: new PreviewView(place("stage"), place("controls")),
  };
}
