/** What tells others what happened, with what there is to know of it. */

export class Emitter extends EventTarget {
  /** @param {string} type @param {unknown} [detail] */
  emit(type, detail = {}) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /** @param {string} type @param {(detail: any) => void} listener */
  on(type, listener) {
    this.addEventListener(type, (event) => listener(/** @type {CustomEvent} */ (event).detail));
  }

  /** What one of its parts tells, it tells too. @param {Emitter} part @param {...string} types */
  pass(part, ...types) {
    for (const type of types) part.on(type, (detail) => this.emit(type, detail));
  }
}
