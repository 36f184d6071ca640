/**
 * Where the picture comes from: photos with their credits, drawn patterns, a file, a drop, a paste.
 * Emits "choose" {id} and "file" {file}.
 *
 * @typedef {{id: string, title: string, credit: string, thumbnail: string, drawn: boolean}} Item drawn by the server, not taken
 * @typedef {{items: Item[], image: string, busy: boolean, error: string}} GalleryModel
 */

import { h, rebuild, say, setAttr, setText } from "../base/dom.js";
import { View } from "../base/view.js";

const ACCEPT = "image/png,image/jpeg,image/webp,image/gif,image/bmp";

/** @extends {View<GalleryModel>} */
export class GalleryView extends View {
  strip = h("div.strip", { role: "group", "aria-label": this.word("gallery.samples"), tabindex: "-1" });
  patterns = h("div.strip.drawn", {
    role: "group",
    "aria-label": this.word("gallery.patterns"),
    tabindex: "-1",
  });
  file = h("input.visually-hidden", {
    type: "file",
    accept: ACCEPT,
    id: "file",
    "data-testid": "file",
    change: () => {
      this.#take(this.file.files?.[0]);
      this.file.value = "";
    },
  });
  busy = h("span.muted", { role: "status" });
  credit = h("p.field-help", { "data-testid": "credit" });
  error = h("p.field-error", { role: "alert", hidden: true, "data-testid": "error-image" });
  /** Of what the picture in use was brought into sight. */
  revealed = "";
  element = this.fill(
    h(
      "div.gallery-row",
      h("label.file-button", this.file, h("span.file-text", this.word("gallery.open"))),
      h("div.gallery-words", h("span.muted", this.word("gallery.hint")), this.busy),
      this.strip,
    ),
    this.error,
    h(
      "div.gallery-below",
      this.credit,
      h(
        "div.gallery-patterns",
        h("span.muted", { "aria-hidden": true }, this.word("gallery.patterns")),
        this.patterns,
      ),
    ),
  );

  /** @param {ConstructorParameters<typeof View>} place */
  constructor(...place) {
    super(...place);
    this.#listen();
  }

  /** @override @param {GalleryModel} model */
  draw({ items, image, busy, error }) {
    for (const strip of [this.strip, this.patterns]) {
      const own = items.filter(({ drawn }) => drawn === (strip === this.patterns));
      // One more picture must not make the browser show all the others anew.
      const there = new Map([...strip.children].map((button) => [/** @type {any} */ (button).item, button]));
      rebuild(strip, own, () => own.map((item) => there.get(JSON.stringify(item)) ?? this.#item(item)));
      for (const button of strip.querySelectorAll("button"))
        setAttr(button, "aria-pressed", button.dataset.id === image);
    }
    const current = items.find((item) => item.id === image);
    setText(this.credit, current ? [current.title, current.credit].filter(Boolean).join(" · ") : "");
    setText(this.busy, busy ? this.t("gallery.busy") : "");
    say(this.error, error);
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
    const click = () => this.emit("choose", { id });
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
    if (file) this.emit("file", { file });
  }
}
