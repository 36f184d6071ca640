/**
 * From the pointer (or the arrow keys) to the sum: the cursor, its pin, the trace of its cell, the values in view.
 *
 * @import { ApiErrorBody, FeatureMap, Operation, Trace, Translate } from "../../types.js"
 * @import { State } from "../../page/address.js"
 * @import { Cursor } from "./cursor.js"
 * @import { Light } from "./light.js"
 * @import { Result, Session } from "../session.js"
 * @import { Values } from "../state.js"
 * @import { Views } from "../views.js"
 * @typedef {{state: State<Values>, session: Session, stream: EventTarget, catalogue: {operations: Operation[]},
 *   views: Pick<Views, "stage">, light: Pick<Light, "terms" | "set" | "renew">, shown: FeatureMap | null, t: Translate,
 *   problem: (error: ApiErrorBody) => string, defer: () => void}} Host
 */

import { on } from "../../page/events.js";
import { blocksOf, stepLines } from "../../views/sum/terms.js";
import { minus, titlesOf } from "../../views/sum/words.js";
import { inputNames } from "../models.js";
import { seenAt } from "../stack.js";
import { pinned, settle } from "./cursor.js";
import { winnerOf } from "./winner.js";

export class Pointing {
  /** @param {Host} lab */
  constructor(lab) {
    this.lab = lab;
    const { cell } = lab.state.values;
    /** Where it was put, though the map may be smaller for a while. @type {Cursor | null} */
    this.at = cell ? { pane: "output", ...cell } : null;
    /** The output cell whose sum is shown; it stays while the cursor is in the input. @type {Cursor | null} */
    this.summed = this.at;
    /** @type {Trace | null} */
    this.trace = null;
    /** Where its cell is seen in the map. @type {{y: number, x: number}} */
    this.seen = { y: 0, x: 0 };
    /** @type {string | null} what the trace on screen, or under way, answers */
    this.asked = null;
    this.late = false;
    this.problem = "";
    /** @type {{region: [number, number, number, number], data: Float32Array} | null} */
    this.exact = null;
    /** @type {[number, number, number, number] | null} */
    this.region = null;
    this.announce = "";
    this.byKeys = false;
    this.serial = 0;
    this.#listen();
  }

  /** @returns {Cursor | null} inside the present map */
  get cursor() {
    const { result } = this.lab.session;
    return result?.shape ? settle(this.at, result.shape, result.pixels) : null;
  }

  get pinned() {
    return this.lab.state.values.cell !== null;
  }

  #listen() {
    const { lab } = this;
    const { views, session, state } = lab;
    on(views.stage, "point", (at) => this.#point(at));
    on(views.stage, "pin", (at) => {
      // A tap on a cell that the pinned one reads shows its part of the sum.
      const keeps = at.pane === "input" && lab.light.terms.length > 0;
      if (!keeps) state.set({ cell: pinned(state.values.cell, at) });
    });
    on(views.stage, "visible", ({ region }) => {
      this.region = region;
      this.#values();
    });
    on(lab.stream, "away", () => {
      this.asked = null;
    });
    on(session, "trace", ({ trace, result }) => this.#traced(trace, result));
    on(session, "untraced", (error) => {
      this.trace = null;
      this.problem = lab.problem(error);
      lab.light.renew();
      lab.defer();
    });
    on(session, "values", ({ region, data }) => {
      this.exact = { region, data };
      views.stage.update({ values: this.exact });
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.pinned) state.set({ cell: null });
    });
  }

