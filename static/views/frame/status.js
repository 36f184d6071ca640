/**
 * What the page has to say for itself: the server is away, an address held nonsense, a wish was refused.
 * Emits "dismiss" {at}.
 *
 * @import { Translate } from "../../types.js"
 * @typedef {{away: boolean, refusal: string, notices: string[]}} StatusModel
 */

import { h, rebuild, setText, show } from "../base/dom.js";

export class StatusView extends EventTarget {
  /** @param {HTMLElement} root @param {Translate} t */
  constructor(root, t) {
    super();
    this.root = root;
    this.t = t;
    this.build();
  }

  build() {
    this.away = h("p.status.away", { role: "status", hidden: true, "data-testid": "away" });
    this.refusal = h("p.status.refused", { role: "alert", hidden: true, "data-testid": "refusal" });
    this.notices = h("div", { "aria-live": "polite", "data-testid": "notices" });
    this.root.replaceChildren(this.away, this.refusal, this.notices);
  }

  /** @param {Translate} t */
  translate(t) {
    this.t = t;
    this.build();
    if (this.model) this.update(this.model);
  }

  /** @param {StatusModel} model */
  update(model) {
    this.model = model;
    if (!this.away || !this.refusal || !this.notices) return;
    setText(this.away, model.away ? this.t("status.away") : "");
    show(this.away, model.away);
    setText(this.refusal, model.refusal);
    show(this.refusal, model.refusal !== "");
    rebuild(this.notices, JSON.stringify(model.notices), () =>
      model.notices.map((text, at) => this.#notice(text, at)),
    );
  }

  /** @param {string} text @param {number} at */
  #notice(text, at) {
    const close = h("button.close", { "aria-label": this.t("status.dismiss") }, "×");
    close.addEventListener("click", () => this.dispatchEvent(new CustomEvent("dismiss", { detail: { at } })));
    return h("p.status", text, close);
  }
}
