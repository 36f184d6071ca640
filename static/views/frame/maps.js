/** All output maps as thumbnails, one of them selected; a radio group. Emits "select" {map}. */

import { onTheme } from "../../draw/theme.js";
import { Thumbnail } from "../../draw/thumbnail.js";
import { give, h, setAttr, setText, show } from "../base/dom.js";
import { View } from "../base/view.js";
import { combined } from "../pane/keys.js";

/** @typedef {import("../../draw/types.js").LevelMap} LevelMap @typedef {import("../../draw/types.js").Scale} Scale */
/** @typedef {import("../../types.js").Translate} Translate */
/** @typedef {{maps: LevelMap[], labels: string[], selected: number, colormap: string, scales: Scale[]}} MapsModel */
/** @typedef {{button: HTMLButtonElement, label: HTMLElement, picture: Thumbnail, seen: boolean}} Item */

/** @type {MapsModel} */
const NOTHING = { maps: [], labels: [], selected: 0, colormap: "grey", scales: [] };

/** @extends {View<MapsModel>} */
export class MapsView extends View {
  /** @type {Item[]} */
  items = [];
  frame = 0;
  watch = new IntersectionObserver((entries) => this.#see(entries), { rootMargin: "100px" });

  /** @param {HTMLElement} root @param {Translate} t */
  constructor(root, t) {
    super(root, t);
    const attributes = { class: "maps", role: "radiogroup", "aria-label": this.word("maps.label") };
    give(root, {
      ...attributes,
      hidden: true,
      keydown: (/** @type {KeyboardEvent} */ event) => this.#key(event),
    });
    onTheme(() => this.#later());
  }

  /** @override @param {MapsModel} model */
  draw({ maps, labels, selected }) {
    show(this.root, maps.length > 1);
    if (this.root.hidden) return;
    while (this.items.length > maps.length) this.#drop();
    while (this.items.length < maps.length) this.#add(this.items.length);
    this.items.forEach(({ button, label }, i) => {
      setText(label, labels[i] ?? String(i));
      setAttr(button, "aria-checked", i === selected);
      setAttr(button, "tabindex", i === selected ? 0 : -1);
    });
    this.#later();
  }

  /** @param {number} i */
  #add(i) {
    const picture = new Thumbnail();
    picture.canvas.className = "maps-picture";
    const label = h("span.maps-label");
    const click = () => this.emit("select", { map: i });
    const button = h("button.maps-item", { role: "radio", click }, picture.canvas, label);
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

  /** Arrow keys select at once, as in any radio group. @param {KeyboardEvent} event */
  #key(event) {
    const { selected, maps } = this.model ?? NOTHING;
    const steps = /** @type {Record<string, number>} */ ({
      ArrowRight: 1,
      ArrowDown: 1,
      ArrowLeft: -1,
      ArrowUp: -1,
    });
    const ends = /** @type {Record<string, number>} */ ({ Home: 0, End: maps.length - 1 });
    const step = steps[event.key];
    const to = step ? (selected + step + maps.length) % maps.length : ends[event.key];
    if (to === undefined || combined(event)) return;
    event.preventDefault();
    this.items[to]?.button.focus();
    this.emit("select", { map: to });
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
      const { maps, scales, colormap } = this.model ?? NOTHING;
      this.items.forEach(({ picture, seen }, i) => {
        if (seen && maps[i]) picture.show(maps[i], scales[i] ?? maps[i], colormap);
      });
    });
  }
}
