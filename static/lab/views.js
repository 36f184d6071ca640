/** Every view in its place on the page. */

import { place } from "../page/place.js";
import { ControlsView } from "../views/controls/controls.js";
import { DisplayView } from "../views/frame/display.js";
import { GalleryView } from "../views/frame/gallery.js";
import { LegendView } from "../views/frame/legend.js";
import { MapsView } from "../views/frame/maps.js";
import { PinView } from "../views/frame/pin.js";
import { PreviewView } from "../views/frame/preview.js";
import { ProgressView } from "../views/frame/progress.js";
import { KernelView } from "../views/kernel/kernel.js";
import { HandView } from "../views/stage/hand.js";
import { InputView } from "../views/stage/input.js";
import { MotionView } from "../views/stage/motion.js";
import { StageView } from "../views/stage/stage.js";

/** @typedef {ReturnType<typeof makeViews>} Views */

/** @param {import("../types.js").Translate} t */
export function makeViews(t) {
  const stage = new StageView(place("stage"), t);
  return {
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
