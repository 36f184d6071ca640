/**
 * The same in code: what it is of, the language, the text, and a button that copies it. Emits "of" {of} and
 * "language" {language}.
 *
 * @import { Translate } from "../../types.js"
 * @typedef {{of: string, offered: string[], language: string, texts: Record<string, string> | null,
 *   fits: boolean, late?: boolean}} CodeModel fits: whether the texts are of what is set; late: whether such are under way
 */

import { copy } from "../base/copy.js";
import { h, setText, show } from "../base/dom.js";
import { Choice } from "../fields/choice.js";

const LANGUAGES = { curl: "curl", python: "Python", numpy: "NumPy", torch: "PyTorch" };

export class CodeView extends EventTarget {
  /** @param {HTMLElement} root @param {Translate} t */
  constructor(root, t) {
    super();
    this.root = root;
    this.t = t;
    this.build();
  }

  build() {
    const { t } = this;
    this.of = new Choice("code-of", (of) => this.#say("of", { of }));
    this.language = new Choice("code-language", (language) => this.#say("language", { language }));
    this.copy = h("button", { click: () => this.#copy(), "data-testid": "code-copy" }, t("code.copy"));
    this.said = h("span.code-said", { role: "status", "data-testid": "code-said" });
    this.about = h("p.field-help", { "data-testid": "code-about" });
    this.text = h("code", { "data-testid": "code-text" });
    this.pre = h("pre.code-text", { tabindex: "0", role: "region", translate: "no" }, this.text);
    this.row = h("div.code-row", this.about, this.said, this.copy);
    this.root.replaceChildren(
      h("h3", t("code.title")),
      h(
        "div.display",
        pair("code-of-label", t("code.of"), this.of.element),
        pair("code-language-label", t("code.language"), this.language.element),
      ),
      this.row,
      this.pre,
    );
  }

  /** @param {Translate} t */
  translate(t) {
    this.t = t;
    this.build();
    if (this.model) this.update(this.model);
  }

  /** @param {CodeModel} model */
  update(model) {
    const { t } = this;
    const { of, offered, language, texts, fits, late = false } = model;
    const text = fits || late ? (texts?.[language] ?? "") : "";
    const other = this.text?.textContent !== text;
    this.model = model;
    const options = offered.map((value) => ({ value, label: t(`code.of.${value}`) }));
    this.of?.update({ value: of, options, labelledBy: "code-of-label" });
    const languages = Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }));
    this.language?.update({ value: language, options: languages, labelledBy: "code-language-label" });
    if (!this.text || !this.pre || !this.row || !this.about || !this.said) return;
    this.pre.setAttribute(
      "aria-label",
      t("code.text", { language: LANGUAGES[/** @type {"curl"} */ (language)] }),
    );
    setText(this.about, t(`code.about.${language}`));
    setText(this.text, text);
    if (other) setText(this.said, "");
    show(this.row, text !== "");
    show(this.pre, text !== "");
  }

  async #copy() {
    const done = await copy(this.text?.textContent ?? "");
    if (this.said) setText(this.said, this.t(done ? "code.copied" : "code.uncopied"));
    if (!done && this.text) getSelection()?.selectAllChildren(this.text);
  }

  /** @param {string} type @param {object} detail */
  #say(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** @param {string} id @param {string} label @param {HTMLElement} control */
function pair(id, label, control) {
  return h("div.inline", h("span.field-label", { id }, label), control);
}
