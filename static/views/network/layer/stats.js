/**
 * Numbers with their names, in two columns: what is measured of a layer, or what it is.
 *
 * @typedef {{key: string, name: string, value: string, code?: boolean}} Row
 */

import { h, rebuild } from "../../base/dom.js";

/** @param {HTMLElement} list a dl @param {Row[]} rows */
export function showRows(list, rows) {
  rebuild(list, rows, () =>
    rows.map(({ key, name, value, code }) =>
      h("div", { "data-row": key }, h("dt", name), h("dd", code ? h("code", value) : value)),
    ),
  );
}

/** @param {number} number @param {string} lang with its thousands apart */
export function grouped(number, lang) {
  return number.toLocaleString(lang);
}

/** Percent of a share; what is not nothing is not called so, and what is not all is not called that. @param {number} share */
export function percent(share) {
  if (share > 0 && share < 0.001) return "< 0.1 %";
  if (share < 1 && share > 0.999) return "> 99.9 %";
  return `${Math.round(1000 * share) / 10} %`;
}
