/** Language and theme, and a link to all that is seen. Emits "choose" {patch} and "link". */

import { h } from "../base/dom.js";
import { View } from "../base/view.js";

/** Milliseconds that a confirmation stays. */
const SAID = 4000;

/** Each language in its own words, for whoever cannot read the present one. */
const LANGUAGES = { en: "English", zh: "中文" };

/** @extends {View<{lang: string, theme: string}>} */
export class HeaderView extends View {
  lang = h(
    "select",
    {
      "aria-label": this.word("header.language"),
      "data-testid": "lang",
      change: () => this.emit("choose", { patch: { lang: this.lang.value } }),
    },
    ...Object.entries(LANGUAGES).map(([value, name]) => h("option", { value, lang: value }, name)),
  );
  theme = h(
    "select",
    {
      "aria-label": this.word("header.theme"),
      "data-testid": "theme",
      change: () => this.emit("choose", { patch: { theme: this.theme.value } }),
    },
    ...["auto", "light", "dark"].map((value) => h("option", { value }, this.word(`theme.${value}`))),
  );
  link = h(
    "button",
    { title: this.word("header.linkHelp"), "data-testid": "copy-link", click: () => this.emit("link") },
    this.word("header.link"),
  );
  said = h("span.header-said", { role: "status", "data-testid": "link-said" });
  element = this.fill(this.said, this.link, this.lang, this.theme);

  /** @param {string} link that could not be copied: it is shown, to be copied by hand; empty: it is copied */
  copied(link) {
    const { said, t } = this;
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

  /** @override @param {{lang: string, theme: string}} model */
  draw({ lang, theme }) {
    this.lang.value = lang;
    this.theme.value = theme;
  }
}
