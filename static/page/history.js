/**
 * State and address are kept alike. A step, that is a deliberate change of one of the keys that are steps, gets an entry
 * of the browser's history to itself, at once, however quickly steps follow each other; all else rewrites the present
 * entry, after a pause in which more may come. What waits to be rewritten is written before a step, so that "back" leads
 * to exactly what was there.
 *
 * @import { How } from "../types.js"
 */

/** Ms in which changes that follow each other become one. */
const PAUSE = 250;
/**
 * Browsers refuse floods, the strictest of them more than a hundred in half a minute: then it is written later. What is
 * dragged for long leaves half of them to steps.
 */
const MOST = 90;
const SPAN = 30_000;

/** @template {object} V the values of the page's state */
export class Address {
  /**
   * @param {EventTarget & {values: V, set: (patch: Partial<V>, how?: How) => void}} state
   * @param {{format: (values: V) => string}} table
   * @param {(hash: string) => V} read
   * @param {string[]} [steps] keys whose deliberate change is a step
   */
  constructor(state, table, read, steps = []) {
    this.state = state;
    this.table = table;
    this.read = read;
    this.steps = steps;
    /** What is to be written, the oldest first. @type {{values: V, step: boolean}[]} */
    this.waiting = [];
    /** As it was last written or read here: where it is another, its own event is on the way. */
    this.known = location.hash;
    /** Whether the present entry is that of a walk, whose next cells take its place. */
    this.walking = false;
    /** When was written lately. @type {number[]} */
    this.written = [];
    this.timer = 0;
    state.addEventListener("change", (event) => this.#changed(/** @type {CustomEvent} */ (event).detail));
    // The one comes with the entry itself, the other a task later, and in older browsers alone.
    for (const type of ["popstate", "hashchange"]) window.addEventListener(type, () => this.#arrived());
    // Who follows a link finds on the way back what was left.
    window.addEventListener("beforeunload", () => this.write());
    this.#note(false);
  }

  /** Whether it says what the state does. */
  get settled() {
    return this.waiting.length === 0 && location.hash === this.known;
  }

  /** What waits is written now. @param {number} [most] so many of late are not too many */
  write(most = MOST) {
    clearTimeout(this.timer);
    this.timer = 0;
    // Somebody is on the way back or forward: what waited was of the entry that was left.
    if (location.hash !== this.known) this.waiting = [];
    while (this.waiting.length > 0) {
      const wait = this.#wait(most);
      if (wait > 0) {
        this.timer = window.setTimeout(() => this.write(most), wait);
        return;
      }
      const [{ values, step }, ...others] = this.waiting;
      this.waiting = others;
      this.#write(this.table.format(values), step);
    }
  }

  /** @param {string} hash without # @param {boolean} step */
  #write(hash, step) {
    if (hash === location.hash.slice(1)) return;
    const url = hash ? `#${hash}` : location.pathname + location.search;
    if (step) history.pushState(null, "", url);
    else history.replaceState(null, "", url);
    this.known = location.hash;
    this.written.push(performance.now());
  }

  /** @param {number} most @returns {number} ms until one more is not too many */
  #wait(most) {
    const now = performance.now();
    this.written = this.written.filter((time) => now - time < SPAN);
    const over = this.written.length - most;
    return over < 0 ? 0 : this.written[over] + SPAN - now;
  }

  /** @param {{keys: Set<string>, how: How}} change */
  #changed({ keys, how }) {
    const step = how !== "mend" && this.steps.some((key) => keys.has(key));
    const goesOn = how === "walk" && this.walking;
    if (step) this.walking = how === "walk";
    this.#note(step && !goesOn);
  }

  /** @param {boolean} step */
  #note(step) {
    const { values } = this.state;
    const last = this.waiting.at(-1);
    if (step || !last) this.waiting.push({ values, step });
    else last.values = values;
    if (step) this.write();
    else this.timer ||= window.setTimeout(() => this.write(MOST / 2), PAUSE);
  }

  /** By "back", "forward", a link, or by hand. */
  #arrived() {
    if (location.hash === this.known) return;
    this.known = location.hash;
    this.waiting = [];
    this.walking = false;
    this.state.set(this.read(location.hash), "mend");
    this.#note(false);
  }
}
