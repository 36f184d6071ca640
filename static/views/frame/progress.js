/**
 * What takes long says how far it is, and can be called off; it lies over the page, so that nothing moves.
 * Emits "cancel".
 *
 * @import { Translate } from "../../types.js"
 */

import { h, setAttr, setText, show } from "../base/dom.js";

export class ProgressView extends EventTarget {
  /** @param {HTMLElement} root @param {Translate} t */
  constructor(root, t) {
    super();
    this.t = t;
    this.bar = h("progress");
    this.text = h("span", { id: "progress-text" });
    this.bar.setAttribute("aria-labelledby", "progress-text");
    this.button = h("button", {
      "data-testid": "cancel",
      click: () => this.dispatchEvent(new Event("cancel")),
    });
    this.element = h(
      "div.progress",
      { hidden: true, "data-testid": "progress" },
      this.text,
      this.bar,
      this.button,
    );
    root.append(this.element);
    this.translate(t);
  }

  /** @param {Translate} t */
  translate(t) {
    this.t = t;
    setText(this.button, t("progress.cancel"));
  }

  /** @param {{done: number, of: number} | null} model maps that are there; of none: not known yet */
  update(model) {
    show(this.element, model !== null);
    if (!model) return;
    setText(this.text, this.t(model.of > 1 ? "progress.maps" : "progress.one", model));
    setAttr(this.bar, "max", model.of > 1 ? String(model.of) : null);
    setAttr(this.bar, "value", model.of > 1 ? String(model.done) : null);
  }
}
