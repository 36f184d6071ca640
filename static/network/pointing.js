/**
 * From the pointer (or the arrow keys) to a cell of the layer that is looked at: which one, how it came to be, and what
 * of the picture belongs to it.
 *
 * @import { FeatureMap, Trace } from "../types.js"
 * @import { GraphLayer } from "./types.js"
 * @import { ApiErrorBody } from "../types.js"
 * @import { State } from "../page/address.js"
 * @import { Chapters } from "../page/chapters.js"
 * @import { Stream } from "../transport/stream.js"
 * @import { Full } from "./answers/full.js"
 * @import { Focus } from "./graph/focus.js"
 * @import { Session } from "./session.js"
 * @import { Values } from "./state.js"
 * @import { Views } from "./views.js"
 * @typedef {{layer: GraphLayer, cell: number[]}} Place
 * @typedef {{layer: string, cell: number[], sources: Record<string, string>, steps: {layer: string, operation: string,
 *   sources: Record<string, string>, trace: Trace}[]}} NetworkTrace
 * @typedef {{state: State<Values>, stream: Stream, session: Session, full: Full, chapters: Chapters,
 *   focus: Focus | null, ready: boolean, refusal: ApiErrorBody | null, views: Pick<Views, "photo">, problem: (error: ApiErrorBody) => string,
 *   defer: () => void}} Host
 */

import { on } from "../page/events.js";
import { inBlocks } from "./answers/blocks.js";
import { fieldOf, furthest, sameCell, strongestCell } from "./graph/place.js";
import { isVector } from "./graph/units.js";
import { COMPUTED, pictureOf } from "./state.js";

/** A cell that sees so many pixels along a side owes too little to each of them to be seen. */
const MANY = 64;
const BLOCK = 8;

/** The chapters that tell of a cell. */
const TELL = ["map", "cell", "trace"];

