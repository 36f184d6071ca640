/** A place on the stage: a pane, the bitmap it enlarges, and for the input its border. */
import { Bitmap } from "../../draw/bitmap.js";
import { Border } from "../../draw/border.js";
import { fade, unfilled } from "../../draw/fill.js";
import { markCell, markInput, markLit, markOutput } from "../../draw/marks.js";
import { paintScene } from "../../draw/scene.js";
import { Pane } from "./pane.js";

/** @typedef {import("../../draw/types.js").StageModel} StageModel @typedef {import("../../draw/scene.js").Windows} Windows */

export class Slot {
  /** @param {"input" | "output"} kind @param {number | null} channel of the input shown apart @param {string} hint */
  constructor(kind, channel, hint) {
    this.kind = kind;
    this.channel = channel;
    this.pane = new Pane(kind, channel === null ? `${kind}-canvas` : `${kind}-canvas-${channel}`, hint);
    this.bitmap = new Bitmap();
    this.border = kind === "input" ? new Border() : null;
    this.borderOf = /** @type {Windows | null} */ (null);
    /** @type {Uint8Array[] | null} */
    this.channels = null;
  }

  /** @param {StageModel} model */
  show({ input, output, scale, colormap }) {
    if (this.kind === "output") {
      if (output) this.bitmap.showLevels(output, scale, colormap);
    } else if (input) {
      const { channel } = this;
      this.channels = channel === null ? input.channels : input.channels.slice(channel, channel + 1);
      this.bitmap.showChannels(input.width, input.height, this.channels);
    }
    this.borderOf = null;
  }

  /** How far the picture and its padding reach. @param {Windows | null} windows */
  extend(windows) {
    const { width, height } = this.bitmap;
    this.pane.frame.hold(Math.max(width, 1), Math.max(height, 1), this.kind === "input" ? windows : null);
  }

  /** @param {StageModel} model @param {Windows | null} windows */
  paint({ values, shape }, windows) {
    const { kind, pane, bitmap, channels, border } = this;
    if (!pane.frame.width) return;
    const around = kind === "input" ? windows : null;
    if (around && border && this.borderOf !== around) {
      border.build(bitmap, around.rows, around.columns);
      this.borderOf = around;
    }
    paintScene(
      pane.picture,
      pane.frame,
      { bitmap, channels, border, values, zeros: shape?.params.padding_mode === "zeros" },
      around,
    );
  }

  /** @param {StageModel} model @param {Windows | null} windows */
  mark({ cursor, pinned, winner, lit, present, filling }, windows) {
    const { kind, channel } = this;
    const { marks, frame, fade: faded } = this.pane;
    marks.clearRect(0, 0, marks.canvas.width, marks.canvas.height);
    if (!frame.width) return;
    if (cursor && windows) {
      const its = channel === null || channel === winner?.channel ? winner : null;
      if (kind === "input") markInput(marks, frame, windows, cursor, pinned, its);
      else markOutput(marks, frame, windows, cursor, pinned);
    } else if (cursor?.pane === kind) markCell(marks, frame, cursor, pinned);
    if (kind === "input" && lit) markLit(marks, frame, lit);
    if (kind === "output" && present && cursor?.pane === "input") markLit(marks, frame, present);
    if (faded && filling && cursor) fade(faded, frame, unfilled(cursor, windows, frame));
  }
}
