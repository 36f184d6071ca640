/**
 * Language and theme, and a link to all that is seen. Emits "choose" {patch} and "link".
 *
 * @import { Translate } from "../../types.js"
 */

import { h } from "../base/dom.js";

/** Milliseconds that a confirmation stays. */
const SAID = 4000;

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
    this.link = h(
      "button",
      {
        title: t("header.linkHelp"),
        "data-testid": "copy-link",
        click: () => this.dispatchEvent(new CustomEvent("link")),
      },
      t("header.link"),
    );
    this.said = h("span.header-said", { role: "status", "data-testid": "link-said" });
    this.root.replaceChildren(this.said, this.link, this.lang, this.theme);
  }

  /** @param {string} link that could not be copied: it is shown, to be copied by hand; empty: it is copied */
  copied(link) {
    const { said, t } = this;
    if (!said) return;
    clearTimeout(this.timer);
    said.replaceChildren(t(link ? "header.uncopied" : "header.copied"));
    if (!link) {
      this.timer = setTimeout(() => said.replaceChildren(), SAID);
      return;
    }
    const field = h("input", { type: "text", readonly: true, value: link, "aria-label": t("header.link") });
    said.append(field);
    field.select();
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
