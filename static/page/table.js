/**
 * The keys of state that pages share. Each page spreads them into its own table, whose order is that of its addresses.
 *
 * @typedef {object} Common of every page
 * @property {string[]} open chapters that are open
 * @property {string} lang
 * @property {string} theme
 *
 * @typedef {object} Pictured of a page that looks at a picture
 * @property {string} image
 * @property {number} frame
 * @property {[number, number, number, number] | null} crop y, x, height, width in pixels of the picture
 *
 * @typedef {object} Coloured of a page that shows maps
 * @property {string} colormap
 * @property {string} scale
 * @property {[number, number]} range
 *
 * @typedef {object} Coded of a page that says what is seen in code
 * @property {string} of the view that the code is of
 * @property {string} code the language in which the same is shown
 */

import { crop, name, oneOf, range, whole } from "./entries.js";

export const PICTURE = { image: name("coffee"), frame: whole(0, 0, 63), crop };

export const COLOURS = {
  colormap: oneOf("auto", ["auto", "diverging", "sequential", "grey"]),
  scale: oneOf("map", ["map", "shared", "fixed"]),
  range,
};

/** @param {string[]} views that the code can be of; the first is the usual one */
export function coded(views) {
  return { of: oneOf(views[0], views), code: oneOf("python", ["curl", "python", "numpy", "torch"]) };
}

export const FRAME = {
  lang: oneOf("auto", ["auto", "en", "zh"]),
  theme: oneOf("auto", ["auto", "light", "dark"]),
};
