/**
 * What the net is given: the way from the photo to its input, picture by picture, and the pointed cell's numbers on it.
 *
 * @import { FeatureMap } from "../../../types.js"
 * @import { Steps } from "./words.js"
 * @typedef {object} GivenModel
 * @property {(Steps & {height: number, width: number}) | null} steps null: not there yet
 * @property {string} url of the upright picture
 * @property {FeatureMap[]} resized levels before they are inverted, a map for each channel in the net's order
 * @property {FeatureMap[]} levels
 * @property {FeatureMap[]} values its levels are the numbers that the net is given
 * @property {number[]} colours which channels are red, green and blue; or the one there is
 * @property {string[]} names of the channels
 * @property {{colormap: string, lo: number, hi: number, signed: boolean}} look of the values
 */

import { exact } from "../../../draw/numbers.js";
import { cellUnder } from "../../base/cells.js";
import { give, h, rebuild, setText, show, uniqueId } from "../../base/dom.js";
import { View } from "../../base/view.js";
import { LegendView } from "../../frame/legend.js";
import { moved } from "../../pane/keys.js";
import { GivenPicture, UprightPicture } from "./picture.js";
import { cellText, divides, sentences } from "./words.js";

const LEVELS = { lo: 0, hi: 255 };
/** Cells that a page key moves by. */
const PAGE = 20;

/** @extends {View<GivenModel>} */
export class GivenView extends View {
  /** Where it was pointed last; null: the middle. @type {{y: number, x: number} | null} */
  cell = null;
  upright = new UprightPicture();
  resized = new GivenPicture("resized");
  inverted = new GivenPicture("inverted");
  /** @type {GivenPicture[]} */
  levels = [];
  /** @type {GivenPicture[]} */
  values = [];
  row = h("div.given-row.wrap");
  legend = this.within(new LegendView(h("div"), this.t));
  table = h("table.given-table", { "data-testid": "given-table" });
  list = h("ol.given-steps", { "data-testid": "given-steps" });
  said = h("p.visually-hidden", { "aria-live": "polite" });
  keys = h("p.visually-hidden", { id: uniqueId("given-keys") }, this.word("net.given.keys"));

  /** @param {ConstructorParameters<typeof View>} place */
  constructor(...place) {
    super(...place);
    this.fill(
      this.row,
      this.legend.root,
      h("p.field-help", this.word("net.given.hint")),
      // It can be too wide for a narrow screen: then it is scrolled, by the keyboard too.
      h(
        "div.given-numbers",
        { role: "group", tabindex: "0", "aria-label": this.word("net.given.numbers") },
        this.table,
      ),
      this.list,
      this.said,
      this.keys,
    );
    this.#listen();
  }

  #listen() {
    const { row, resized } = this;
    row.addEventListener("pointermove", (event) => {
      const view = /** @type {Element} */ (event.target).closest("[data-cells]");
      const { steps } = this.model ?? {};
      if (!view || !steps) return;
      this.#point(cellUnder(view, event, steps.height, steps.width));
    });
    give(resized.view, { tabindex: "0", role: "application", "aria-describedby": this.keys.id });
    resized.view.addEventListener("keydown", (event) => {
      const { steps } = this.model ?? {};
      if (!steps) return;
      const cell = moved(event, this.#at, { rows: steps.height, columns: steps.width, page: PAGE });
      if (!cell) return;
      event.preventDefault();
      this.#point(cell);
      const cells = [...this.table.querySelectorAll("[data-cell]")].map(
        (one, at) => `${this.model?.names[at]}: ${one.textContent}`,
      );
      setText(this.said, `${this.t("net.given.cell", cell)}: ${cells.join("; ")}`);
    });
  }