  /** @param {{pane: "input" | "output", y: number, x: number, by: string}} at */
  #point({ pane, y, x, by }) {
    this.byKeys = by === "keys";
    this.lab.light.set(pane === "input" ? { input: { y, x } } : null);
    if (this.pinned && !this.byKeys) return;
    if (this.pinned && pane === "output") return void this.lab.state.set({ cell: { y, x } });
    this.#go({ pane, y, x });
  }

  /** @param {Cursor} cursor */
  #go(cursor) {
    this.at = cursor;
    if (cursor.pane === "output") this.summed = cursor;
    else if (this.byKeys) this.#announceInput(cursor);
    this.lab.views.stage.update({ cursor: this.cursor, pinned: this.pinned, announce: this.announce });
    this.ask();
  }

  /**
   * By itself: nothing is said, if not asked for.
   * @param {Cursor} cursor @param {boolean} told whether there is time for words
   * @param {Cursor | null} summed whose sum is wanted; null: that of the last one stays @param {boolean} aloud
   */
  walk(cursor, told, summed, aloud) {
    this.byKeys = aloud;
    this.at = cursor;
    if (summed) this.summed = summed;
    this.lab.views.stage.update({ cursor: this.cursor, pinned: this.pinned, filling: true, brisk: !told });
    if (summed) this.ask();
  }

  /** The cell whose sum is read is the one to be seen, with its window. */
  present() {
    if (this.at?.pane !== "input") return;
    this.at = this.summed;
    this.lab.views.stage.update({ cursor: this.cursor });
  }

  /** The window walks over another ground. @param {Cursor} cursor */
  put(cursor) {
    this.at = cursor;
  }

  pinChanged() {
    const { cell } = this.lab.state.values;
    if (cell) this.#go({ pane: "output", ...cell });
    else this.lab.views.stage.update({ pinned: false });
  }

  /** Another map is looked at. */
  moved() {
    this.exact = null;
    this.ask();
    this.#values();
  }

  /** A new result: exact values are out of date, and so is the trace. */
  renew() {
    this.serial += 1;
    this.exact = null;
    this.lab.views.stage.update({ winner: null });
  }

  /** The trace of the cell, unless that very one was asked for, or a newer map is about to come. */
  ask() {
    const { lab } = this;
    const map = lab.shown?.channel;
    const { result } = lab.session;
    if (!result?.shape || map === undefined || lab.session.stream.busy("main")) return;
    const traced = settle(this.summed, result.shape, result.pixels);
    const asked = `${this.serial}:${map},${traced.y},${traced.x}`;
    if (asked === this.asked) return;
    const newResult = this.asked?.split(":")[0] !== String(this.serial);
    this.asked = asked;
    this.late = true;
    lab.session.trace(map, traced);
    if (newResult) this.#values();
  }

  #values() {
    const map = this.lab.shown?.channel;
    if (this.region && map !== undefined && !this.lab.session.stream.busy("main"))
      this.lab.session.values(map, this.region);
  }

  /** @param {Trace} trace @param {Result} result */
  #traced(trace, result) {
    if (result !== this.lab.session.result || !result.shape) return;
    this.trace = trace;
    this.problem = "";
    this.late = false;
    const { y, x } = seenAt(result.shape, trace.cell);
    this.seen = { y, x };
    const winner = winnerOf(trace, result.shape, result.pixels);
    this.lab.views.stage.update({ winner, present: this.seen });
    if (!this.region && trace.value !== null) {
      this.exact = { region: [y, x, 1, 1], data: Float32Array.of(trace.value) };
      this.lab.views.stage.update({ values: this.exact });
    }
    if (this.byKeys && this.at?.pane === "output") {
      this.announce = tracedText(trace, { y, x }, this.lab.t, this.channels);
      this.lab.views.stage.update({ announce: this.announce });
    }
    this.lab.light.renew();
    this.lab.defer();
  }

  /** What the channels are called whose products are added up, one after another. */
  get channels() {
    const { lab, trace } = this;
    const { shape } = lab.session.result ?? {};
    const operation = lab.catalogue.operations.find((one) => one.name === trace?.operation);
    if (!trace || !shape) return [];
    const blocks = blocksOf(trace.terms, trace.partials);
    return titlesOf(blocks, operation?.inputs ?? [], inputNames(shape, lab.t), lab.t);
  }

  /** @param {Cursor} at */
  #announceInput({ y, x }) {
    const { result } = this.lab.session;
    if (!result?.shape) return;
    const { width, channels } = result.pixels;
    const values = channels.map((levels) => levels[y * width + x]).join(", ");
    const count = this.lab.views.stage.reached({ y, x });
    this.announce = this.lab.t(count === null ? "announce.pixel" : "announce.input", { y, x, values, count });
  }
}

/** More channels are too many to listen to. */
const HEARD = 8;

/**
 * A cell, what each channel gives to it and what was done to their sum, for ears.
 * @param {Trace} trace @param {{y: number, x: number}} at @param {Translate} t @param {string[]} [channels]
 */
export function tracedText({ cell, terms, each_text: each, steps, printed }, { y, x }, t, channels = []) {
  const values = { y, x, cell, value: minus(printed.value), count: terms.length };
  const said = [t(cell.length === 3 ? "announce.output" : "announce.cell", values)];
  const { partials } = printed;
  if (partials && partials.length > 1 && partials.length <= Math.min(HEARD, channels.length)) {
    const parts = partials.map((part, at) => `${channels[at]} ${minus(part)}`);
    said.push(t("announce.channels", { parts: parts.join(t("list.separator")) }));
  }
  const done = stepLines(steps, printed).map(({ kind, text, filled, operand }) =>
    operand === null
      ? t.local(filled)
      : t(`announce.${kind}`, { name: t.local(text), operand: minus(operand) }),
  );
  const all = each ? [t("announce.each", { each: t.local(each) }), ...done] : done;
  if (all.length > 0) said.push(t("announce.steps", { steps: all.join(t("list.separator")) }));
  return said.join(" ");
}