export class Pointing extends EventTarget {
  /** @param {Host} page */
  constructor(page) {
    super();
    this.page = page;
    /** Pointed at and not chosen. @type {{of: string, cell: number[]} | null} */
    this.over = null;
    /** Of the newest cell that was answered. @type {NetworkTrace | null} */
    this.told = null;
    /** The network and picture that it is told of. */
    this.toldOf = "";
    this.asked = "";
    this.late = false;
    this.problem = "";
    /** Whether the keyboard moved last: then it is said. */
    this.byKeys = false;
    /** A cell that it reads, pointed at in the sum or in a picture. @type {{of: string, input: number[]} | null} */
    this.light = null;
    /** Whether what pixels give is summed over blocks of them; null: where the cell sees many. @type {boolean | null} */
    this.coarse = null;
    /** A pixel that is pointed out. @type {{y: number, x: number} | null} */
    this.pixel = null;
    /** What is done once the present cell is told. @type {(() => void) | null} */
    this.act = null;
    on(page.state, "change", ({ keys }) => this.#changed(keys));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.chosen) this.release();
    });
  }

  /** @param {Set<string>} keys */
  #changed(keys) {
    if ([...COMPUTED, "layer", "map", "cell"].some((key) => keys.has(key))) this.act = null;
    if (["net", "layer", "map", "cell"].some((key) => keys.has(key))) {
      this.over = this.light = this.pixel = null;
      this.#say();
    }
    this.ask();
  }

  /** Whether a cell was chosen, so that pointing at others changes nothing. */
  get chosen() {
    const { cell, map } = this.page.state.values;
    const layer = this.page.focus?.layer;
    return cell !== null || (layer !== undefined && isVector(layer) && map !== null);
  }

  /** @returns {Place | null} null: not known yet */
  get place() {
    const { focus } = this.page;
    if (!focus) return null;
    const { layer, map } = focus;
    const { over } = this;
    if (over?.of === this.#of(layer, map) && !this.chosen) return { layer, cell: over.cell };
    const cell = isVector(layer) ? this.#number(layer) : this.#cell(layer, map);
    return cell && { layer, cell };
  }

  /** @param {GraphLayer} layer @param {number} map */
  #of({ name }, map) {
    return `${this.page.state.values.net} ${name} ${map}`;
  }

  /** @param {GraphLayer} layer @returns {number[] | null} */
  #number({ name, shape: [count] }) {
    const { cell, map } = this.page.state.values;
    const values = this.page.session.layers.get(name)?.values;
    const at = cell?.x ?? map ?? (values ? furthest(values) : null);
    return at === null ? null : [Math.min(at, count - 1)];
  }

  /** @param {GraphLayer} layer @param {number} map @returns {number[] | null} */
  #cell({ name, shape }, map) {
    const { cell } = this.page.state.values;
    const whole = this.page.full.get(name)?.maps[map];
    const at = cell ?? (whole ? strongestCell(whole) : null);
    return at && [map, Math.min(at.y, shape[1] - 1), Math.min(at.x, shape[2] - 1)];
  }

  /** What the cell looks at. */
  get field() {
    const { place } = this;
    return place && fieldOf(place.layer, place.cell);
  }

  /** Pixels along the sides of a block. */
  get grain() {
    const size = this.place?.layer.field[0]?.size ?? 0;
    return (this.coarse ?? size >= MANY) ? BLOCK : 1;
  }

  /** @param {boolean} coarse */
  blocks(coarse) {
    this.coarse = coarse;
    this.#say();
  }

  /** What each pixel, or each block of them, gives to it, if that is known. @returns {FeatureMap | null} */
  get heat() {
    const { chapters, state } = this.page;
    const answer = chapters.isOpen("trace") ? chapters.answer("trace") : null;
    if (!answer || answer.maps.contribution === undefined) return null;
    const { network, layer } = /** @type {any} */ (answer.request);
    const same = network === state.values.net && layer === this.page.focus?.layer.name;
    const [map] = answer.maps.contribution;
    return same && map ? inBlocks(map, this.grain) : null;
  }

  /** What was told, if it is of this very layer; perhaps of the cell before. @returns {NetworkTrace | null} */
  get trace() {
    const { told, page } = this;
    return told?.layer === page.focus?.layer.name && this.toldOf === page.state.values.net ? told : null;
  }

  /** Whether it is of this very cell. */
  get exact() {
    const { place, trace, late } = this;
    return !late && place !== null && trace !== null && sameCell(place.cell, trace.cell);
  }

  /** Whether it is on its way, or will be as soon as may be. */
  get awaited() {
    const { page, problem, late, exact } = this;
    const wanted = TELL.some((one) => page.chapters.isOpen(one));
    return !exact && wanted && page.refusal === null && (late || problem === "");
  }

  /** A click may come before the answer that it needs: then it holds, unless something else is looked at by then. @param {() => void} act */
  once(act) {
    if (this.awaited) this.act = act;
    else act();
  }

  /** @param {number[]} cell of the layer that is looked at @param {string} by "pointer" or "keys" */
  point(cell, by) {
    const { focus, state } = this.page;
    this.byKeys = by === "keys";
    if (!focus) return;
    // The keyboard takes a chosen cell along.
    if (this.chosen) return void (this.byKeys && state.set(patchOf(cell), "walk"));
    this.over = { of: this.#of(focus.layer, focus.map), cell };
    this.act = null;
    this.ask();
    this.#say();
  }

  /** Choose a cell; the one that is chosen already is let go. @param {number[]} cell */
  pin(cell) {
    const { place } = this;
    if (this.chosen && place && sameCell(place.cell, cell)) return this.release();
    this.page.state.set(patchOf(cell));
  }

  release() {
    const { focus, state } = this.page;
    const { place } = this;
    const vector = focus && isVector(focus.layer);
    state.set({ cell: null, ...(vector ? { map: null } : {}) });
    // What was seen stays until another is pointed at.
    if (focus && place) this.over = { of: this.#of(focus.layer, focus.map), cell: place.cell };
    this.ask();
  }

  /** @param {{of: string, input: number[]} | null} light */
  read(light) {
    if (JSON.stringify(light) === JSON.stringify(this.light)) return;
    this.light = light;
    this.page.defer();
  }

  /** @param {{y: number, x: number} | null} pixel */
  show(pixel) {
    this.pixel = pixel;
    this.#say();
  }

  /** The server is back: what it could not answer is asked again. */
  back() {
    this.asked = "";
  }

  /** How the cell came to be, unless that was asked for, or nobody wants to know. */
  ask() {
    const { page, place } = this;
    const { chapters, stream, state } = page;
    if (!place || !page.ready || stream.busy("main") || !TELL.some((one) => chapters.isOpen(one))) return;
    const wish = {
      type: "network_trace",
      ...pictureOf(state.values),
      layer: place.layer.name,
      cell: place.cell,
    };
    const asked = JSON.stringify(wish);
    if (asked === this.asked) return;
    this.asked = asked;
    this.late = true;
    const settle = (/** @type {string} */ problem) => {
      this.late = false;
      this.problem = problem;
      page.defer();
      if (this.awaited) return;
      const { act } = this;
      this.act = null;
      act?.();
    };
    stream.wish("cell", wish, {
      message: (message) => {
        if (message.type !== wish.type) return;
        this.told = /** @type {any} */ (message);
        this.toldOf = wish.network;
      },
      done: () => settle(""),
      error: (error) => settle(page.problem(error)),
    });
  }

  /** At once, outside of the rest: marks alone are moved. */
  #say() {
    this.page.views.photo.point?.(this.field, this.heat);
    this.dispatchEvent(new Event("change"));
    this.page.defer();
  }
}

/** @param {number[]} cell */
function patchOf(cell) {
  return cell.length === 1
    ? { map: cell[0], cell: null }
    : { map: cell[0], cell: { y: cell[1], x: cell[2] } };
}
