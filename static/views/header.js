/**
 * Language and theme. Emits "choose" {patch}.
 *
 * @import { Translate } from "../types.js"
 */

import { h } from "./dom.js";

/** Each language in its own words, for whoever cannot read the present one. */
const LANGUAGES = { en: "English", zh: "中文" };

export class HeaderView extends EventTarget {
  /** @param {HTMLElement} root @param {Translate} t */
  constructor(root, t) {
    super();
    this.root = root;
    this.t = t;
    this.build();
  }

  build() {
    const { t } = this;
    const themes = ["auto", "light", "dark"].map((value) => h("option", { value }, t(`theme.${value}`)));
    const languages = Object.entries(LANGUAGES).map(([value, name]) =>
      h("option", { value, lang: value }, name),
    );
    this.lang = h("select", { "aria-label": t("header.language"), "data-testid": "lang" }, ...languages);
    this.theme = h("select", { "aria-label": t("header.theme"), "data-testid": "theme" }, ...themes);
    this.lang.addEventListener("change", () => this.#say({ lang: this.lang?.value }));
    this.theme.addEventListener("change", () => this.#say({ theme: this.theme?.value }));
    this.root.replaceChildren(this.lang, this.theme);
  }

  /** @param {Translate} t */
  translate(t) {
    this.t = t;
    this.build();
    if (this.model) this.update(this.model);
  }

  /** @param {{lang: string, theme: string}} model */
  update(model) {
    this.model = model;
    if (this.lang) this.lang.value = model.lang;
    if (this.theme) this.theme.value = model.theme;
  }

  /** @param {Record<string, unknown>} patch */
  #say(patch) {
    this.dispatchEvent(new CustomEvent("choose", { detail: { patch } }));
  }
}
