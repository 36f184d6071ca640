/** The Network page's one table of state. */

import { Table } from "../page/address.js";
import { cell, crop, flag, layer, maybe, name, names, oneOf, range, whole } from "../page/entries.js";

/**
 * @typedef {object} Values
 * @property {string} net
 * @property {string} image
 * @property {number} frame
 * @property {[number, number, number, number] | null} crop y, x, height, width in pixels of the picture
 * @property {boolean} invert whether light and dark are exchanged first
 * @property {string} layer empty: the first unit's
 * @property {number | null} map null: the strongest
 * @property {{y: number, x: number} | null} cell of the map; of a vector the number is x; null: the strongest
 * @property {number | null} from which of the maps that it reads is looked at; null: the one that gives most
 * @property {string} sort
 * @property {string} colormap
 * @property {string} scale
 * @property {[number, number]} range
 * @property {string[]} open chapters that are open
 * @property {string} of the view that the code is of
 * @property {string} code the language in which the same is shown
 * @property {string} lang
 * @property {string} theme
 */

/** @type {Table<Values>} */
export const TABLE = new Table({
  net: name("squeezenet-1.1"),
  image: name("coffee"),
  frame: whole(0, 0, 63),
  crop,
  invert: flag(false),
  layer,
  map: maybe(4095),
  cell,
  from: maybe(4095),
  sort: oneOf("strength", ["strength", "index"]),
  colormap: oneOf("auto", ["auto", "diverging", "sequential", "grey"]),
  scale: oneOf("map", ["map", "shared", "fixed"]),
  range,
  open: names(["layer", "map", "cell", "trace"]),
  of: oneOf("predict", ["predict", "activations", "network_trace", "explain"]),
  code: oneOf("python", ["curl", "python", "numpy", "torch"]),
  lang: oneOf("auto", ["auto", "en", "zh"]),
  theme: oneOf("auto", ["auto", "light", "dark"]),
});

/** What the activations are computed from: everything else is how they are looked at. */
export const COMPUTED = /** @type {const} */ (["net", "image", "frame", "crop", "invert"]);

/** The picture as the service is asked for it. @param {Values} values */
export function pictureOf({ net, image, frame, crop, invert }) {
  return { network: net, image, frame, invert, ...(crop ? { crop } : {}) };
}
