/**
 * Folds and links: what the address names is open, and what is opened stands in the address. Without a script each
 * fold still opens at a click.
 */

/** @returns {HTMLElement | null} what the address names */
function named() {
  try {
    return document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null;
  }
}

/** @returns {HTMLElement | null} what the address names, whose fold is open now and which is in sight */
function reveal() {
  const target = named();
  const fold = target?.closest("details") ?? target?.querySelector(":scope > details");
  if (fold) fold.open = true;
  for (const link of document.querySelectorAll("#contents a")) {
    const here = target !== null && link.getAttribute("href") === `#${target.id}`;
    if (!here) link.removeAttribute("aria-current");
    else {
      link.setAttribute("aria-current", "location");
      link.scrollIntoView({ block: "nearest" });
    }
  }
  target?.scrollIntoView();
  return target;
}

/** The keyboard goes on from there. @param {HTMLElement | null} target */
function enter(target) {
  const stop = target?.closest("details, section")?.querySelector("summary") ?? target;
  if (stop?.localName !== "summary") stop?.setAttribute("tabindex", "-1");
  stop?.focus({ preventScroll: true });
}

export function bindFolds() {
  addEventListener("hashchange", reveal);
  // A link to where one is already changes no address, and must open what was closed.
  document.addEventListener("click", ({ target }) => {
    const link = target instanceof Element ? target.closest("a") : null;
    if (link?.hasAttribute("hreflang")) link.hash = location.hash;
    if (link?.getAttribute("href")?.startsWith("#")) setTimeout(() => enter(reveal()));
  });
  document.addEventListener(
    "toggle",
    ({ target }) => {
      const section = target instanceof HTMLDetailsElement && target.open && target.parentElement;
      if (section && !section.contains(named())) history.replaceState(null, "", `#${section.id}`);
    },
    { capture: true },
  );
  reveal();
}
