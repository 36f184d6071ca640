/**
 * From the pointer (or the arrow keys) to the sum: the cursor, its pin, the trace of its cell, the values in view.
 *
 * @import { Cursor } from "./cursor.js"
 * @import { Result } from "./session.js"
 * @import { Trace } from "../types.js"
 */

import { pinned, readers, settle } from "./cursor.js";
import { on } from "./events.js";
import { operationOf } from "./models.js";

export class Pointing {
  /** @param {import("./lab.js").Lab} lab */
  constructor(lab) {
    this.lab = lab;
    const { cell } = lab.state.values;
    /** Where it was put, though the map may be smaller for a while. @type {Cursor | null} */
    this.at = cell ? { pane: "output", ...cell } : null;
    /** The output cell whose sum is shown; it stays while the cursor is in the input. @type {Cursor | null} */
    this.summed = this.at;
    /** @type {Trace | null} */
    this.trace = null;
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
    const shape = this.lab.session.result?.shape;
    return shape ? settle(this.at, shape) : null;
  }

  get pinned() {
    return this.lab.state.values.cell !== null;
  }

  #listen() {
    const { lab } = this;
    const { views, session, state } = lab;
    on(views.stage, "point", (at) => this.#point(at));
    on(views.stage, "pin", (at) => state.set({ cell: pinned(state.values.cell, at) }));
    on(views.sum, "untrace", () => state.set({ cell: null }));
    on(views.stage, "visible", ({ region }) => {
      this.region = region;
      this.#values();
    });
    on(session, "trace", ({ trace, result }) => this.#traced(trace, result));
    on(session, "untraced", (error) => {
      this.trace = null;
      this.problem = lab.t.error(error, operationOf(state.values, lab.catalogue).params);
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
  }

  /** The trace of the cell, unless that very one was asked for, or a newer map is about to come. */
  ask() {
    const { lab } = this;
    const map = lab.shown?.channel;
    const shape = lab.session.result?.shape;
    if (!shape || map === undefined || lab.session.stream.busy("main")) return;
    const traced = settle(this.summed, shape);
    const asked = `${this.serial}:${map},${traced.y},${traced.x}`;
    if (asked === this.asked) return;
    const newResult = this.asked?.split(":")[0] !== String(this.serial);
    this.asked = asked;
    this.late = true;
    lab.session.trace([map, traced.y, traced.x]);
    if (newResult) this.#values();
  }

  #values() {
    const map = this.lab.shown?.channel;
    if (this.region && map !== undefined && !this.lab.session.stream.busy("main"))
      this.lab.session.values(map, this.region);
  }

  /** @param {Trace} trace @param {Result} result */
  #traced(trace, result) {
    if (result !== this.lab.session.result) return;
    this.trace = trace;
    this.problem = "";
    this.late = false;
    const [, y, x] = trace.cell;
    if (!this.region && trace.value !== null) {
      this.exact = { region: [y, x, 1, 1], data: Float32Array.of(trace.value) };
      this.lab.views.stage.update({ values: this.exact });
    }
    if (this.byKeys && this.at?.pane === "output") {
      this.announce = this.lab.t("announce.output", {
        y,
        x,
        value: trace.printed.value,
        count: trace.terms.length,
      });
      this.lab.views.stage.update({ announce: this.announce });
    }
    this.lab.defer();
  }

  /** @param {Cursor} at */
  #announceInput({ y, x }) {
    const { result } = this.lab.session;
    if (!result?.shape) return;
    const { width, channels } = result.pixels;
    const values = channels.map((levels) => levels[y * width + x]).join(", ");
    this.announce = this.lab.t("announce.input", { y, x, values, count: readers(result.shape, { y, x }) });
  }
}
