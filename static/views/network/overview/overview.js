/**
 * The whole network as one figure, from left to right: every unit with its strongest maps, drawn as they arrive.
 * Emits "look" {layer, map}.
 *
 * @import { Layer, Layout } from "./layout.js"
 * @import { Look } from "./unit_picture.js"
 * @import { Seen } from "./unit_item.js"
 * @typedef {{graph: {name: string, layers: Layer[]} | null, layers: Map<string, Seen>,
 *   chosen: {layer: string, map: number} | null, look: Look}} OverviewModel
 */

import { onTheme } from "../../../draw/theme.js";
import { h, rebuild, setAttr, setText } from "../../base/dom.js";
import { svg } from "../../base/svg.js";
import { View } from "../../base/view.js";
import { combined } from "../../pane/keys.js";
import { geometryOf } from "./geometry.js";
import { layoutOf, walk } from "./layout.js";
import { UnitItem } from "./unit_item.js";

/** px of a map's side; and where the figure is narrower than so many px. */
const THUMB = 48;
const SMALL = 40;
const NARROW = 480;

const WAYS = /** @type {Record<string, Parameters<typeof walk>[2]>} */ ({
  ...{ ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" },
  ...{ Home: "first", End: "last" },
});

/** @extends {View<OverviewModel>} */
export class OverviewView extends View {
  list = h("ol.units", { "aria-label": this.word("net.over.label") });
  frame = h("div.overview", { "data-testid": "overview" }, this.list);
  title = h("h2.look-title");
  spoken = h("p.visually-hidden", { role: "status" });
  /** By the last layer of each unit. @type {Map<string, UnitItem>} */
  items = new Map();
  /** @type {Layout | null} */
  layout = null;
  /** Where the keyboard is: the name of a unit. */
  at = "";
  looked = "";

  /** @param {ConstructorParameters<typeof View>} place */
  constructor(...place) {
    super(...place);
    this.fill(this.title, this.frame, this.spoken);
    this.thumb = this.frame.clientWidth < NARROW ? SMALL : THUMB;
    this.#listen();
  }

  #listen() {
    const { list, frame } = this;
    list.addEventListener("click", (event) => this.#click(event));
    list.addEventListener("keydown", (event) => this.#key(event));
    list.addEventListener("pointermove", (event) => this.#hover(event));
    list.addEventListener("pointerleave", () => this.#point(null, -1));
    list.addEventListener("focusin", (event) => this.#focused(event));
    frame.addEventListener("scroll", () => this.#edges(), { passive: true });
    // Its width is read here alone: elsewhere it would be computed anew each time something has changed.
    new ResizeObserver(() => {
      const thumb = frame.clientWidth < NARROW ? SMALL : THUMB;
      const other = thumb !== this.thumb;
      this.thumb = thumb;
      if (other) this.refresh();
      this.#edges();
    }).observe(frame);
    onTheme(() => this.refresh());
  }

  /** @override @param {OverviewModel} model */
  draw({ graph, chosen, layers }) {
    const { t, thumb } = this;
    const key = [graph?.name, graph?.layers.length, thumb];
    rebuild(this.list, key, () => this.#build(graph?.layers ?? [], thumb));
    setText(this.title, graph ? t("net.over.title", { layers: graph.layers.length }) : t("net.layers"));
    for (const item of this.items.values()) {
      this.arrived(item.place.last.name, layers);
      const mine = item.place.layers.some(({ name }) => name === chosen?.layer);
      item.describe(t, mine);
      item.choose(mine && chosen ? chosen.map : null);
      if (mine) this.#chosen(item);
    }
  }

  /** At once, outside of the rest. @param {string} name @param {Map<string, Seen>} layers */
  arrived(name, layers) {
    const seen = layers.get(name);
    const item = this.items.get(name);
    if (seen && item && this.model) item.show(seen, this.model.look);
  }

  /** @param {Layer[]} layers @param {number} thumb */
  #build(layers, thumb) {
    const layout = layoutOf(layers);
    const geometry = geometryOf(layout, thumb);
    this.layout = layout;
    this.items = new Map();
    this.looked = this.at = "";
    if (!layers.length) return [];
    for (const place of layout.places) {
      const box = geometry.boxes.get(place.name);
      if (box) this.items.set(place.last.name, new UnitItem(place, box));
    }
    const { width, height, paths, brackets } = geometry;
    this.list.style.width = `${width}px`;
    this.list.style.height = `${height}px`;
    const lines = [
      ...paths.map((d) => svg("path", { d })),
      ...brackets.map(({ path }) => svg("path.bracket", { d: path })),
    ];
    const names = brackets.map(({ name, left, width: wide }) => {
      const label = h("li.module", { "aria-hidden": true }, h("span", name));
      label.style.left = `${left}px`;
      label.style.width = `${wide}px`;
      return label;
    });
    const drawing = svg("svg", { width, height, "aria-hidden": true }, ...lines);
    const shell = h("li.lines", { "aria-hidden": true }, drawing);
    return [shell, ...names, ...[...this.items.values()].map(({ element }) => element)];
  }

  /** What is looked at: in sight when it changes. @param {UnitItem} item */
  #chosen(item) {
    const { name } = item.place;
    if (!this.at) this.#rove(name);
    if (this.looked === name) return;
    this.looked = name;
    this.#rove(name);
    this.#reveal(item);
  }

  /** Sideways alone, and only what is out of sight. @param {UnitItem} item */
  #reveal({ box }) {
    const { frame } = this;
    const [from, to] = [frame.scrollLeft, frame.scrollLeft + frame.clientWidth];
    if (box.left - 60 < from || box.left + box.width + 60 > to)
      frame.scrollLeft = box.left - frame.clientWidth / 2;
  }

  /** Whether there is more to either side. */
  #edges() {
    const { frame } = this;
    const rest = frame.scrollWidth - frame.clientWidth;
    setAttr(frame, "data-before", frame.scrollLeft > 4);
    setAttr(frame, "data-after", frame.scrollLeft < rest - 4);
  }

  /** @param {Event} event @returns {UnitItem | null} */
  #itemOf({ target }) {
    const name = /** @type {Element} */ (target).closest?.("[data-unit]")?.getAttribute("data-unit");
    return this.#item(name ?? "");
  }

  /** @param {string} name */
  #item(name) {
    return [...this.items.values()].find(({ place }) => place.name === name) ?? null;
  }

  /** Enter clicks too, without a place: it takes the map that the keyboard is on. @param {MouseEvent} event */
  #click(event) {
    const item = this.#itemOf(event);
    if (!item) return;
    const row =
      event.detail === 0 ? item.row : item.rowAt(event.clientY - item.button.getBoundingClientRect().top);
    this.#look(item.place.last.name, item.map(row));
  }

  /** @param {string} layer @param {number | null} map */
  #look(layer, map) {
    this.emit("look", { layer, map });
  }

  /** @param {PointerEvent} event */
  #hover(event) {
    const item = this.#itemOf(event);
    this.#point(item, item ? item.rowAt(event.clientY - item.button.getBoundingClientRect().top) : -1);
  }

  /** @param {UnitItem | null} item @param {number} row */
  #point(item, row) {
    for (const one of this.items.values()) {
      const to = one === item ? row : -1;
      if (one.row !== to) one.point(to);
    }
  }

  /** @param {Event} event */
  #focused(event) {
    const item = this.#itemOf(event);
    if (item) this.#rove(item.place.name);
  }

  /** @param {string} name of the unit that Tab comes to */
  #rove(name) {
    this.at = name;
    for (const { place, button } of this.items.values())
      setAttr(button, "tabindex", place.name === name ? "0" : "-1");
  }

  /** Up and down go through the maps of a unit, then to what lies above or below. @param {KeyboardEvent} event */
  #key(event) {
    const way = WAYS[event.key];
    const item = this.#itemOf(event);
    if (!way || !item || !this.layout || combined(event)) return;
    event.preventDefault();
    const row = item.row + (way === "down" ? 1 : -1);
    if ((way === "down" && item.map(row) !== null && row < item.box.rows) || (way === "up" && row >= -1)) {
      this.#point(item, row);
      return this.#speak(item);
    }
    const next = this.#item(walk(this.layout, item.place.name, way) ?? "");
    if (!next) return;
    const last = next.box.list ? -1 : next.box.rows - 1;
    const entered = way === "up" ? last : way === "down" ? -1 : Math.min(item.row, last);
    this.#point(next, entered);
    next.button.focus({ preventScroll: true });
    this.#reveal(next);
    if (entered >= 0) this.#speak(next);
  }

  /** @param {UnitItem} item */
  #speak(item) {
    const map = item.map(item.row);
    setText(
      this.spoken,
      map === null ? item.place.name : this.t("net.over.where", { layer: item.place.name, map }),
    );
  }
}
