/**
 * A chapter of the page: a heading that opens and closes it, a few words beside it, its body. Emits "toggle" {open}.
 *
 * @import { Translate } from "../../types.js"
 */

import { h, say, setAttr, setText, show } from "./dom.js";
import { View } from "./view.js";

/** @extends {View<{offered: boolean, open: boolean, summary: string}>} */
export class SectionView extends View {
  /** @param {string} name @param {Translate} t */
  constructor(name, t) {
    super(h("section.chapter", { "data-chapter": name, hidden: true }), t);
    this.element = this.root;
    const title = this.word(`chapter.${name}`);
    title.tell((text) => setAttr(this.element, "aria-label", text));
    this.button = h(
      "button.chapter-title.row",
      {
        "aria-controls": name,
        "aria-expanded": false,
        "data-testid": `chapter-${name}`,
        click: () => this.emit("toggle", { open: !this.model?.open }),
      },
      h("span", title),
    );
    this.summary = h("span.chapter-summary.note", { "data-testid": `summary-${name}` });
    this.problem = h("p.field-error", { role: "status", hidden: true });
    this.body = h("div", { class: name });
    this.inside = h("div.chapter-body", { id: name, hidden: true }, this.problem, this.body);
    this.fill(h("div.chapter-head.wrap", h("h2", this.button), this.summary), this.inside);
  }

  /** @override @param {{offered: boolean, open: boolean, summary: string}} model */
  draw({ offered, open, summary }) {
    show(this.element, offered);
    show(this.inside, open);
    setAttr(this.button, "aria-expanded", open);
    setText(this.summary, summary);
  }

  /** @param {boolean} late what is seen is older than what is set @param {string} problem why nothing newer came */
  state(late, problem) {
    setAttr(this.body, "data-stale", late);
    say(this.problem, problem);
  }
}
