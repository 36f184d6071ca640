/**
 * A, B and B minus A: their pictures, what differs in the settings, and what that does to the numbers. Emits "pin",
 * "unpin", "swap", "back" and "cell" {y, x}.
 *
 * @import { Translate } from "../../types.js"
 * @import { Cell, MapModel } from "./map.js"
 * @typedef {{shapes: number[][], comparable: boolean, largest: number | null, at: number[] | null, mean: number | null,
 *   equal: number | null, undefined: number | null}} Told
 * @typedef {{pinned: boolean, changes?: string[], maps?: (MapModel | null)[] | null, told?: Told,
 *   cursor?: Cell | null}} CompareModel
 */

import { exact } from "../../draw/numbers.js";
import { h, rebuild, setText, show } from "../base/dom.js";
import { View } from "../base/view.js";
import { CompareMaps } from "./maps.js";

const BUTTONS = ["pin", "swap", "back", "unpin"];

/** @extends {View<CompareModel>} */
export class CompareView extends View {
  /** The cell that a hand is on. @type {Cell | null} */
  looked = null;
  buttons = BUTTONS.map((type) =>
    h("button", { click: () => this.#press(type), "data-testid": `compare-${type}` }),
  );
  about = h("p.compare-about", this.word("compare.about"));
  changes = h("p", { "data-testid": "compare-changes" });
  maps = this.within(new CompareMaps(this.t));
  why = h("p.compare-why", { "data-testid": "compare-why" });
  told = h("dl.compare-told.wrap");
  cell = h("p.compare-cell", { "data-testid": "compare-cell" });
  live = h("p.visually-hidden", { "aria-live": "polite", "data-testid": "compare-live" });
  rest = h("div.compare-rest", this.maps.element, this.cell, this.told);

  /** @param {HTMLElement} root @param {Translate} t */
  constructor(root, t) {
    super(root, t);
    // Where the difference would be.
    this.maps.element.append(this.why);
    this.fill(this.about, h("div.compare-bar.wrap", ...this.buttons), this.changes, this.rest, this.live);
    this.maps.on("look", (looked) => this.#look(looked));
    this.pass(this.maps, "cell");
    this.update({ pinned: false });
  }

  /** @override @param {CompareModel} model */
  draw({ pinned, changes = [], maps = null, told, cursor = null }) {
    const { t } = this;
    show(this.about, !pinned);
    const focused = this.buttons.find((button) => button === document.activeElement);
    this.buttons.forEach((button, at) => {
      setText(button, t(`compare.${at === 0 && pinned ? "again" : BUTTONS[at]}`));
      show(button, at === 0 || pinned);
    });
    // What was pressed may be gone.
    if (focused?.hidden) this.buttons[0].focus();
    const same = changes.length === 0;
    setText(
      this.changes,
      same ? t("compare.same") : t("compare.changes", { changes: changes.join(t("compare.between")) }),
    );
    show(this.changes, pinned);
    show(this.rest, maps !== null);
    if (!maps || !told) return;
    this.maps.update(maps, this.shown, cursor);
    this.#tell(told);
    this.#values();
  }

  /** The cell whose numbers are told. */
  get shown() {
    return this.looked ?? this.model?.cursor ?? null;
  }

  /** @param {string} type */
  #press(type) {
    this.emit(type);
    setText(this.live, this.t(`compare.done.${type}`));
  }

  /** @param {{cell: Cell | null, by: string}} at */
  #look({ cell, by }) {
    this.looked = cell;
    if (cell && by === "keys") this.maps.reveal(cell);
    this.maps.point(this.shown, this.model?.cursor ?? null);
    this.#values();
    if (by === "keys") setText(this.live, this.cell.textContent ?? "");
  }

  #values() {
    const { shown, t } = this;
    const [a, b, difference] = this.maps.all.map((map) => map.at(shown));
    show(this.cell, shown !== null && (a !== null || b !== null));
    if (!shown || this.cell.hidden) return;
    const values = { ...shown, a: exact(a), b: exact(b), difference: exact(difference) };
    setText(this.cell, t(difference === null ? "compare.cellApart" : "compare.cell", values));
  }

  /** @param {Told} told */
  #tell(told) {
    const { t } = this;
    const [[aRows, aColumns], [rows, columns]] = told.shapes;
    show(this.why, !told.comparable);
    show(this.told, told.comparable);
    const sizes = { a: `${aColumns} × ${aRows}`, b: `${columns} × ${rows}` };
    if (!told.comparable) return setText(this.why, t("compare.why", sizes));
    rebuild(this.told, `${t.lang} ${JSON.stringify(told)}`, () => this.#facts(told, rows * columns));
  }

  /** @param {Told} told @param {number} cells @returns {Node[]} */
  #facts({ largest, at, mean, equal, undefined: unknown }, cells) {
    const { t } = this;
    const count = (/** @type {number} */ number) => number.toLocaleString(t.lang);
    const share = Math.floor((1000 * (equal ?? 0)) / cells) / 10;
    const facts = [
      fact("largest", t("compare.largest"), exact(largest), at && largest !== 0 ? this.#where(at) : null),
      fact("mean", t("compare.mean"), exact(mean), null),
      fact(
        "equal",
        t("compare.equal"),
        t("compare.of", { equal: count(equal ?? 0), cells: count(cells), share }),
        null,
      ),
    ];
    if (unknown) facts.push(fact("undefined", t("compare.undefined"), count(unknown), null));
    return facts;
  }

  /** @param {number[]} at */
  #where([y, x]) {
    const go = () => {
      this.emit("cell", { y, x });
      this.maps.reveal({ y, x });
      setText(this.live, this.t("compare.went", { y, x }));
    };
    const text = this.t("compare.at", { y, x });
    return h("button.small", { click: go, "data-testid": "compare-at" }, text);
  }
}

/** @param {string} name @param {string} label @param {string} text @param {Node | null} more */
function fact(name, label, text, more) {
  const told = h("span", { "data-testid": `compare-${name}` }, text);
  return h("div", h("dt", label), h("dd", told, more));
}
