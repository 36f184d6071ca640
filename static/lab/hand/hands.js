/**
 * The hands on the input: one points, one paints cells, one cuts out a part. What is painted can be taken back, stroke
 * by stroke, and so can its loss when the cells became others.
 *
 * @import { State } from "../../page/address.js"
 * @import { Edit } from "../input/edits.js"
 * @import { Pictures } from "../input/pictures.js"
 * @import { Session } from "../session.js"
 * @import { Values } from "../state.js"
 * @import { Views } from "../views.js"
 * @typedef {{state: State<Values>, session: Session, pictures: Pick<Pictures, "whole" | "change">,
 *   views: Pick<Views, "stage" | "hand">, defer: () => void}} Host
 */

import { on } from "../../page/events.js";
import { cropOf, moved, ranges, shortCrop } from "../input/crop.js";
import { inside, MOST_EDITS, painted } from "../input/edits.js";

/** Strokes that are remembered. */
const REMEMBERED = 200;

export class Hands {
  /** @param {Host} lab */
  constructor(lab) {
    this.lab = lab;
    /** @type {import("../../views/pane/hand.js").Hand} */
    this.hand = "point";
    this.level = 255;
    /** What was painted before each stroke. @type {Edit[][]} */
    this.past = [];
    /** Whether cells that were painted have just become others. */
    this.lost = false;
    this.#listen();
  }

  #listen() {
    const { stage, hand } = this.lab.views;
    for (const view of [stage, hand]) {
      on(view, "hand", (detail) => this.#take(detail.hand));
      on(view, "undo", () => this.#undo());
    }
    on(stage, "paint", ({ cells, begins }) => this.#paint(cells, begins));
    on(stage, "crop", (cells) => this.#cut(cells));
    on(hand, "level", ({ level }) => {
      this.level = level;
      this.refresh();
    });
    on(hand, "clear", () => this.#edit([]));
    on(hand, "side", ({ at, value }) => this.#side(at, value));
    on(hand, "whole", () => this.lab.pictures.change({ crop: null }));
  }

  refresh() {
    const { lab, hand, level, past, lost } = this;
    const { crop, edits } = lab.state.values;
    const { whole } = lab.pictures;
    const full = whole && /** @type {[number, number, number, number]} */ ([0, 0, whole.height, whole.width]);
    const part = crop ?? full;
    lab.views.hand.update({
      hand,
      level,
      count: edits.length,
      most: MOST_EDITS,
      undo: past.length > 0,
      lost,
      cell: lab.views.stage.zoom.scale,
      crop: part && whole ? { part, ranges: ranges(part, whole), whole, is: crop !== null } : null,
    });
  }

  /** @param {import("../../views/pane/hand.js").Hand} hand */
  #take(hand) {
    this.hand = hand;
    this.lost = false;
    this.lab.views.stage.update({ hand });
    this.refresh();
  }

  /** @param {{y: number, x: number}[]} cells @param {boolean} begins a stroke */
  #paint(cells, begins) {
    const { edits } = this.lab.state.values;
    const next = painted(edits, cells, this.level);
    if (begins) this.#edit(next);
    else this.lab.state.set({ edits: next });
  }

  /** @param {Edit[]} edits */
  #edit(edits) {
    this.#remember(this.lab.state.values.edits);
    this.lost = false;
    this.lab.state.set({ edits });
  }

  /** @param {Edit[]} edits */
  #remember(edits) {
    this.past = [...this.past, edits].slice(-REMEMBERED);
  }

  #undo() {
    const edits = this.past.at(-1);
    const { loaded } = this.lab.session;
    if (!edits || !loaded) return;
    this.past = this.past.slice(0, -1);
    this.lost = false;
    this.lab.state.set({ edits: inside(edits, loaded.pixels) });
    this.refresh();
  }

  /** Another picture: that of the one before is no loss any more. */
  renew() {
    this.lost = false;
  }

  /** @param {Edit[]} edits that were painted on cells there are no more */
  dropped(edits) {
    this.#remember(edits);
    this.lost = true;
    this.lab.defer();
  }

  /** @param {{y: number, x: number, height: number, width: number}} cells */
  #cut(cells) {
    const { lab } = this;
    const { whole } = lab.pictures;
    const { result } = lab.session;
    if (!whole || !result) return;
    const { crop: present = null } = result.picture;
    const crop = cropOf(cells, result.pixels, /** @type {any} */ (present), whole);
    lab.pictures.change({ crop: shortCrop(crop, whole) });
  }

  /** @param {number} at which number of the crop @param {number} value */
  #side(at, value) {
    const { pictures, state } = this.lab;
    const { whole } = pictures;
    if (!whole) return;
    const crop = moved(state.values.crop ?? [0, 0, whole.height, whole.width], at, value, whole);
    pictures.change({ crop: shortCrop(crop, whole) });
  }
}
