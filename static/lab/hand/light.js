/**
 * Which terms of the sum are lit, and who lights them: a term itself, an input cell, a weight. Whatever lights, all of
 * them show: the term in the sum, its cell in the input, its weight in the editor.
 *
 * @import { Kernel, Term, Trace } from "../../types.js"
 * @import { Chapters } from "../../page/chapters.js"
 * @import { Views } from "../views.js"
 * @typedef {{pointing: {trace: Trace | null, present: () => void}, views: Pick<Views, "stage" | "kernel">,
 *   chapters: Chapters, resolved: Kernel[], kernelAt: number}} Host
 * @typedef {{term: number} | {input: {y: number, x: number}} | {weight: {row: number, column: number}}} Lighter
 */

import { on } from "../../page/events.js";

export class Light {
  /** @param {Host} lab */
  constructor(lab) {
    this.lab = lab;
    /** @type {Lighter | null} */
    this.by = null;
    /** @type {number[]} */
    this.terms = [];
    on(lab.views.kernel, "light", (weight) => this.set(weight ? { weight } : null));
    on(lab.views.stage, "leave", () => this.by && "input" in this.by && this.set(null));
  }

  /** @param {Lighter | null} by nobody: nothing is lit */
  set(by) {
    this.by = by;
    if (by && !("input" in by)) this.lab.pointing.present();
    this.renew();
  }

  /** Another cell's sum is there, or another light. */
  renew() {
    const { pointing, views, chapters } = this.lab;
    const { by } = this;
    const terms = by ? termsOf(pointing.trace, by) : [];
    if (terms.length === 0 && this.terms.length === 0) return;
    this.terms = terms;
    views.stage.update({ lit: inputOf(pointing.trace, terms) });
    views.kernel.update({ lit: this.weight });
    /** @type {any} */ (chapters.view("sum"))?.light(terms);
  }

  /** Where the lit terms stand in the kernel that is edited, if that is the one that was used. */
  get weight() {
    const { pointing, resolved, kernelAt } = this.lab;
    const map = pointing.trace?.cell[0] ?? 0;
    return map % resolved.length === kernelAt ? weightOf(pointing.trace, this.terms) : null;
  }
}

/** @param {Trace | null} trace @param {Lighter} by @returns {number[]} numbers of terms */
export function termsOf(trace, by) {
  if (!trace) return [];
  if ("term" in by) return by.term < trace.terms.length ? [by.term] : [];
  const has = "input" in by ? readsAt(by.input) : standsAt(by.weight);
  return [...trace.terms.keys()].filter((at) => has(trace.terms[at]));
}

/** @typedef {(term: Term) => boolean} Has */

/** @param {{y: number, x: number}} at @returns {Has} */
function readsAt({ y, x }) {
  return ({ input }) => input?.length === 3 && input[1] === y && input[2] === x;
}

/** @param {{row: number, column: number}} at @returns {Has} */
function standsAt({ row, column }) {
  return ({ kernel, weight }) =>
    weight !== null && kernel.length === 3 && kernel[1] === row && kernel[2] === column;
}

/** @param {Trace | null} trace @param {number[]} terms @returns {{y: number, x: number} | null} the input cell all of them read */
export function inputOf(trace, terms) {
  const [y, x] = common(terms.map((at) => trace?.terms[at].input ?? null)) ?? [];
  return y === undefined ? null : { y, x };
}

/** @param {Trace | null} trace @param {number[]} terms @returns {{row: number, column: number} | null} the weight all of them have */
export function weightOf(trace, terms) {
  const weights = terms.map((at) =>
    trace?.terms[at].weight === null ? null : (trace?.terms[at].kernel ?? null),
  );
  const [row, column] = common(weights) ?? [];
  return row === undefined ? null : { row, column };
}

/** The last two coordinates of places in a stack of pictures, where all have the same. @param {(number[] | null)[]} places */
function common(places) {
  const [first] = places;
  if (first?.length !== 3) return null;
  const same = places.every((place) => place?.length === 3 && place[1] === first[1] && place[2] === first[2]);
  return same ? first.slice(1) : null;
}
