/**
 * The Lab's one table of state.
 *
 * @import { KernelSpec, ParamValue } from "../types.js"
 */

import { Table } from "../page/address.js";
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
} from "../page/entries.js";

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

/** @type {Table<Values>} */
export const TABLE = new Table(
  {
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
  },
  { kernels: "k" },
  { key: "params", after: "op", prefix: "p.", parse: parseParam },
);

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
