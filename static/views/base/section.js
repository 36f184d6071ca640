/**
 * A chapter of the page: a heading that opens and closes it, a few words beside it, its body. Emits "toggle" {open}.
 *
 * @import { Translate } from "../../types.js"
 */

import { h, setAttr, setText, show } from "./dom.js";

export class SectionView extends EventTarget {
  /** @param {string} name @param {Translate} t */
  constructor(name, t) {
    super();
    this.name = name;
    this.open = false;
    this.title = h("span");
    this.button = h(
      "button.chapter-title",
      {
        "aria-controls": name,
        "aria-expanded": "false",
        "data-testid": `chapter-${name}`,
        click: () => this.dispatchEvent(new CustomEvent("toggle", { detail: { open: !this.open } })),
      },
      this.title,
    );
    this.summary = h("span.chapter-summary", { "data-testid": `summary-${name}` });
    this.problem = h("p.field-error", { role: "status", hidden: true });
    this.body = h("div", { class: name });
    this.inside = h("div.chapter-body", { id: name, hidden: true }, this.problem, this.body);
    const head = h("div.chapter-head", h("h2", this.button), this.summary);
    this.element = h("section.chapter", { "data-chapter": name, hidden: true }, head, this.inside);
    this.translate(t);
  }

  /** @param {Translate} t */
  translate(t) {
    setText(this.title, t(`chapter.${this.name}`));
    this.element.setAttribute("aria-label", t(`chapter.${this.name}`));
  }

  /** @param {{offered: boolean, open: boolean, summary: string}} model */
  update({ offered, open, summary }) {
    this.open = open;
    show(this.element, offered);
    show(this.inside, open);
    setAttr(this.button, "aria-expanded", String(open));
    setText(this.summary, summary);
  }

  /** @param {boolean} late what is seen is older than what is set @param {string} problem why nothing newer came */
  state(late, problem) {
    setAttr(this.body, "data-stale", late);
    setText(this.problem, problem);
    show(this.problem, problem !== "");
  }
}
