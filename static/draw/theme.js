/** The page's colours, for canvases: read from the style sheet's custom properties, again when the theme changes. */

const NAMES = /** @type {const} */ (["paper", "ink", "muted", "line", "panel", "accent", "warn"]);

/** @typedef {Record<typeof NAMES[number] | "font", string>} Colours */

/** @type {Colours | null} */
let current = null;
/** @type {Set<() => void>} */
const listeners = new Set();

/** @returns {Colours} */
export function colours() {
  current ??= read();
  return current;
}

/** What is drawn meanwhile has the colours of light paper. @template T @param {() => T} draw @returns {T} */
export function onPaper(draw) {
  const { dataset } = document.documentElement;
  const { theme } = dataset;
  dataset.theme = "light";
  current = null;
  const drawn = draw();
  if (theme === undefined) delete dataset.theme;
  else dataset.theme = theme;
  current = null;
  return drawn;
}

/** @param {() => void} listener called after the theme has changed */
export function onTheme(listener) {
  if (!listeners.size) watch();
  listeners.add(listener);
}

function read() {
  const style = getComputedStyle(document.documentElement);
  const value = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  const entries = NAMES.map((name) => [name, value(name) || style.color]);
  return /** @type {Colours} */ (Object.fromEntries([...entries, ["font", value("font") || "sans-serif"]]));
}

function watch() {
  const changed = () => {
    current = null;
    for (const listener of listeners) listener();
  };
  new MutationObserver(changed).observe(document.documentElement, {
    attributeFilter: ["class", "style", "data-theme"],
  });
  for (const query of [
    "(prefers-color-scheme: dark)",
    "(forced-colors: active)",
    "(prefers-contrast: more)",
  ]) {
    matchMedia(query).addEventListener("change", changed);
  }
}