  /** The cell that is told of. */
  get #at() {
    const { height = 1, width = 1 } = this.model?.steps ?? {};
    const { y, x } = this.cell ?? { y: Math.floor(height / 2), x: Math.floor(width / 2) };
    return { y: Math.min(y, height - 1), x: Math.min(x, width - 1) };
  }

  /** @override @param {GivenModel} model */
  draw({ steps, url, resized, levels, values, colours, names, look }) {
    const { t } = this;
    show(this.root, steps !== null);
    if (!steps) return;
    const { height, width } = steps;
    while (this.levels.length < levels.length) {
      this.levels.push(new GivenPicture(`level-${this.levels.length}`));
      this.values.push(new GivenPicture(`value-${this.values.length}`));
    }
    const key = [t.lang, levels.length, steps.invert, divides(steps)];
    rebuild(this.row, key, () => this.#row(levels.length, steps.invert, divides(steps)));
    const [rows, columns] = steps.picture;
    this.upright.update({
      url,
      name: t("net.given.upright", { rows, columns }),
      picture: steps.picture,
      square: steps.square,
    });
    const pick = (/** @type {FeatureMap[]} */ maps) => colours.map((at) => maps[at].levels);
    this.resized.title(t("net.given.resized", { height, width }));
    this.resized.colours(width, height, pick(resized));
    this.inverted.title(t("net.given.inverted"));
    this.inverted.colours(width, height, pick(levels));
    for (const [at, name] of names.entries()) {
      this.levels[at].title(name);
      this.levels[at].numbers(levels[at], LEVELS, "grey");
      this.values[at].title(t("net.given.value", { name }));
      this.values[at].numbers(values[at], look, look.colormap);
    }
    this.legend.update({ ...look, label: t("net.given.legend") });
    const told = sentences(steps, names, t);
    rebuild(this.list, told, () =>
      told.map(({ key, what, back }) => h("li", { "data-step": key }, what, " ", h("span.given-back", back))),
    );
    this.#numbers();
  }

  /** @param {number} count of channels @param {boolean} invert @param {boolean} divide */
  #row(count, invert, divide) {
    const { t } = this;
    const step = (/** @type {string} */ name, /** @type {Node} */ result) =>
      h("div.given-step", h("div.given-arrow", h("span", t(`net.given.arrow.${name}`))), result);
    const stack = (/** @type {GivenPicture[]} */ pictures) =>
      h("div.given-stack", ...pictures.slice(0, count).map(({ element }) => element));
    return [
      this.upright.element,
      step("resize", this.resized.element),
      ...(invert ? [step("invert", this.inverted.element)] : []),
      step(count > 1 ? "channels" : "grey", stack(this.levels)),
      step(divide ? "both" : "subtract", stack(this.values)),
    ];
  }

  /** @param {{y: number, x: number}} cell */
  #point(cell) {
    if (this.cell?.y === cell.y && this.cell.x === cell.x) return;
    this.cell = cell;
    this.#numbers();
  }

  #numbers() {
    const { model, t } = this;
    if (!model?.steps) return;
    const { steps, names, resized, levels, values } = model;
    const { height, width } = steps;
    const { y, x } = this.#at;
    const at = y * width + x;
    for (const picture of [this.resized, this.inverted, ...this.levels, ...this.values])
      picture.point({ y, x, height, width });
    const [top, left, side] = steps.square;
    const [rows, columns] = steps.picture;
    const [inY, inX] = [top + ((y + 0.5) * side) / height - 0.5, left + ((x + 0.5) * side) / width - 0.5];
    this.upright.point({ y: inY, x: inX, height: rows, width: columns });
    const cells = names.map((_, channel) =>
      cellText(
        {
          resized: resized[channel].levels[at],
          level: levels[channel].levels[at],
          value: values[channel].levels[at],
        },
        ...[steps, channel],
      ),
    );
    rebuild(this.table, [t.lang, y, x, cells, steps], () => this.#rows(steps, names, cells, { y, x }));
  }

  /** @param {Steps} steps @param {string[]} names @param {string[]} cells @param {{y: number, x: number}} cell */
  #rows(steps, names, cells, cell) {
    const { t } = this;
    const divided = divides(steps);
    const keys = ["levels", "less", ...(divided ? ["by"] : []), "given"];
    const heads = [t("net.given.col.channel"), t("net.given.cell", cell)];
    heads.push(...keys.map((key) => t(`net.given.col.${key}`)));
    const range = (/** @type {number} */ from, /** @type {number} */ to) =>
      t("net.given.range", { from: exact(from), to: exact(to) });
    const rows = names.map((name, at) => {
      const { levels, subtract, divide, min, max } = steps;
      const texts = [range(levels[at][0], levels[at][1]), exact(subtract[at])];
      if (divided) texts.push(exact(divide[at]));
      texts.push(range(min[at], max[at]));
      return h(
        "tr",
        h("th", { scope: "row" }, name),
        h("td", { "data-cell": true }, cells[at]),
        ...texts.map((text) => h("td", text)),
      );
    });
    const head = h("tr", ...heads.map((text) => h("th", { scope: "col" }, text)));
    return [h("thead", head), h("tbody", ...rows)];
  }
}
