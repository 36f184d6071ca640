/**
 * What is printed: the pictures as they stand on the screen, with their legend, the settings, the sum, the size and the
 * link, on one page. Filled when somebody prints; nothing of it is seen before.
 *
 * @import { Shape, Trace, Translate } from "../../types.js"
 * @import { Slot } from "../pane/slot.js"
 * @import { StageView } from "../stage/stage.js"
 * @typedef {{trace: Trace, titles: string[], activation: string, where: string}} SumFigure
 * @typedef {object} FigureModel
 * @property {string} title
 * @property {StageView} stage
 * @property {import("./legend.js").LegendModel} legend
 * @property {{label: string, text: string}[]} settings
 * @property {Shape} shape
 * @property {SumFigure | null} sum
 * @property {string} link
 */

import { Frame } from "../../draw/frame.js";
import { onPaper } from "../../draw/theme.js";
import { h } from "../base/dom.js";
import { mathml } from "../base/mathml.js";
import { Ledger } from "../sum/ledger.js";
import { blocksOf } from "../sum/terms.js";
import { minus } from "../sum/words.js";
import { LegendView } from "./legend.js";

/** Terms that leave room for the rest on the page. */
const MOST_TERMS = 81;
const MOST_BLOCKS = 4;
/** Device pixels across a picture. */
const FINE = 1600;
/** CSS px kept around a picture for what is marked at its edge. */
const AROUND = 6;

export class FigureView {
  /** @param {Translate} t */
  constructor(t) {
    this.t = t;
    this.element = h("section.print-figure", { "data-testid": "print-figure" });
    document.body.append(this.element);
  }

  /** @param {FigureModel} model @param {Translate} t */
  update({ title, stage, legend, settings, shape, sum, link }, t) {
    this.t = t;
    const legendPlace = h("div");
    new LegendView(legendPlace, t).update(legend);
    const rows = settings.map(({ label, text }) => h("div", h("dt", label), h("dd", text)));
    const pictures = onPaper(() => stage.slots.map((slot) => picture(slot, stage)));
    this.element.replaceChildren(
      h("h1", title),
      h("div.print-pictures", { "data-panes": pictures.length }, ...pictures),
      legendPlace,
      this.#sum(sum),
      this.#size(shape),
      h("h2", t("print.settings")),
      h("dl.print-settings", ...rows),
      h("p.print-link", `${t("print.made")} `, h("a", { href: link }, link)),
    );
  }

  clear() {
    this.element.replaceChildren();
  }

  /** @param {SumFigure | null} sum */
  #sum(sum) {
    const { t } = this;
    const place = h("div.sum");
    if (!sum) return place;
    const { trace, titles, activation, where } = sum;
    const value = minus(trace.printed.value);
    place.append(
      h("h2", t("chapter.sum")),
      h("p", t("print.sum", { where, value, count: trace.terms.length })),
    );
    const blocks = blocksOf(trace.terms, trace.partials);
    if (trace.terms.length > MOST_TERMS || blocks.length > MOST_BLOCKS) return place;
    const ledger = new Ledger(t, () => {});
    ledger.update(trace, blocks, { titles, activation });
    place.append(ledger.element);
    return place;
  }

  /** @param {Shape} shape */
  #size({ axes, input_shape, output_shape }) {
    const { t } = this;
    const lines = axes.map(({ axis, formula }) =>
      h("div.law-line.row", h("span.axis-name.note", t(`axis.${axis}`)), mathml(formula, null)),
    );
    const sizes = `${input_shape.join(" × ")} → ${output_shape.join(" × ")}`;
    return h("div.law", h("h2", t("chapter.size")), h("p", sizes), ...lines);
  }
}

/**
 * A pane as it stands on the screen, drawn again as finely as paper can show it, without the room around its picture.
 * @param {Slot} slot @param {StageView} stage
 */
function picture(slot, stage) {
  const { pane } = slot;
  const frame = Object.assign(new Frame(), pane.frame);
  frame.ratio = Math.max(1, FINE / Math.max(frame.width, 1));
  const [image, marks] = [0, 1].map(() => surface(frame));
  // The same place with other canvases draws the same.
  const paper = Object.assign(Object.create(Object.getPrototypeOf(slot)), slot);
  paper.pane = { frame, picture: image, marks, fade: null };
  paper.paint(stage.model, stage.zoom.windows);
  paper.mark(stage.model, stage.zoom.windows);
  const caption = [pane.title, pane.shape, pane.readout].map(({ textContent }) => textContent);
  return h(
    "figure",
    h("figcaption", caption.filter(Boolean).join(" · ")),
    cut(frame, [image.canvas, marks.canvas]),
    h("p", pane.note.textContent),
  );
}

/** @param {Frame} frame @returns {CanvasRenderingContext2D} */
function surface({ width, height, ratio }) {
  const canvas = h("canvas");
  [canvas.width, canvas.height] = [Math.max(1, width * ratio), Math.max(1, height * ratio)];
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
}

/** @param {Frame} frame @param {HTMLCanvasElement[]} layers */
function cut(frame, layers) {
  const { left, top, right, bottom } = frame.extent;
  const around = AROUND * frame.ratio;
  const [x, y] = [frame.toX(left), frame.toY(top)].map((at) => Math.max(0, Math.floor(at - around)));
  const canvas = h("canvas");
  canvas.width = Math.max(1, Math.min(layers[0].width, Math.ceil(frame.toX(right) + around)) - x);
  canvas.height = Math.max(1, Math.min(layers[0].height, Math.ceil(frame.toY(bottom) + around)) - y);
  const context = canvas.getContext("2d");
  for (const layer of layers) context?.drawImage(layer, -x, -y);
  return canvas;
}
