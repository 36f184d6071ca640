/** All output maps as thumbnails, one of them selected; a radio group. Emits "select" {map}. */

import { onTheme } from "../../draw/theme.js";
import { Thumbnail } from "../../draw/thumbnail.js";

/** @typedef {import("../../draw/types.js").LevelMap} LevelMap @typedef {import("../../draw/types.js").Scale} Scale */
/** @typedef {import("../../draw/types.js").Translate} Translate */
/** @typedef {{maps: LevelMap[], labels: string[], selected: number, colormap: string, scales: Scale[]}} MapsModel */
/** @typedef {{button: HTMLButtonElement, label: HTMLElement, picture: Thumbnail, seen: boolean}} Item */

export class MapsView extends EventTarget {
  /** @param {HTMLElement} root @param {Translate} t */
  constructor(root, t) {
    super();
    this.root = root;
    /** @type {MapsModel} */
    this.model = { maps: [], labels: [], selected: 0, colormap: "grey", scales: [] };
    /** @type {Item[]} */
    this.items = [];
    this.frame = 0;
    root.classList.add("maps");
    root.setAttribute("role", "radiogroup");
    root.hidden = true;
    root.addEventListener("keydown", (event) => this.#key(event));
    this.watch = new IntersectionObserver((entries) => this.#see(entries), { rootMargin: "100px" });
    onTheme(() => this.#later());
    this.translate(t);
  }

  /** @param {Translate} t */
  translate(t) {
    this.t = t;
    this.root.setAttribute("aria-label", t("maps.label"));
  }

  /** @param {MapsModel} model */
  update(model) {
    this.model = model;
    const { maps, labels, selected } = model;
    this.root.hidden = maps.length < 2;
    if (this.root.hidden) return;
    while (this.items.length > maps.length) this.#drop();
    while (this.items.length < maps.length) this.#add(this.items.length);
    this.items.forEach(({ button, label }, i) => {
      const text = labels[i] ?? String(i);
      if (label.textContent !== text) label.textContent = text;
      const checked = String(i === selected);
      if (button.getAttribute("aria-checked") === checked) return;
      button.setAttribute("aria-checked", checked);
      button.tabIndex = i === selected ? 0 : -1;
    });
    this.#later();
  }

  /** @param {number} i */
  #add(i) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "maps-item";
    button.setAttribute("role", "radio");
    button.tabIndex = -1;
    const picture = new Thumbnail();
    picture.canvas.className = "maps-picture";
    const label = document.createElement("span");
    label.className = "maps-label";
    button.append(picture.canvas, label);
    button.addEventListener("click", () => this.#select(i));
    this.items.push({ button, label, picture, seen: false });
    this.root.append(button);
    this.watch.observe(button);
  }

  #drop() {
    const item = this.items.pop();
    if (!item) return;
    this.watch.unobserve(item.button);
    item.button.remove();
  }

  /** @param {number} map */
  #select(map) {
    this.dispatchEvent(new CustomEvent("select", { detail: { map } }));
  }

  /** Arrow keys select at once, as in any radio group. @param {KeyboardEvent} event */
  #key(event) {
    const { selected, maps } = this.model;
    const steps = /** @type {Record<string, number>} */ ({
      ArrowRight: 1,
      ArrowDown: 1,
      ArrowLeft: -1,
      ArrowUp: -1,
    });
    const ends = /** @type {Record<string, number>} */ ({ Home: 0, End: maps.length - 1 });
    const step = steps[event.key];
    const to = step ? (selected + step + maps.length) % maps.length : ends[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.items[to]?.button.focus();
    this.#select(to);
  }

  /** Only thumbnails on the screen are painted. @param {IntersectionObserverEntry[]} entries */
  #see(entries) {
    for (const entry of entries) {
      const item = this.items.find(({ button }) => button === entry.target);
      if (item) item.seen = entry.isIntersecting;
    }
    this.#later();
  }

  #later() {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      const { maps, scales, colormap } = this.model;
      this.items.forEach(({ picture, seen }, i) => {
        if (seen && maps[i]) picture.show(maps[i], scales[i] ?? maps[i], colormap);
      });
    });
  }
}
