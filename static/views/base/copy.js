/** Text to the clipboard; where the browser gives none (a page without https), by way of a selection. */

import { h } from "./dom.js";

let under = 0;

/** Whether something is on its way there. */
export function copying() {
  return under > 0;
}

/** @param {string} text @returns {Promise<boolean>} whether it is there */
export async function copy(text) {
  under += 1;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  } finally {
    under -= 1;
  }
}

/** @param {string} text */
function copySelected(text) {
  const area = h("textarea.visually-hidden", { readonly: true, "aria-hidden": true });
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  focused?.focus();
  return done;
}
