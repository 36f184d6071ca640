/**
 * The same in code: what it is of, the language, the text, and a button that copies it. Emits "of" {of} and
 * "language" {language}.
 *
 * @typedef {{of: string, offered: string[], language: string, texts: Record<string, string> | null,
 *   fits: boolean, late?: boolean}} CodeModel fits: whether the texts are of what is set; late: whether such are under way
 */

import { copy } from "../base/copy.js";
import { h, setAttr, setText, show } from "../base/dom.js";
import { View } from "../base/view.js";
import { NamedChoice, optionsOf } from "../fields/named.js";

/** @type {Record<string, string>} */
const LANGUAGES = { curl: "curl", python: "Python", numpy: "NumPy", torch: "PyTorch" };

/** @extends {View<CodeModel>} */
export class CodeView extends View {
  of = new NamedChoice("code-of", this.word("code.of"), (of) => this.emit("of", { of }));
  language = new NamedChoice("code-language", this.word("code.language"), (language) =>
    this.emit("language", { language }),
  );
  about = h("p.field-help", { "data-testid": "code-about" });
  said = h("span.code-said", { role: "status", "data-testid": "code-said" });
  text = h("code", { "data-testid": "code-text" });
  pre = h("pre.code-text", { tabindex: "0", role: "region", translate: "no" }, this.text);
  row = h(
    "div.code-row.wrap.row",
    this.about,
    this.said,
    h("button", { click: () => this.#copy(), "data-testid": "code-copy" }, this.word("code.copy")),
  );
  element = this.fill(
    h("h3", this.word("code.title")),
    h("div.display", this.of.element, this.language.element),
    this.row,
    this.pre,
  );

  /** @override @param {CodeModel} model */
  draw({ of, offered, language, texts, fits, late = false }) {
    const { t } = this;
    const text = fits || late ? (texts?.[language] ?? "") : "";
    this.of.update(of, optionsOf(t, "code.of", offered));
    const languages = Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }));
    this.language.update(language, languages);
    setAttr(this.pre, "aria-label", t("code.text", { language: LANGUAGES[language] }));
    setText(this.about, t(`code.about.${language}`));
    if (this.text.textContent !== text) setText(this.said, "");
    setText(this.text, text);
    show(this.row, text !== "");
    show(this.pre, text !== "");
  }

  async #copy() {
    const done = await copy(this.text.textContent ?? "");
    setText(this.said, this.t(done ? "code.copied" : "code.uncopied"));
    if (!done) getSelection()?.selectAllChildren(this.text);
  }
}
