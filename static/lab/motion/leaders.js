/** Who leads instead of the walk: each at once, and until a while after having left, so that one can come back. */

export class Leaders {
  /** @param {() => void} changed called when somebody has taken over, and when somebody's while is over */
  constructor(changed) {
    this.changed = changed;
    /** Milliseconds: time to get from a picture to its sum. */
    this.grace = 1200;
    /** Each with the timer that will let go. @type {Map<string, any>} */
    this.timers = new Map();
  }

  get any() {
    return this.timers.size > 0;
  }

  /** @param {string} name takes over */
  lead(name) {
    clearTimeout(this.timers.get(name));
    this.timers.set(name, 0);
    this.changed();
  }

  /** @param {string} name gives back, unless it leads again before long */
  release(name) {
    if (!this.timers.has(name)) return;
    clearTimeout(this.timers.get(name));
    const forget = () => {
      this.timers.delete(name);
      this.changed();
    };
    this.timers.set(name, setTimeout(forget, this.grace));
  }

  /** Nobody leads any more. */
  free() {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  /** As long as the pointer is over an element it leads. @param {string} name @param {HTMLElement} element */
  over(name, element) {
    element.addEventListener("pointerenter", () => this.lead(name));
    element.addEventListener("pointerleave", () => this.release(name));
  }

  /** As long as the keyboard is in an element it leads; a click leaves the focus behind, which is no reading. @param {string} name @param {HTMLElement} element */
  within(name, element) {
    element.addEventListener("focusin", ({ target }) => {
      if (/** @type {Element} */ (target).matches(":focus-visible")) this.lead(name);
    });
    element.addEventListener("focusout", () => this.release(name));
  }
}
