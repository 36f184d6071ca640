/**
 * The Lab's one table of state.
 *
 * @import { KernelSpec, ParamValue } from "../types.js"
 * @import { Coded, Coloured, Common, Pictured } from "../page/table.js"
 */

import { Table } from "../page/address.js";
import {
  bias,
  cell,
  edits,
  flag,
  kernels,
  name,
  names,
  oneOf,
  parseParam,
  text,
  whole,
  zoom,
} from "../page/entries.js";
import { COLOURS, coded, FRAME, PICTURE } from "../page/table.js";

/**
 * @typedef {object} Own
 * @property {number} size
 * @property {string} color
 * @property {[number, number, number][]} edits cells painted by hand: y, x, level
 * @property {string} op empty: the one a visitor meets first
 * @property {Record<string, ParamValue>} params only what differs from the declared default
 * @property {KernelSpec[]} kernels
 * @property {number[]} bias
 * @property {string} activation applied to the output; empty: none
 * @property {number} map
 * @property {{y: number, x: number} | null} cell the pinned output cell
 * @property {number | "fit"} zoom
 * @property {boolean} split
 * @property {string} a what is compared with, pinned: the hash of what it was computed from
 * @property {boolean} play whether the window walks
 * @property {number} speed steps a second
 * @typedef {Own & Common & Pictured & Coloured & Coded} Values
 */

/** @type {Table<Values>} */
export const TABLE = new Table(
  {
    image: PICTURE.image,
    size: whole(320, 4, 512),
    color: oneOf("rgb", ["rgb", "grey"]),
    frame: PICTURE.frame,
    crop: PICTURE.crop,
    edits,
    op: name(""),
    kernels,
    bias,
    activation: name(""),
    map: whole(0, 0, 4095),
    cell,
    zoom,
    ...COLOURS,
    split: flag(false),
    open: names(["sum", "size"]),
    a: text,
    play: flag(true),
    speed: whole(6, 1, 4000),
    ...coded(["run", "trace", "shape", "parts", "curve", "compare"]),
    ...FRAME,
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
