/**
 * Where the picture comes from: photos with their credits, drawn patterns, a file, a drop, a paste.
 * Emits "choose" {id} and "file" {file}.
 *
 * @import { Translate } from "../../types.js"
 * @typedef {{id: string, title: string, credit: string, thumbnail: string, drawn: boolean}} Item drawn by the server, not taken
 * @typedef {{items: Item[], image: string, busy: boolean, error: string}} GalleryModel
 */

import { h, rebuild, setAttr, setText, show } from "../base/dom.js";

const ACCEPT = "image/png,image/jpeg,image/webp,image/gif,image/bmp";

export class GalleryView extends EventTarget {
  /** @param {HTMLElement} root @param {Translate} t */
  constructor(root, t) {
    super();
    this.root = root;
    this.t = t;
    this.#listen();
    this.build();
  }

  build() {
    const { t } = this;
    const strip = (/** @type {string} */ label, more = "") =>
      h("div", { class: `strip${more}`, role: "group", "aria-label": label, tabindex: "-1" });
    this.strip = strip(t("gallery.samples"));
    this.patterns = strip(t("gallery.patterns"), " drawn");
    this.file = h("input.visually-hidden", {
      type: "file",
      accept: ACCEPT,
      id: "file",
      "data-testid": "file",
    });
    this.file.addEventListener("change", () => {
      const file = this.file?.files?.[0];
      if (this.file) this.#take(file);
      if (this.file) this.file.value = "";
    });
    this.busy = h("span.muted", { role: "status" });
    const pick = h("label.file-button", this.file, h("span.file-text", t("gallery.open")));
    this.credit = h("p.field-help", { "data-testid": "credit" });
    /** Of what the picture in use was brought into sight. @type {string} */
    this.revealed = "";
    this.error = h("p.field-error", { role: "alert", hidden: true, "data-testid": "error-image" });
    const words = h("div.gallery-words", h("span.muted", t("gallery.hint")), this.busy);
    this.root.replaceChildren(
      h("div.gallery-row", pick, words, this.strip),
      this.error,
      h(
        "div.gallery-below",
        this.credit,
        h(
          "div.gallery-patterns",
          h("span.muted", { "aria-hidden": "true" }, t("gallery.patterns")),
          this.patterns,
        ),
      ),
    );
  }

  /** @param {Translate} t */
  translate(t) {
    this.t = t;
    this.build();
    if (this.model) this.update(this.model);
  }

  /** @param {GalleryModel} model */
  update(model) {
    this.model = model;
    const { items, image, busy, error } = model;
    if (!this.strip || !this.patterns || !this.credit || !this.error || !this.busy) return;
    for (const strip of [this.strip, this.patterns]) {
      const own = items.filter(({ drawn }) => drawn === (strip === this.patterns));
      // One more picture must not make the browser show all the others anew.
      const there = new Map([...strip.children].map((button) => [/** @type {any} */ (button).item, button]));
      rebuild(strip, JSON.stringify(own), () =>
        own.map((item) => there.get(JSON.stringify(item)) ?? this.#item(item)),
      );
      for (const button of strip.querySelectorAll("button"))
        setAttr(button, "aria-pressed", String(button.dataset.id === image));
    }
    const current = items.find((item) => item.id === image);
    setText(this.credit, current ? [current.title, current.credit].filter(Boolean).join(" · ") : "");
    setText(this.busy, busy ? this.t("gallery.busy") : "");
    setText(this.error, error);
    show(this.error, error !== "");
    const revealed = `${items.length} ${image}`;
    if (revealed !== this.revealed) requestAnimationFrame(() => this.#reveal());
    this.revealed = revealed;
  }

  /** The picture in use is in sight of its strip; the page itself does not scroll. */
  #reveal() {
    const one = this.root.querySelector(".strip [aria-pressed='true']");
    const strip = one?.closest(".strip");
    if (!one || !strip) return;
    const [inner, outer] = [one.getBoundingClientRect(), strip.getBoundingClientRect()];
    if (inner.left < outer.left || inner.right > outer.right)
      strip.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2;
  }

  /** @param {Item} item */
  #item(item) {
    const { id, title, thumbnail } = item;
    const click = () => this.dispatchEvent(new CustomEvent("choose", { detail: { id } }));
    const picture = h("img", { src: thumbnail, alt: "", width: "48", height: "48", loading: "lazy" });
    const button = h(
      "button",
      { "aria-label": title, title, "data-id": id, "data-testid": `sample-${id}`, click },
      picture,
    );
    return Object.assign(button, { item: JSON.stringify(item) });
  }

  #listen() {
    document.addEventListener("dragover", (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      document.documentElement.dataset.drop = "over";
    });
    document.addEventListener("dragleave", (event) => {
      if (!event.relatedTarget) delete document.documentElement.dataset.drop;
    });
    document.addEventListener("drop", (event) => {
      delete document.documentElement.dataset.drop;
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      this.#take(event.dataTransfer.files[0]);
    });
    document.addEventListener("paste", (event) => {
      const file = event.clipboardData?.files[0];
      if (!file) return;
      event.preventDefault();
      this.#take(file);
    });
  }

  /** @param {File | undefined} file */
  #take(file) {
    if (file) this.dispatchEvent(new CustomEvent("file", { detail: { file } }));
  }
}
