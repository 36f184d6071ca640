/**
 * The links from one page to the others take along what all of them know: the picture, the language, the theme. Until
 * this has begun, static/early.js sees to them.
 */

import { FRAME, PICTURE } from "./table.js";

/** As static/early.js has them, which can import nothing. */
export const CARRIED = Object.keys({ ...PICTURE, ...FRAME });

/**
 * @template {{lang: string}} V
 * @param {EventTarget & {values: V}} state
 * @param {{format: (values: V, only: string[]) => string}} table
 */
export function bindDoors(state, table) {
  const doors = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[data-door]"));
  const open = () => {
    const { lang } = state.values;
    const hash = table.format(state.values, CARRIED);
    for (const door of doors) {
      const page = door.dataset.door ?? "";
      // What is written by the server reads no fragment.
      if ("written" in door.dataset) door.href = lang === "auto" ? page : `${page}?lang=${lang}`;
      else door.href = hash ? `${page}#${hash}` : page;
    }
  };
  state.addEventListener("change", open);
  open();
  for (const door of doors) door.dataset.open = "";
}
