/**
 * The one table of state, and the address bar that holds it: every key has a default, a parser and a formatter;
 * what stands at its default is left out of the hash, and nonsense in a hash is dropped and named.
 *
 * @import { KernelSpec, ParamValue } from "./types.js"
 */

/**
 * @typedef {object} Values
 * @property {string} image
 * @property {number} size
 * @property {string} color
 * @property {number} frame
 * @property {string} op empty: the one a visitor meets first
 * @property {Record<string, ParamValue>} params only what differs from the declared default
 * @property {KernelSpec[]} kernels
 * @property {number[]} bias
 * @property {number} map
 * @property {{y: number, x: number} | null} cell the pinned output cell
 * @property {number | "fit"} zoom
 * @property {string} colormap
 * @property {string} scale
 * @property {[number, number]} range
 * @property {boolean} split
 * @property {string} lang
 * @property {string} theme
 */

/** @template T @typedef {{default: T, parse: (text: string) => T | undefined, format: (value: T) => string}} Entry */

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const NAME = /^[a-z0-9][a-z0-9_.-]{0,99}$/i;

/** @param {string} text @returns {number | undefined} */
function finite(text) {
  const value = NUMBER.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}

/** @param {string} text @returns {number[] | undefined} */
function finiteList(text) {
  const values = text.split(",").map(finite);
  return values.every((value) => value !== undefined) ? /** @type {number[]} */ (values) : undefined;
}

/** @param {number} initial @param {number} min @param {number} max @returns {Entry<number>} */
function whole(initial, min, max) {
  const parse = (/** @type {string} */ text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : -1;
    return value >= min && value <= max ? value : undefined;
  };
  return { default: initial, parse, format: String };
}

/** @param {string} initial @param {string[]} choices @returns {Entry<string>} */
function oneOf(initial, choices) {
  return { default: initial, parse: (text) => (choices.includes(text) ? text : undefined), format: String };
}

/** @param {string} initial @returns {Entry<string>} */
function name(initial) {
  return { default: initial, parse: (text) => (NAME.test(text) ? text : undefined), format: String };
}

/** One parameter's value in a hash: 2 | 2,1 | 0,1,0,1 | same | true | null, left to the server. @param {string} text @returns {ParamValue | undefined} */
export function parseParam(text) {
  if (text === "true" || text === "false") return text === "true";
  if (text === "null") return null;
  const list = finiteList(text);
  if (list) return list.length === 1 ? list[0] : list;
  return /^[a-z][a-z0-9_]{0,39}$/i.test(text) ? text : undefined;
}

/** One kernel in a hash: a preset's name, or 2x3:1,0,-1,1,0,-1 with /divisor behind it. @param {string} text @returns {KernelSpec | undefined} */
export function parseKernel(text) {
  const own = /^(\d{1,2})x(\d{1,2}):([^/]*)(?:\/(.+))?$/.exec(text);
  if (!own) return NAME.test(text) ? { name: text } : undefined;
  const [rows, columns, flat, divisor] = [
    Number(own[1]),
    Number(own[2]),
    finiteList(own[3]),
    finite(own[4] ?? "1"),
  ];
  const fits = rows >= 1 && rows <= 31 && columns >= 1 && columns <= 31 && flat?.length === rows * columns;
  if (!fits || !divisor) return undefined;
  const values = Array.from({ length: rows }, (_, row) => flat.slice(row * columns, (row + 1) * columns));
  return { values, divisor };
}

/** @param {KernelSpec} kernel */
export function formatKernel(kernel) {
  if ("name" in kernel) return kernel.name;
  const { values, divisor } = kernel;
  return `${values.length}x${values[0].length}:${values.flat().join(",")}${divisor === 1 ? "" : `/${divisor}`}`;
}

/** @type {Entry<KernelSpec[]>} */
const kernels = {
  default: [{ name: "sobel-x" }],
  parse: (text) => {
    const list = text.split(";").map(parseKernel);
    return list.length <= 8 && list.every(Boolean) ? /** @type {KernelSpec[]} */ (list) : undefined;
  },
  format: (list) => list.map(formatKernel).join(";"),
};

/** @type {Entry<Values["cell"]>} */
const cell = {
  default: null,
  parse: (text) => {
    const parts = /^(\d{1,5})\.(\d{1,5})$/.exec(text);
    return parts ? { y: Number(parts[1]), x: Number(parts[2]) } : undefined;
  },
  format: (value) => (value ? `${value.y}.${value.x}` : ""),
};

/** @type {Entry<Values["zoom"]>} */
const zoom = {
  default: "fit",
  parse: (text) => {
    if (text === "fit") return text;
    const value = finite(text);
    return value !== undefined && value > 0 && value <= 256 ? value : undefined;
  },
  format: (value) => (value === "fit" ? value : String(Math.round(value * 1000) / 1000)),
};

/** @type {Entry<[number, number]>} */
const range = {
  default: [-255, 255],
  parse: (text) => {
    const list = finiteList(text);
    return list?.length === 2 && list[0] < list[1] ? [list[0], list[1]] : undefined;
  },
  format: (value) => value.join(","),
};

/** The keys, in the order in which they stand in the address. */
export const TABLE = {
  image: name("coffee"),
  size: whole(320, 4, 512),
  color: oneOf("rgb", ["rgb", "grey"]),
  frame: whole(0, 0, 63),
  op: name(""),
  kernels: kernels,
  bias: /** @type {Entry<number[]>} */ ({ default: [], parse: finiteList, format: (list) => list.join(",") }),
  map: whole(0, 0, 4095),
  cell: cell,
  zoom: zoom,
  colormap: oneOf("auto", ["auto", "diverging", "sequential", "grey"]),
  scale: oneOf("map", ["map", "shared", "fixed"]),
  range: range,
  split: /** @type {Entry<boolean>} */ ({
    default: false,
    parse: (text) => (text === "1" ? true : text === "0" ? false : undefined),
    format: (value) => (value ? "1" : "0"),
  }),
  lang: oneOf("auto", ["auto", "en", "zh"]),
  theme: oneOf("auto", ["auto", "light", "dark"]),
};

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

/** @param {Values} values */
export function formatHash(values) {
  const pairs = [];
  for (const [key, entry] of Object.entries(TABLE)) {
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
    if (hash === location.hash.slice(1)) return;
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  };
  const later = () => {
    if (!timer) timer = window.setTimeout(write, pause);
  };
  state.addEventListener("change", later);
  window.addEventListener("hashchange", () => {
    state.set(read(location.hash));
    later();
  });
  later();
}
