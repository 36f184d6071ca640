/**
 * The kinds of entry that the table of state is made of: each has a default, a parser, which gives undefined for
 * nonsense, and a formatter. An address holds nothing that is not read and written here.
 *
 * @import { KernelSpec, ParamValue } from "../types.js"
 */

/** @template T @typedef {{default: T, parse: (text: string) => T | undefined, format: (value: T) => string}} Entry */

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const NAME = /^[a-z0-9][a-z0-9_.-]{0,99}$/i;
const LAYER = /^[^\p{C}:]{1,100}$/u;

/** What float32 can hold, for that is what is computed in. @param {string} text @returns {number | undefined} */
function finite(text) {
  const value = NUMBER.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(Math.fround(value)) ? value : undefined;
}

/** @param {string} text @returns {number[] | undefined} */
function finiteList(text) {
  const values = text.split(",").map(finite);
  return values.every((value) => value !== undefined) ? /** @type {number[]} */ (values) : undefined;
}

/** @param {number} initial @param {number} min @param {number} max @returns {Entry<number>} */
export function whole(initial, min, max) {
  const parse = (/** @type {string} */ text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : -1;
    return value >= min && value <= max ? value : undefined;
  };
  return { default: initial, parse, format: String };
}

/** A whole number, or none. @param {number} max @returns {Entry<number | null>} */
export function maybe(max) {
  const { parse } = whole(0, 0, max);
  return { default: null, parse, format: (value) => (value === null ? "" : String(value)) };
}

/** @param {string} initial @param {string[]} choices @returns {Entry<string>} */
export function oneOf(initial, choices) {
  return { default: initial, parse: (text) => (choices.includes(text) ? text : undefined), format: String };
}

/** @param {boolean} initial @returns {Entry<boolean>} */
export function flag(initial) {
  return {
    default: initial,
    parse: (text) => (text === "1" ? true : text === "0" ? false : undefined),
    format: (value) => (value ? "1" : "0"),
  };
}

/** @param {string} initial @returns {Entry<string>} */
export function name(initial) {
  return { default: initial, parse: (text) => (NAME.test(text) ? text : undefined), format: String };
}

/** A layer's name, as fire2/squeeze1x1/relu; empty: none is chosen. @type {Entry<string>} */
export const layer = {
  default: "",
  parse: (text) => (LAYER.test(text) ? text : undefined),
  format: String,
};

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
export const kernels = {
  default: [{ name: "sobel-x" }],
  parse: (text) => {
    const list = text.split(";").map(parseKernel);
    return list.length <= 8 && list.every(Boolean) ? /** @type {KernelSpec[]} */ (list) : undefined;
  },
  format: (list) => list.map(formatKernel).join(";"),
};

/** @type {Entry<{y: number, x: number} | null>} */
export const cell = {
  default: null,
  parse: (text) => {
    const parts = /^(\d{1,5})\.(\d{1,5})$/.exec(text);
    return parts ? { y: Number(parts[1]), x: Number(parts[2]) } : undefined;
  },
  format: (value) => (value ? `${value.y}.${value.x}` : ""),
};

/** @type {Entry<number | "fit">} */
export const zoom = {
  default: "fit",
  parse: (text) => {
    if (text === "fit") return text;
    const value = finite(text);
    return value !== undefined && value > 0 && value <= 256 ? value : undefined;
  },
  format: (value) => (value === "fit" ? value : String(Math.round(value * 1000) / 1000)),
};

/** @type {Entry<[number, number]>} */
export const range = {
  default: [-255, 255],
  parse: (text) => {
    const list = finiteList(text);
    return list?.length === 2 && list[0] < list[1] ? [list[0], list[1]] : undefined;
  },
  format: (value) => value.join(","),
};

/** @type {Entry<number[]>} */
export const bias = { default: [], parse: finiteList, format: (list) => list.join(",") };

/** A part of the picture, in its own pixels. @type {Entry<[number, number, number, number] | null>} */
export const crop = {
  default: null,
  parse: (text) => {
    const list = text.split(",").map((part) => (/^\d{1,6}$/.test(part) ? Number(part) : -1));
    const [y, x, height, width] = list;
    return list.length === 4 && Math.min(y, x) >= 0 && Math.min(height, width) > 0
      ? [y, x, height, width]
      : undefined;
  },
  format: (value) => value?.join(",") ?? "",
};

const MOST_EDITS = 4096;

/** Cells painted by hand, as 3.4.255;0.0.9. @type {Entry<[number, number, number][]>} */
export const edits = {
  default: [],
  parse: (text) => {
    const list = text.split(";").map((part) => /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(part));
    const good = list.length <= MOST_EDITS && list.every((one) => one !== null && Number(one[3]) <= 255);
    return good ? list.map((one) => /** @type {any} */ (one?.slice(1).map(Number))) : undefined;
  },
  format: (list) => list.map((one) => one.join(".")).join(";"),
};

/** Names apart by commas; none at all is a dash. @param {string[]} initial @returns {Entry<string[]>} */
export function names(initial) {
  return {
    default: initial,
    parse: (text) => {
      if (text === "-") return [];
      const list = text.split(",");
      return list.length <= 20 && list.every((one) => NAME.test(one)) ? list : undefined;
    },
    format: (list) => list.join(",") || "-",
  };
}

/** Any text, as a hash within the hash. @type {Entry<string>} */
export const text = {
  default: "",
  parse: (value) => (value.length <= 60_000 ? value : undefined),
  format: String,
};
