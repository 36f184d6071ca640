/**
 * Numbers, their weights and the products, each on a sheet of its own: the same place is marked on all of them, by the
 * pointer or by the arrow keys, and said in words. Emits "look" {index} when one is chosen.
 *
 * @import { Layout } from "./dense_sheet.js"
 * @typedef {{title: string, numbers: ArrayLike<number>, colormap: string, layout?: Layout}} SheetModel layout: if another
 * @typedef {{sheets: SheetModel[], layout: Layout, label: string, told: (index: number) => string}} SheetsModel
 */

import { clip } from "../../../draw/clip.js";
import { h, setAttr, setText } from "../../base/dom.js";
import { Emitter } from "../../base/emitter.js";
import { combined } from "../../pane/keys.js";
import { Sheet } from "./dense_sheet.js";

export class Sheets extends Emitter {
  row = h("div.sheets", { tabindex: "0", role: "group" });
  told = h("p.sheets-told", { "aria-live": "polite", "data-testid": "sheets-told" });
  element = h("div", this.row, this.told);
  /** @type {Sheet[]} */
  sheets = [];
  /** @type {number | null} */
  index = null;
  /** @type {SheetsModel | null} */
  model = null;

  constructor() {
    super();
    this.#listen();
  }

  /** @param {SheetsModel} model */
  update(model) {
    this.model = model;
    if (this.sheets.length !== model.sheets.length) {
      this.sheets = model.sheets.map(() => new Sheet());
      this.row.replaceChildren(...this.sheets.map(({ element }) => element));
    }
    model.sheets.forEach(({ title, numbers, colormap, layout }, at) => {
      this.sheets[at].update(numbers, layout ?? model.layout, title, colormap);
      setAttr(this.sheets[at].element, "data-row", layout !== undefined);
    });
    setAttr(this.row, "aria-label", model.label);
    if (this.index !== null && this.index >= this.#count) this.index = null;
    this.mark(this.index);
  }

  get #count() {
    const { maps, height, width } = this.model?.layout ?? { maps: 0, height: 0, width: 0 };
    return maps * height * width;
  }

  /** @param {number | null} index */
  mark(index) {
    this.index = index;
    for (const sheet of this.sheets) sheet.mark(index);
    setText(this.told, index === null ? "" : (this.model?.told(index) ?? ""));
  }

  #listen() {
    const { row } = this;
    const under = (/** @type {PointerEvent} */ event) =>
      this.sheets.find(({ box }) => box.contains(/** @type {Node} */ (event.target)))?.at(event) ?? null;
    row.addEventListener("pointermove", (event) => this.mark(under(event)));
    row.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && this.mark(null));
    row.addEventListener("click", (event) => this.#choose(under(/** @type {PointerEvent} */ (event))));
    row.addEventListener("keydown", (event) => {
      if (combined(event)) return;
      if (event.key === "Enter") return this.#choose(this.index);
      const next = this.#beside(event.key);
      if (next === null) return;
      event.preventDefault();
      this.mark(clip(next, 0, this.#count - 1));
    });
  }

  /** @param {string} key @returns {number | null} */
  #beside(key) {
    const at = this.index ?? 0;
    if (key === "Home") return 0;
    if (key === "End") return this.#count - 1;
    const { width, height } = this.model?.layout ?? { width: 1, height: 1 };
    const line = height * width > 1 ? width : (this.sheets[0]?.layout.columns ?? 1);
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: line, ArrowUp: -line }[key];
    return step === undefined ? null : this.index === null ? 0 : at + step;
  }

  /** @param {number | null} index */
  #choose(index) {
    if (index !== null) this.emit("look", { index });
  }
}
