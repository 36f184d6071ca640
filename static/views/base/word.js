/** A text of the page that follows its language: whoever asked for it is told when the language changes. */

/** @typedef {import("../../types.js").Translate} Translate */

export class Word {
  /** @param {Translate} t @param {string} key @param {Record<string, unknown>} [values] */
  constructor(t, key, values) {
    this.t = t;
    this.key = key;
    this.values = values;
    /** @type {((text: string) => void)[]} */
    this.listeners = [];
  }

  get text() {
    return this.t(this.key, this.values);
  }

  /** Now, and with every language. @param {(text: string) => void} listener */
  tell(listener) {
    this.listeners.push(listener);
    listener(this.text);
  }

  /** @param {Translate} t */
  translate(t) {
    this.t = t;
    for (const listener of this.listeners) listener(this.text);
  }
}
