/**
 * The one table of state, and the address bar that holds it: what stands at its default is left out of the hash,
 * and nonsense in a hash is dropped and named.
 *
 * @import { KernelSpec, ParamValue } from "./types.js"
 * @import { Entry } from "./entries.js"
 */

import {
  bias,
  cell,
  crop,
  edits,
  flag,
  kernels,
  name,
  names,
  oneOf,
  parseParam,
  range,
  text,
  whole,
  zoom,
} from "./entries.js";

/**
 * @typedef {object} Values
 * @property {string} image
 * @property {number} size
 * @property {string} color
 * @property {number} frame
 * @property {[number, number, number, number] | null} crop y, x, height, width in pixels of the picture
 * @property {[number, number, number][]} edits cells painted by hand: y, x, level
 * @property {string} op empty: the one a visitor meets first
 * @property {Record<string, ParamValue>} params only what differs from the declared default
 * @property {KernelSpec[]} kernels
 * @property {number[]} bias
 * @property {string} activation applied to the output; empty: none
 * @property {number} map
 * @property {{y: number, x: number} | null} cell the pinned output cell
 * @property {number | "fit"} zoom
 * @property {string} colormap
 * @property {string} scale
 * @property {[number, number]} range
 * @property {boolean} split
 * @property {string[]} open chapters that are open
 * @property {string} a what is compared with, pinned: the hash of what it was computed from
 * @property {boolean} play whether the window walks
 * @property {number} speed steps a second
 * @property {string} of the view that the code is of
 * @property {string} code the language in which the same is shown
 * @property {string} lang
 * @property {string} theme
 */

/** The keys, in the order in which they stand in the address. */
export const TABLE = {
  image: name("coffee"),
  size: whole(320, 4, 512),
  color: oneOf("rgb", ["rgb", "grey"]),
  frame: whole(0, 0, 63),
  crop,
  edits,
  op: name(""),
  kernels,
  bias,
  activation: name(""),
  map: whole(0, 0, 4095),
  cell,
  zoom,
  colormap: oneOf("auto", ["auto", "diverging", "sequential", "grey"]),
  scale: oneOf("map", ["map", "shared", "fixed"]),
  range,
  split: flag(false),
  open: names(["sum", "size"]),
  a: text,
  play: flag(true),
  speed: whole(6, 1, 4000),
  of: oneOf("run", ["run", "trace", "shape", "parts", "curve", "compare"]),
  code: oneOf("python", ["curl", "python", "numpy", "torch"]),
  lang: oneOf("auto", ["auto", "en", "zh"]),
  theme: oneOf("auto", ["auto", "light", "dark"]),
};

/** What the result is computed from: everything else is how it is looked at. */
export const COMPUTED = /** @type {const} */ ([
  "image",
  "size",
  "color",
  "frame",
  "crop",
  "edits",
  "op",
  "params",
  "kernels",
  "bias",
  "activation",
]);

/** Keys that are called otherwise in the address. */
const SHORT = { kernels: "k" };
const PARAM = "p.";

/** @returns {Values} */
export function defaults() {
  const entries = Object.entries(TABLE).map(([key, entry]) => [key, entry.default]);
  return /** @type {Values} */ ({ ...Object.fromEntries(entries), params: {} });
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

/** @param {Values} values @param {readonly string[]} [only] these keys, else all */
export function formatHash(values, only) {
  const pairs = [];
  for (const [key, entry] of Object.entries(TABLE)) {
    if (only && !only.includes(key)) continue;
    const any = /** @type {Entry<unknown>} */ (entry);
    const text = any.format(values[/** @type {keyof typeof TABLE} */ (key)]);
    if (text !== any.format(any.default)) pairs.push([key === "kernels" ? SHORT.kernels : key, text]);
    if (key === "op") {
      for (const [param, value] of Object.entries(values.params)) pairs.push([PARAM + param, String(value)]);
    }
  }
  return pairs.map(([key, text]) => `${key}=${encode(text)}`).join("&");
}

/** @param {string} hash with or without # @returns {{values: Values, dropped: string[]}} */
export function parseHash(hash) {
  const values = defaults();
  /** @type {string[]} */
  const dropped = [];
  for (const part of hash.replace(/^#/, "").split("&").filter(Boolean)) {
    const [head, ...tail] = part.split("=");
    const key = decode(head);
    const text = decode(tail.join("="));
    if (key === undefined || text === undefined || !take(values, key, text)) dropped.push(part.slice(0, 60));
  }
  return { values, dropped };
}

/** @param {Values} values @param {string} key @param {string} text @returns {boolean} whether it made sense */
function take(values, key, text) {
  const param = key.startsWith(PARAM) ? key.slice(PARAM.length) : "";
  if (param) {
    const value = /^[a-z][a-z0-9_]{0,39}$/i.test(param) ? parseParam(text) : undefined;
    if (value !== undefined) values.params[param] = value;
    return value !== undefined;
  }
  const full = key === SHORT.kernels ? "kernels" : key;
  if (!Object.hasOwn(TABLE, full) || (full === "kernels" && key !== SHORT.kernels)) return false;
  const value = TABLE[/** @type {keyof typeof TABLE} */ (full)].parse(text);
  if (value !== undefined) Object.assign(values, { [full]: value });
  return value !== undefined;
}

/** Holds the values and says "change" {keys} when some of them really became others. */
export class State extends EventTarget {
  /** @param {Values} values */
  constructor(values) {
    super();
    this.values = values;
  }

  /** @param {Partial<Values>} patch */
  set(patch) {
    const keys = new Set(
      Object.keys(patch).filter((key) => {
        const name = /** @type {keyof Values} */ (key);
        return JSON.stringify(patch[name]) !== JSON.stringify(this.values[name]);
      }),
    );
    if (keys.size === 0) return;
    this.values = { ...this.values, ...patch };
    this.dispatchEvent(new CustomEvent("change", { detail: { keys } }));
  }
}

/** The address as it was last written or read here: where it is another, its own event is on the way. */
let known = "";

/** @param {string} hash without # */
export function writeAddress(hash) {
  history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  known = location.hash;
}

/**
 * Keeps state and address alike. Browsers refuse more than some 200 replacements in half a minute, hence the pause.
 * @param {State} state
 * @param {(hash: string) => Values} read
 * @param {number} [pause] milliseconds
 */
export function bindAddress(state, read, pause = 250) {
  let timer = 0;
  const write = () => {
    timer = 0;
    const hash = formatHash(state.values);
    if (hash !== location.hash.slice(1) && location.hash === known) writeAddress(hash);
  };
  const later = () => {
    if (!timer) timer = window.setTimeout(write, pause);
  };
  state.addEventListener("change", later);
  known = location.hash;
  window.addEventListener("hashchange", () => {
    known = location.hash;
    state.set(read(location.hash));
    later();
  });
  later();
}
