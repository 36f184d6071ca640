/** The page's own elements: where views are put, and what stands there before any script has run. */

/** @param {string} id @returns {HTMLElement} */
export function place(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element;
}

/** What a visitor without scripts reads in English, in the page's language. @param {import("../types.js").Translate} t */
export function translatePage(t) {
  document.documentElement.lang = t.lang === "zh" ? "zh-Hans" : "en";
  document.title = t(document.documentElement.dataset.title ?? "");
  for (const element of document.querySelectorAll("[data-t]"))
    element.textContent = t(/** @type {HTMLElement} */ (element).dataset.t ?? "");
  for (const element of document.querySelectorAll("[data-t-label]"))
    element.setAttribute("aria-label", t(/** @type {HTMLElement} */ (element).dataset.tLabel ?? ""));
}

/** @param {string} theme "auto", "light" or "dark" */
export function dress(theme) {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
