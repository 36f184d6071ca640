/**
 * See it move: the window walks over the picture while nobody else leads it. The pointer, the arrow keys and whoever
 * reads the sum take over at once; a while after they have left, it goes on from where they were.
 *
 * @import { State } from "../../page/address.js"
 * @import { Cursor } from "../hand/cursor.js"
 * @import { Pointing } from "../hand/pointing.js"
 * @import { Session } from "../session.js"
 * @import { Values } from "../state.js"
 * @import { Views } from "../views.js"
 * @typedef {{state: State<Values>, session: Session, views: Pick<Views, "stage" | "motion">,
 *   pointing: Pick<Pointing, "cursor" | "pinned" | "put" | "walk">}} Host
 */

import { on } from "../../page/events.js";
import { place } from "../../page/place.js";
import { groundOf } from "../../views/stage/walk.js";
import { Steady } from "../steady.js";
import { Leaders } from "./leaders.js";
import { Walk } from "./walk.js";

/** Cells a second of which each can be added up; beyond, the sum follows once in so many ms. */
const FOLLOWED = 10;
const NOW_AND_THEN = 250;
/** What comes sooner than this, ms, comes with the next frame. */
const SOON = 17;
/** Ms after which a page that had more important things to do is looked at again. */
const BUSY = 120;

export class Motion {
  /** @param {Host} lab */
  constructor(lab) {
    this.lab = lab;
    this.walk = new Walk();
    /** The pane whose cells it walks over. @type {"input" | "output"} */
    this.pane = "output";
    const still = matchMedia("(prefers-reduced-motion: reduce)");
    /** Whether it may move: by itself, or because somebody has pressed Play. */
    this.begun = !still.matches;
    /** Whether the cursor stands where the walk has put it. */
    this.shown = false;
    /** Whether the pictures are in sight. */
    this.seen = false;
    this.leaders = new Leaders(() => this.update());
    const sum = place("sum");
    this.steady = new Steady(sum, () => this.running);
    this.told = 0;
    this.timer = 0;
    this.frame = 0;
    still.addEventListener("change", () => {
      this.begun = !still.matches;
      this.update();
    });
    document.addEventListener("visibilitychange", () => this.#schedule());
    this.#listen(sum);
  }

  /** @param {HTMLElement} sum */
  #listen(sum) {
    const { stage, motion } = this.lab.views;
    new IntersectionObserver(([{ isIntersecting }]) => {
      this.seen = isIntersecting;
      this.update();
    }).observe(stage.panes);
    this.leaders.over("pointer", stage.panes);
    this.leaders.over("reader", sum);
    this.leaders.within("reading", sum);
    on(stage, "point", (at) => this.#pointed(at));
    on(stage, "leave", () => this.leaders.release("keys"));
    on(stage, "play", () => this.toggle());
    on(motion, "toggle", () => this.toggle());
    on(motion, "step", ({ by }) => {
      this.#place();
      this.#go(this.walk.at + by, true);
    });
    on(motion, "to", ({ at }) => this.#go(at, false));
    on(motion, "speed", ({ speed }) => {
      this.lab.state.set({ speed });
      this.update();
    });
  }

  /** @param {{pane: string, y: number, x: number, by: string}} at where somebody else points */
  #pointed({ pane, y, x, by }) {
    if (by === "keys") this.leaders.lead("keys");
    else if (this.lab.pointing.pinned) return;
    if (by === "keys" && this.shown && pane === this.pane) {
      // Steps by the arrow keys are steps of the walk.
      this.walk.put(y, x);
      return this.#bar();
    }
    this.shown = false;
    this.lab.views.stage.update({ filling: false });
  }

  /** Whether it moves, or will as soon as nobody else leads. */
  get playing() {
    return this.lab.state.values.play && this.begun && !this.lab.pointing.pinned;
  }

  get running() {
    return this.offered && this.playing && this.seen && !document.hidden && !this.leaders.any;
  }

  get offered() {
    return this.walk.count > 1;
  }

  toggle() {
    if (!this.offered) return;
    const play = !this.playing;
    if (play) {
      this.begun = true;
      this.leaders.free();
    } else if (this.shown) this.#show(true);
    this.lab.state.set(play ? { play, cell: null } : { play });
    this.update();
  }

  /** A new result, not painted yet: about the same place of the picture. */
  fit() {
    const { shape, pixels } = this.lab.session.result ?? {};
    if (!shape || !pixels) return;
    this.steady.forget();
    const { pane, rows, columns } = groundOf(shape, pixels);
    const moved = this.walk.over(rows, columns) || pane !== this.pane;
    this.pane = pane;
    if (moved && this.shown && this.offered) this.lab.pointing.put(this.cursor);
  }

  /** @returns {Cursor} */
  get cursor() {
    return { pane: this.pane, ...this.walk.cell };
  }

  /** Called after whatever may have changed. */
  update() {
    this.#place();
    if (this.running && !this.shown) this.#show(true);
    else this.#bar();
    this.#schedule();
  }

  #bar() {
    const { walk, offered, playing } = this;
    const { speed } = this.lab.state.values;
    const { at, count } = walk;
    this.lab.views.motion.update({ offered, playing, at, count, cell: walk.cell, pane: this.pane, speed });
  }

