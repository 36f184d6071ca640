/**
 * Many small things in rows, one of them chosen: a radio group that scrolls, of which only what is on the screen is
 * made. Emits "select" {index, how}, "hover" {index, event} and "leave"; how: "step", or "walk" by the arrow keys.
 *
 * @typedef {{nodes: Node[], show: (index: number) => void}} Item what a button holds; it can be given another thing to show
 * @typedef {{width: number, height: number, label: number, gap: number}} Size px of a picture, which is made larger until a
 *   row is full, and of the label below it; width 0: as wide as there is room
 * @typedef {{order: number[], selected: number, size: Size, label: string, said: (index: number) => string, stamp: unknown, quiet?: boolean}} GridModel
 *   order: which thing stands at each place; stamp: another one when what the things show has changed;
 *   quiet: the chosen one was not chosen by anybody, and need not be seen at first
 */

import { clip } from "../../../draw/clip.js";
import { h, setAttr, show } from "../../base/dom.js";
import { Emitter } from "../../base/emitter.js";
import { combined } from "../../pane/keys.js";

/** Rows made beyond either end of what is seen. */
const SPARE = 2;

export class LayerGrid extends Emitter {
  /** @type {GridModel | null} */
  model = null;
  /** Where each thing stands. @type {Map<number, number>} */
  places = new Map();
  /** What is made, by place. @type {Map<number, {button: HTMLButtonElement, item: Item}>} */
  made = new Map();
  columns = 1;
  /** What each takes, px. */
  box = { width: 0, height: 1, gap: 0 };

  /** @param {string} id @param {() => Item} make */
  constructor(id, make) {
    super();
    this.make = make;
    this.inner = h("div.grid-inner", { role: "radiogroup", "data-testid": id });
    this.element = h("div.grid-scroll", this.inner);
    this.#listen();
  }

  #listen() {
    const { element, inner } = this;
    element.addEventListener("scroll", () => this.#render(false), { passive: true });
    new ResizeObserver(() => this.#lay()).observe(element);
    inner.addEventListener("keydown", (event) => this.#key(event));
    inner.addEventListener("click", ({ target }) => {
      const index = this.#indexOf(target);
      if (index !== null) this.#select(index, "step");
    });
    inner.addEventListener("pointermove", (event) => {
      const index = this.#indexOf(event.target);
      if (index !== null) this.emit("hover", { index, event });
    });
    inner.addEventListener("pointerleave", () => this.emit("leave"));
  }

  /** @param {GridModel} model */
  update(model) {
    const old = this.model;
    this.model = model;
    setAttr(this.inner, "aria-label", model.label);
    if (old?.order !== model.order) this.places = new Map(model.order.map((index, at) => [index, at]));
    show(this.element, model.order.length > 0);
    this.#lay(old?.stamp !== model.stamp);
    const other = old?.label !== model.label;
    if (other) this.element.scrollTop = 0;
    // Another order is no reason to scroll: what was at the top is not what the eye was on.
    if (other ? !model.quiet : old.selected !== model.selected && old.order === model.order) this.#reveal();
  }

  /** @param {boolean} [anew] whether what is made shows something else now */
  #lay(anew = false) {
    const { model, element, inner } = this;
    if (!model || element.clientWidth === 0) return;
    const { width, height, label, gap } = model.size;
    const room = inner.clientWidth + gap;
    const count = model.order.length;
    this.columns = width ? Math.max(1, Math.floor(room / (width + gap))) : 1;
    // Few stay as they are; rows of many are filled.
    const wide = count > this.columns ? Math.floor(room / this.columns) - gap : width || room - gap;
    this.box = { width: wide, height: Math.round(width ? (height * wide) / width : height) + label, gap };
    const rows = Math.ceil(count / this.columns);
    const total = `${rows * (this.box.height + gap) - gap}px`;
    if (inner.style.height !== total) inner.style.height = total;
    this.#render(anew);
  }

  /** @param {boolean} anew */
  #render(anew) {
    const { model, element, inner, columns, made } = this;
    if (!model) return;
    const { order, selected } = model;
    const step = this.box.height + this.box.gap;
    const first = Math.max(0, Math.floor(element.scrollTop / step) - SPARE) * columns;
    const last = (Math.ceil((element.scrollTop + element.clientHeight) / step) + SPARE) * columns;
    const chosen = this.places.get(selected) ?? 0;
    const wanted = order.flatMap((_, at) => ((at >= first && at < last) || at === chosen ? [at] : []));
    const kept = new Set(wanted);
    for (const [at, { button }] of made) {
      if (kept.has(at)) continue;
      button.remove();
      made.delete(at);
    }
    let next = inner.firstElementChild;
    for (const at of wanted) {
      const { button, item } = made.get(at) ?? this.#add(at);
      if (button === next) next = next.nextElementSibling;
      else inner.insertBefore(button, next);
      this.#dress(button, at, anew ? item : null);
    }
  }

