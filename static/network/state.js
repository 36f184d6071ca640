/**
 * The Network page's one table of state.
 *
 * @import { Coded, Coloured, Common, Pictured } from "../page/table.js"
 */

import { Table } from "../page/address.js";
import { cell, flag, layer, maybe, name, names, oneOf } from "../page/entries.js";
import { COLOURS, coded, FRAME, PICTURE } from "../page/table.js";

/**
 * @typedef {object} Own
 * @property {string} net
 * @property {boolean} invert whether light and dark are exchanged first
 * @property {string} layer empty: the first unit's
 * @property {number | null} map null: the strongest
 * @property {{y: number, x: number} | null} cell of the map; of a vector the number is x; null: the strongest
 * @property {number | null} from which of the maps that it reads is looked at; null: the one that gives most
 * @property {string} sort
 * @typedef {Own & Common & Pictured & Coloured & Coded} Values
 */

/** @type {Table<Values>} */
export const TABLE = new Table({
  net: name("squeezenet-1.1"),
  ...PICTURE,
  invert: flag(false),
  layer,
  map: maybe(4095),
  cell,
  from: maybe(4095),
  sort: oneOf("strength", ["strength", "index"]),
  ...COLOURS,
  open: names(["layer", "map", "cell", "trace"]),
  ...coded(["predict", "activations", "network_trace", "explain"]),
  ...FRAME,
});

/** What the activations are computed from: everything else is how they are looked at. */
export const COMPUTED = /** @type {const} */ (["net", "image", "frame", "crop", "invert"]);

/** The picture as the service is asked for it. @param {Values} values */
export function pictureOf({ net, image, frame, crop, invert }) {
  return { network: net, image, frame, invert, ...(crop ? { crop } : {}) };
}
