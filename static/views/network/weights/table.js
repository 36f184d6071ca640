/**
 * The chosen kernel, number by number on its colours: one table for each channel.
 *
 * @import { Ends, Sheet } from "./kernels.js"
 * @typedef {{name: string, sheet: Sheet}} Channel
 */

import { luminance } from "../../../draw/colour.js";
import { exact } from "../../../draw/numbers.js";
import { h } from "../../base/dom.js";
import { tintOf } from "./kernels.js";

/** @param {Channel[]} channels @param {Ends} ends @param {string} colormap @returns {Node[]} */
export function kernelTables(channels, ends, colormap) {
  return channels.map(({ name, sheet }) => {
    const { width, height, numbers } = sheet;
    const rows = Array.from({ length: height }, (_, y) =>
      h("tr", ...Array.from({ length: width }, (_, x) => cell(numbers[y * width + x]))),
    );
    return h("table.kernel-table", h("caption", { hidden: name === "" }, name), h("tbody", ...rows));
  });

  /** @param {number} value */
  function cell(value) {
    const { ground, word } = tintOf(value, ends, colormap);
    const made = h("td", { "data-ink": luminance(word) > 0.18 ? "dark" : "light" }, exact(value));
    made.style.background = ground;
    return made;
  }
}
