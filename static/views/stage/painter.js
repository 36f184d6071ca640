/** When the stage paints: a new map at once, everything else together at the next frame, and after it the words. */
import { visibleRegion } from "./layout.js";

/** @typedef {import("../pane/slot.js").Slot} Slot @typedef {import("../../draw/types.js").StageModel} StageModel */
/** @typedef {[number, number, number, number] | null} Region */
/** @typedef {{model: StageModel, zoom: {windows: import("../../draw/scene.js").Windows | null}, slots: Slot[], output: Slot}} Stage */

export class StagePainter {
  /**
   * @param {Stage} stage
   * @param {(region: Region) => void} tell called when other output cells are large enough to print values in
   * @param {() => void} say called after a frame that has words to follow it
   */
  constructor(stage, tell, say) {
    this.stage = stage;
    this.tell = tell;
    this.say = say;
    this.wordy = false;
    /** @type {Set<Slot>} to be painted at the next frame */
    this.waiting = new Set();
    this.frame = 0;
    this.region = String(null);
  }

  /** Paint these at the next frame, and the marks of all. @param {Slot[]} slots */
  later(...slots) {
    for (const slot of slots) this.waiting.add(slot);
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      for (const slot of this.waiting) this.paint(slot);
      for (const slot of this.stage.slots) slot.mark(this.stage.model, this.stage.zoom.windows);
      if (this.wordy) setTimeout(this.say);
      this.wordy = false;
    });
  }

  /** @param {Slot} slot */
  paint(slot) {
    const { model, zoom, output } = this.stage;
    this.waiting.delete(slot);
    slot.paint(model, zoom.windows);
    if (slot !== output) return;
    const region = model.output ? visibleRegion(output.pane.frame) : null;
    if (String(region) === this.region) return;
    this.region = String(region);
    queueMicrotask(() => this.tell(region));
  }
}
