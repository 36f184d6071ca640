/**
 * Going back layer by layer: from a cell to that of the cells it reads which gave most to it, down to a pixel. Where one
 * came from is kept, so that one can go forward again.
 *
 * @import { Trace } from "../../types.js"
 * @import { NetworkTrace } from "../pointing.js"
 * @import { Place, Pointing } from "../pointing.js"
 * @import { State } from "../../page/address.js"
 * @import { Values } from "../state.js"
 * @typedef {{value: string, gives: string, of: string, share: number, reduction: string, picks: boolean}} Gift what a cell has, what
 *   of it arrives at the cell after it, and of what that is a part; picks: it was taken whole
 * @typedef {{layer: string, cell: number[], value: string | null, gift: Gift | null}} Stop
 * @typedef {{state: State<Values>, pointing: Pointing,
 *   look: (layer: string, map: number, cell: {y: number, x: number} | null) => void}} Host
 */

import { on } from "../../page/events.js";
import { sameCell } from "./place.js";

/** The layer before the first. */
export const PICTURE = "input";

/**
 * The term that gave most in the direction of the sum, or that was taken; null where nothing is read.
 * @param {Trace} trace @returns {number | null}
 */
export function greatest({ terms, reduction, printed, cell, each }) {
  const chosen = terms.findIndex((term) => term.chosen);
  if (chosen >= 0) return chosen;
  // Of a function over all numbers, one's own.
  const own = each ? terms.findIndex((term) => term.input && sameCell(term.input, cell)) : -1;
  if (own >= 0) return own;
  const sign = reduction === "sum" && Number(printed.sum) < 0 ? -1 : 1;
  let [at, most] = [-1, Number.NEGATIVE_INFINITY];
  terms.forEach(({ input, product }, nth) => {
    const gives = sign * (product ?? Number.NEGATIVE_INFINITY);
    if (input && gives > most) [at, most] = [nth, gives];
  });
  return at < 0 ? null : at;
}

/** One step back. @param {NetworkTrace} told @returns {Stop | null} */
export function stepBack(told) {
  const at = greatest(told.steps[0].trace);
  return at === null ? null : stopOf(told, at);
}

/** To a cell that is read. @param {NetworkTrace} told @param {string} of @param {number[]} input @returns {Stop | null} null: it is not */
export function stopAt(told, of, input) {
  const at = told.steps[0].trace.terms.findIndex(
    (term) => term.of === of && term.input && sameCell(term.input, input),
  );
  return at < 0 ? null : stopOf(told, at);
}

/** @param {NetworkTrace} told @param {number} at term @returns {Stop | null} */
function stopOf({ steps }, at) {
  const { trace, sources } = steps[0];
  const term = trace.terms[at];
  if (!term.input) return null;
  const { printed, reduction } = trace;
  const of = printed.sum ?? printed.value;
  const value = printed.values[at];
  const gives = printed.products[at];
  const share = Number(gives) / Number(of);
  const picks = reduction !== "sum" || trace.terms.length === 1;
  return {
    layer: sources[term.of],
    cell: term.input,
    value,
    gift: { value, gives, of, share, reduction, picks },
  };
}

export class Walk {
  /** @param {Host} page */
  constructor(page) {
    this.page = page;
    /** From where one began down to where one got. @type {Stop[]} */
    this.stops = [];
    /** Which of them is looked at. */
    this.at = 0;
    /** What was looked at when it was last compared. */
    this.of = "";
    on(page.state, "change", () => this.sync());
  }

  /** Somewhere else is looked at: if one was there, the trail stays; else it begins anew. */
  sync() {
    const { place } = this.page.pointing;
    const { net, image, frame, crop, invert } = this.page.state.values;
    const of = JSON.stringify([net, image, frame, crop, invert]);
    if (!place || of !== this.of) this.stops = [];
    this.of = of;
    if (!place) return;
    if (this.stops[this.at]?.layer === PICTURE && this.#is(this.at - 1, place)) return;
    const found = this.stops.findIndex((_, nth) => this.#is(nth, place));
    if (found < 0) {
      this.stops = [{ layer: place.layer.name, cell: place.cell, value: null, gift: null }];
      this.at = 0;
    } else this.at = found;
  }

  /** @param {number} nth @param {Place} place */
  #is(nth, { layer, cell }) {
    const stop = this.stops[nth];
    return stop?.layer === layer.name && sameCell(stop.cell, cell);
  }

  /** What comes next, if the cell is known. @returns {Stop | null} null at the end too */
  get next() {
    const { pointing } = this.page;
    if (this.stops[this.at]?.layer === PICTURE || !pointing.exact || !pointing.trace) return null;
    return stepBack(pointing.trace);
  }

  /** To the cell that gave most. */
  back() {
    this.page.pointing.once(() => {
      this.sync();
      const { next } = this;
      if (next) this.to(next);
    });
  }

  /** To a cell that the present one reads. @param {Stop} next */
  to(next) {
    this.sync();
    const { page } = this;
    const told = page.pointing.trace;
    const here = this.stops.slice(0, this.at + 1);
    if (here.length === 0) return;
    if (told) here[this.at] = { ...here[this.at], value: told.steps.at(-1)?.trace.printed.value ?? null };
    this.stops = [...here, next];
    this.at += 1;
    this.#go(next);
  }

  /** @param {number} nth stop of the trail */
  visit(nth) {
    const stop = this.stops[nth];
    if (!stop) return;
    if (stop.layer === PICTURE) this.visit(nth - 1);
    this.at = nth;
    this.#go(stop);
  }

  /** @param {Stop} stop */
  #go({ layer, cell }) {
    const { page } = this;
    const [map, y, x] = cell;
    if (layer === PICTURE) return page.pointing.show({ y, x });
    page.pointing.show(null);
    page.look(layer, map, y === undefined ? null : { y, x });
  }
}