  /** The next step, when it is time for it. */
  #schedule() {
    clearTimeout(this.timer);
    cancelAnimationFrame(this.frame);
    if (!this.running) return this.walk.halt();
    const { speed } = this.lab.state.values;
    const wait = this.#busy ? BUSY : this.walk.wait(performance.now(), speed);
    if (wait > SOON) this.timer = window.setTimeout(() => this.#step(), wait);
    else this.frame = requestAnimationFrame(() => this.#step());
  }

  /** What is dragged comes first. */
  get #busy() {
    return this.lab.session.stream.busy("main");
  }

  #step() {
    const { speed } = this.lab.state.values;
    // A sum that comes late is waited for: each is seen with its window.
    const behind = speed <= FOLLOWED && this.lab.session.stream.busy("trace");
    if (this.#busy) this.walk.halt();
    else if (!behind && this.walk.advance(performance.now(), speed)) this.#show(false);
    this.#schedule();
  }

  /** By hand: then it stands. @param {number} at @param {boolean} aloud */
  #go(at, aloud) {
    const { state, pointing } = this.lab;
    this.walk.to(at);
    const cell = pointing.pinned && this.pane === "output" ? this.walk.cell : null;
    state.set({ play: false, cell });
    this.#show(true, aloud);
    this.update();
  }

  /** Where the cursor was led to by others. */
  #place() {
    const { cursor } = this.lab.pointing;
    if (this.shown || !cursor) return;
    const at = cursor.pane === this.pane ? cursor : this.#across(cursor);
    if (at) this.walk.put(at.y, at.x);
  }

  /** The cell of the other pane that belongs to one: what it reads first, the middle of what it reaches, or what lies there. @param {Cursor} cursor */
  #across({ pane, y, x }) {
    const { windows } = this.lab.views.stage.zoom;
    if (!windows) return null;
    const [row, column] = [windows.rows, windows.columns].map((axis, i) => {
      const at = i === 0 ? y : x;
      if (pane === "output")
        return axis.taps(at).find(({ reads }) => reads >= 0)?.reads ?? Math.floor(axis.toInput(at + 0.5));
      const reached = axis.reached(at);
      return reached[reached.length >> 1] ?? Math.floor(axis.toOutput(at + 0.5));
    });
    return { y: row, x: column };
  }

  /** The output cell that is added up: that of the window, or the first one that the input cell completes. @returns {Cursor | null} */
  #summed() {
    const { y, x } = this.walk.cell;
    const { windows } = this.lab.views.stage.zoom;
    if (this.pane === "output") return { pane: "output", y, x };
    const [row] = windows?.rows.reached(y) ?? [];
    const [column] = windows?.columns.reached(x) ?? [];
    return row === undefined || column === undefined ? null : { pane: "output", y: row, x: column };
  }

  /** Put the cursor where the walk is. @param {boolean} told in words and sums too, however fast it goes @param {boolean} [aloud] */
  #show(told, aloud = false) {
    const now = performance.now();
    const { speed } = this.lab.state.values;
    const rests = this.walk.at === this.walk.count - 1;
    const followed = told || rests || speed <= FOLLOWED || now - this.told >= NOW_AND_THEN;
    this.shown = true;
    this.lab.pointing.walk(this.cursor, followed, followed ? this.#summed() : null, aloud);
    if (!followed) return;
    this.told = now;
    this.#bar();
  }
}
