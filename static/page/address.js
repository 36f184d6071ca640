/**
 * The address bar holds the state of a page: a table says which keys there are. What stands at its default is left out
 * of the hash, and nonsense in a hash is dropped and named.
 *
 * @import { Entry } from "./entries.js"
 * @import { How } from "../types.js"
 * @typedef {object} Many keys that no table can list, which stand after a key of it under a prefix
 * @property {string} key of the values that holds them by name
 * @property {string} after
 * @property {string} prefix
 * @property {(text: string) => unknown} parse
 */

const OWN_NAME = /^[a-z][a-z0-9_]{0,39}$/i;

/** The keys of a page's state, in the order in which they stand in the address. @template {object} V the values */
export class Table {
  /**
   * @param {Record<string, Entry<any>>} entries
   * @param {Record<string, string>} [short] keys that are called otherwise in the address
   * @param {Many | null} [many]
   */
  constructor(entries, short = {}, many = null) {
    this.entries = entries;
    this.short = short;
    this.many = many;
    this.long = new Map(Object.keys(entries).map((key) => [short[key] ?? key, key]));
  }

  /** @returns {V} */
  defaults() {
    const pairs = Object.entries(this.entries).map(([key, entry]) => [key, entry.default]);
    return /** @type {V} */ ({ ...Object.fromEntries(pairs), ...(this.many ? { [this.many.key]: {} } : {}) });
  }

  /** @param {V} values @param {readonly string[]} [only] these keys, else all */
  format(values, only) {
    const { many, short } = this;
    const held = /** @type {Record<string, any>} */ (values);
    const pairs = [];
    for (const [key, entry] of Object.entries(this.entries)) {
      if (only && !only.includes(key)) continue;
      const text = entry.format(held[key]);
      if (text !== entry.format(entry.default)) pairs.push([short[key] ?? key, text]);
      if (key !== many?.after) continue;
      for (const [name, value] of Object.entries(held[many.key]))
        pairs.push([many.prefix + name, String(value)]);
    }
    return pairs.map(([key, text]) => `${key}=${encode(text)}`).join("&");
  }

  /** @param {string} hash with or without # @returns {{values: V, dropped: string[]}} */
  parse(hash) {
    const values = this.defaults();
    /** @type {string[]} */
    const dropped = [];
    for (const part of hash.replace(/^#/, "").split("&").filter(Boolean)) {
      const [head, ...tail] = part.split("=");
      const key = decode(head);
      const text = decode(tail.join("="));
      if (key === undefined || text === undefined || !this.#take(values, key, text))
        dropped.push(part.slice(0, 60));
    }
    return { values, dropped };
  }

  /** @param {V} values @param {string} key @param {string} text @returns {boolean} whether it made sense */
  #take(values, key, text) {
    const { many } = this;
    const held = /** @type {Record<string, any>} */ (values);
    if (many && key.startsWith(many.prefix)) {
      const name = key.slice(many.prefix.length);
      const value = OWN_NAME.test(name) ? many.parse(text) : undefined;
      if (value !== undefined) held[many.key][name] = value;
      return value !== undefined;
    }
    const known = this.long.get(key);
    const value = known === undefined ? undefined : this.entries[known].parse(text);
    if (known !== undefined && value !== undefined) held[known] = value;
    return value !== undefined;
  }
}

/** Readable where the standard allows it: the separators of lists need no escape in a fragment. @param {string} text */
function encode(text) {
  return encodeURIComponent(text).replace(/%(2C|3B|3A|2F)/g, decodeURIComponent);
}

/** @param {string} text @returns {string | undefined} */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Holds the values and says "change" {keys, how} when some of them really became others. @template {object} V */
export class State extends EventTarget {
  /** @param {V} values */
  constructor(values) {
    super();
    this.values = values;
  }

  /** @param {Partial<V>} patch @param {How} [how] it came about */
  set(patch, how = "step") {
    const keys = new Set(
      Object.keys(patch).filter((key) => {
        const name = /** @type {keyof V} */ (key);
        return JSON.stringify(patch[name]) !== JSON.stringify(this.values[name]);
      }),
    );
    if (keys.size === 0) return;
    this.values = { ...this.values, ...patch };
    this.dispatchEvent(new CustomEvent("change", { detail: { keys, how } }));
  }
}
