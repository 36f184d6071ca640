/**
 * What the network takes the picture for: its likeliest classes, with bars as long as they are probable.
 * Emits "class" {index}: what speaks for it?
 *
 * @typedef {{index: number, name: string, probability: number}} Class
 * @typedef {{classes: Class[] | null, stale: boolean, chosen: number | null,
 *   graph: {classes: {en: string, zh?: string}[]} | null}} VerdictModel chosen: the class whose "why" is looked at
 */

import { h, setAttr, setText, show } from "../../base/dom.js";
import { View } from "../../base/view.js";

/** @typedef {{element: HTMLElement, button: HTMLElement, name: HTMLElement, share: HTMLElement, bar: HTMLElement, index: number}} Row */

/** @extends {View<VerdictModel>} */
export class VerdictView extends View {
  list = h("ol.verdict", { "data-testid": "classes" });
  help = h("p.look-caption.note", this.word("net.verdict.help"));
  /** @type {Row[]} */
  rows = [];
  element = this.fill(h("h2.look-title", this.word("net.verdict.title")), this.list, this.help);

  /** @override @param {VerdictModel} model */
  draw(model) {
    const classes = model.classes ?? [];
    setAttr(this.list, "data-stale", model.stale);
    show(this.help, classes.length > 0);
    while (this.rows.length > classes.length) this.rows.pop()?.element.remove();
    while (this.rows.length < classes.length) this.#add();
    for (const [at, one] of classes.entries()) this.#row(this.rows[at], one, model);
  }

  #add() {
    const [name, share, bar] = ["name", "share", "bar"].map((part) => h(`span.class-${part}`));
    const click = () => this.emit("class", { index: row.index });
    const button = h("button.class", { click }, name, share, bar);
    const row = { element: h("li", button), button, name, share, bar, index: 0 };
    this.rows.push(row);
    this.list.append(row.element);
  }

  /** @param {Row} row @param {Class} one @param {VerdictModel} model */
  #row(row, { index, name, probability }, { graph, chosen }) {
    const { t } = this;
    const chinese = t.lang === "zh" ? graph?.classes[index]?.zh : undefined;
    row.index = index;
    setText(row.name, chinese ?? name);
    setAttr(row.name, "lang", t.lang === "zh" && !chinese ? "en" : null);
    setText(row.share, percent(probability));
    row.bar.style.setProperty("--share", String(probability));
    setAttr(row.button, "data-class", index);
    setAttr(row.button, "title", t("net.verdict.why", { name: chinese ?? name }));
    setAttr(row.button, "aria-pressed", index === chosen);
  }
}

/** @param {number} probability */
export function percent(probability) {
  const share = 100 * probability;
  return share > 0 && share < 0.05 ? "< 0.1 %" : `${share.toFixed(1)} %`;
}
