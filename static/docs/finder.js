/**
 * The search field: hits as one types, in place of the contents. "/" goes there, arrows go from hit to hit, Enter follows
 * one (in the field the first), Escape begins anew.
 *
 * @import { Entry } from "./search.js"
 */

import { find } from "./search.js";

const MOST = 40;

/** @param {Element | null | undefined} element */
const said = (element) => element?.textContent?.replace(/\s+/g, " ").trim() ?? "";

/** Operations, kernels and calls, then parameters: read off the page, in its language. @returns {Entry[]} */
function entries() {
  const sections = [...document.querySelectorAll("section")].map((section) => {
    const head = section.querySelector("h3, h4");
    const name = said(head?.querySelector("code"));
    return {
      ...{ id: section.id, name, title: said(head).replace(name, "").trim() },
      text: said(section.querySelector("summary span")),
    };
  });
  const kernels = [...document.querySelectorAll(".kernels li")].map((item) => ({
    ...{ id: item.id, name: said(item.querySelector("code")), title: said(item.querySelector("strong")) },
    text: said(item.querySelector("div")),
  }));
  const params = [...document.querySelectorAll("section tr[id]")].map((row) => ({
    ...{ id: row.id, name: said(row.querySelector("code")), title: row.id.split(".")[0] },
    text: said(row.querySelector("td:last-child")),
  }));
  return [...sections, ...kernels, ...params];
}

/** @param {Entry} entry */
function item({ id, name, title }) {
  const link = document.createElement("a");
  link.href = `#${id}`;
  const code = document.createElement("code");
  code.textContent = name;
  link.append(code, ` ${title}`);
  const line = document.createElement("li");
  line.append(link);
  return line;
}

export function bindFinder() {
  const search = /** @type {HTMLElement} */ (document.querySelector("search"));
  const field = /** @type {HTMLInputElement} */ (search.querySelector("input"));
  const count = /** @type {HTMLOutputElement} */ (search.querySelector("output"));
  const hits = /** @type {HTMLElement} */ (search.querySelector("#hits"));
  const contents = /** @type {HTMLElement} */ (document.querySelector("#contents"));
  const all = entries();
  search.hidden = false;

  const show = () => {
    const found = find(all, field.value);
    const typed = field.value.trim() !== "";
    hits.replaceChildren(...found.slice(0, MOST).map(item));
    hits.hidden = !found.length;
    contents.classList.toggle("aside", typed);
    count.textContent = typed ? String(count.dataset.text).replace("{count}", String(found.length)) : "";
  };
  field.addEventListener("input", show);

  search.addEventListener("keydown", (event) => {
    const stops = [field, ...hits.querySelectorAll("a")];
    const at = stops.indexOf(/** @type {any} */ (document.activeElement));
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) stops[Math.min(Math.max(at + step, 0), stops.length - 1)].focus();
    else if (event.key === "Enter" && at === 0 && !event.isComposing) stops[1]?.click();
    else if (event.key === "Escape") {
      field.value = "";
      field.focus();
      show();
    } else return;
    event.preventDefault();
  });

  document.addEventListener("keydown", (event) => {
    const writing = event.target instanceof Element && event.target.closest("input, textarea");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || writing) return;
    event.preventDefault();
    field.select();
  });

  contents.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("a") && contents.matches(":popover-open"))
      contents.hidePopover();
  });
}