  /** @param {number} at */
  #add(at) {
    const item = this.make();
    const button = h("button.grid-item", { role: "radio" }, ...item.nodes);
    const one = { button, item };
    this.made.set(at, one);
    this.#dress(button, at, item);
    return one;
  }

  /** @param {HTMLButtonElement} button @param {number} at @param {Item | null} item to be shown anew */
  #dress(button, at, item) {
    const { model, columns } = this;
    if (!model) return;
    const { order, selected, said } = model;
    const index = order[at];
    const fresh = button.dataset.index !== String(index);
    if (item || fresh) {
      button.dataset.index = String(index);
      setAttr(button, "aria-label", said(index));
      setAttr(button, "aria-posinset", at + 1);
      (item ?? this.made.get(at)?.item)?.show(index);
    }
    setAttr(button, "aria-setsize", order.length);
    setAttr(button, "aria-checked", index === selected);
    setAttr(button, "tabindex", at === (this.places.get(selected) ?? 0) ? "0" : "-1");
    const { width, height, gap } = this.box;
    const [left, top] = [(at % columns) * (width + gap), Math.floor(at / columns) * (height + gap)];
    const place = { transform: `translate(${left}px, ${top}px)`, width: `${width}px`, height: `${height}px` };
    for (const name of /** @type {const} */ (["transform", "width", "height"]))
      if (button.style[name] !== place[name]) button.style[name] = place[name];
  }

  /** Scrolls so far that the chosen one is seen: within the group, never the page. */
  #reveal() {
    const { model, element, columns } = this;
    const at = this.places.get(model?.selected ?? -1);
    if (!model || at === undefined) return;
    const { height, gap } = this.box;
    const top = Math.floor(at / columns) * (height + gap);
    const { scrollTop, clientHeight } = element;
    if (top < scrollTop) element.scrollTop = top;
    else if (top + height > scrollTop + clientHeight) element.scrollTop = top + height - clientHeight;
    else return;
    this.#render(false);
  }

  /** Arrow keys choose at once, as in any radio group. @param {KeyboardEvent} event */
  #key(event) {
    const { model, element, columns } = this;
    if (!model || combined(event)) return;
    const last = model.order.length - 1;
    const from = this.places.get(model.selected) ?? 0;
    const { height, gap } = this.box;
    const page = columns * Math.max(1, Math.floor(element.clientHeight / (height + gap)));
    const by = /** @type {Record<string, number>} */ ({
      ...{ ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns },
      ...{ PageDown: page, PageUp: -page, Home: -last, End: last },
    })[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const to = clip(from + by, 0, last);
    const index = model.order[to];
    this.#select(index, "walk");
    this.made.get(to)?.button.focus({ preventScroll: true });
  }

  /** Seen to be chosen at once, whatever is still to come of it. @param {number} index @param {"step" | "walk"} how */
  #select(index, how) {
    if (!this.model) return;
    this.update({ ...this.model, selected: index });
    this.emit("select", { index, how });
  }

  /** @param {EventTarget | null} target */
  #indexOf(target) {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest(".grid-item"));
    return button ? Number(button.dataset.index) : null;
  }
}

/** @type {WeakMap<object, number>} */
const stamps = new WeakMap();
let made = 0;

/** A number for an object: the same for the same. @param {object} one */
export function stampOf(one) {
  const known = stamps.get(one);
  if (known) return known;
  made += 1;
  stamps.set(one, made);
  return made;
}
