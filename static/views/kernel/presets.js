/**
 * The named kernels: a list to search, each with its numbers as a small picture and what it is for.
 *
 * @import { Preset, Translate } from "../../types.js"
 */

import { h, rebuild, setAttr, setText, show } from "../base/dom.js";

export class PresetList {
  /** @param {Translate} t @param {(name: string) => void} emit */
  constructor(t, emit) {
    this.t = t;
    this.emit = emit;
    this.title = h("span");
    this.toggle = h(
      "button.preset-toggle",
      { "aria-expanded": "false", "data-testid": "presets" },
      this.title,
    );
    this.toggle.addEventListener("click", () => this.open(this.panel.hidden === true));
    this.summary = h("p.field-help");
    this.search = h("input", {
      type: "search",
      "aria-label": t("presets.search"),
      placeholder: t("presets.search"),
    });
    this.search.addEventListener("input", () => this.#filter());
    this.list = h("ul.preset-list");
    this.none = h("p.field-help", { hidden: true }, t("presets.none"));
    this.panel = h("div.preset-panel", { hidden: true }, this.search, this.list, this.none);
    this.panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        this.open(false);
      }
      this.#walk(event);
    });
    this.element = h("div.presets", this.toggle, this.summary, this.panel);
    /** @type {Map<string, {item: HTMLElement, button: HTMLElement, words: string}>} */
    this.items = new Map();
  }

  /** @param {boolean} open */
  open(open) {
    show(this.panel, open);
    setAttr(this.toggle, "aria-expanded", String(open));
    if (!open) {
      this.toggle.focus();
      return;
    }
    this.search.value = "";
    this.#filter();
    this.search.focus();
  }

  /** @param {{presets: Preset[], name: string | null}} model */
  update({ presets, name }) {
    const { t } = this;
    const current = presets.find((preset) => preset.name === name);
    setText(this.title, current ? t.local(current.texts.title) : t("presets.own"));
    setText(this.summary, current ? t.local(current.texts.summary) : t("presets.ownSummary"));
    rebuild(this.list, presets.map((preset) => preset.name).join(), () =>
      presets.map((preset) => this.#item(preset)),
    );
    for (const [key, { button }] of this.items) setAttr(button, "aria-pressed", String(key === name));
  }

  /** @param {Preset} preset */
  #item(preset) {
    const title = this.t.local(preset.texts.title);
    const summary = this.t.local(preset.texts.summary);
    const click = () => this.emit(preset.name);
    const text = h("span", h("strong", title), h("small", summary));
    const button = h(
      "button",
      { click, "data-testid": `preset-${preset.name}` },
      thumbnail(preset.values),
      text,
    );
    const item = h("li", button);
    this.items.set(preset.name, { item, button, words: `${preset.name} ${title} ${summary}`.toLowerCase() });
    return item;
  }

  #filter() {
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    for (const { item, words: own } of this.items.values()) {
      const fits = words.every((word) => own.includes(word));
      show(item, fits);
      if (fits) found += 1;
    }
    show(this.none, found === 0);
  }

  /** Up and down through what the search has left. @param {KeyboardEvent} event */
  #walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const stops = [
      this.search,
      ...[...this.items.values()].filter((one) => !one.item.hidden).map((one) => one.button),
    ];
    const at = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    stops[Math.min(Math.max(at + step, 0), stops.length - 1)]?.focus();
  }
}

const SVG = "http://www.w3.org/2000/svg";

/** The kernel as a picture of its signs and sizes. @param {number[][]} values */
export function thumbnail(values) {
  const side = Math.max(values.length, values[0].length);
  const most = Math.max(...values.flat().map(Math.abs)) || 1;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${side} ${side}`);
  svg.setAttribute("class", "preset-picture");
  svg.setAttribute("aria-hidden", "true");
  values.forEach((line, row) => {
    line.forEach((value, column) => {
      const cell = document.createElementNS(SVG, "rect");
      const x = column + (side - line.length) / 2;
      const y = row + (side - values.length) / 2;
      for (const [key, number] of Object.entries({ x, y, width: 1, height: 1 }))
        cell.setAttribute(key, String(number));
      cell.setAttribute("class", value < 0 ? "negative" : "positive");
      cell.setAttribute("fill-opacity", String(value === 0 ? 0.06 : 0.2 + (0.8 * Math.abs(value)) / most));
      svg.append(cell);
    });
  });
  return svg;
}
