/**
 * The named kernels: a list to search, each with its numbers as a small picture and what it is for. Emits "choose" {name}.
 *
 * @import { Preset } from "../../types.js"
 * @typedef {{presets: Preset[], name: string | null}} PresetsModel
 */

import { clip } from "../../draw/clip.js";
import { h, rebuild, setAttr, setText, show } from "../base/dom.js";
import { View } from "../base/view.js";
import { thumbnail } from "./thumbnail.js";

/** @extends {View<PresetsModel>} */
export class PresetList extends View {
  title = h("span");
  toggle = h(
    "button.preset-toggle",
    {
      "aria-expanded": false,
      "data-testid": "presets",
      click: () => this.open(this.panel.hidden === true),
    },
    this.title,
  );
  summary = h("p.field-help");
  search = h("input", {
    type: "search",
    "aria-label": this.word("presets.search"),
    placeholder: this.word("presets.search"),
    input: () => this.#filter(),
  });
  list = h("ul.preset-list");
  none = h("p.field-help", { hidden: true }, this.word("presets.none"));
  panel = h(
    "div.preset-panel",
    { hidden: true, keydown: (event) => this.#key(event) },
    this.search,
    this.list,
    this.none,
  );
  element = h("div.presets", this.toggle, this.summary, this.panel);
  /** @type {Map<string, {item: HTMLElement, button: HTMLElement, words: string}>} */
  items = new Map();

  /** @param {boolean} open */
  open(open) {
    show(this.panel, open);
    setAttr(this.toggle, "aria-expanded", open);
    if (!open) {
      this.toggle.focus();
      return;
    }
    this.search.value = "";
    this.#filter();
    this.search.focus();
  }

  /** @override @param {PresetsModel} model */
  draw({ presets, name }) {
    const { t } = this;
    const current = presets.find((preset) => preset.name === name);
    setText(this.title, current ? t.local(current.texts.title) : t("presets.own"));
    setText(this.summary, current ? t.local(current.texts.summary) : t("presets.ownSummary"));
    rebuild(this.list, [t.lang, ...presets.map((preset) => preset.name)].join(), () =>
      presets.map((preset) => this.#item(preset)),
    );
    for (const [key, { button }] of this.items) setAttr(button, "aria-pressed", key === name);
  }

  /** @param {Preset} preset */
  #item({ name, values, texts }) {
    const [title, summary] = [this.t.local(texts.title), this.t.local(texts.summary)];
    const button = h(
      "button",
      { click: () => this.emit("choose", { name }), "data-testid": `preset-${name}` },
      thumbnail(values),
      h("span", h("strong", title), h("small", summary)),
    );
    const item = h("li", button);
    this.items.set(name, { item, button, words: `${name} ${title} ${summary}`.toLowerCase() });
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

  /** Escape closes; up and down go through what the search has left. @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      this.open(false);
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const left = [...this.items.values()].filter((one) => !one.item.hidden);
    const stops = [this.search, ...left.map((one) => one.button)];
    const at = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    stops[clip(at + step, 0, stops.length - 1)]?.focus();
  }
}
