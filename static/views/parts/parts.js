/**
 * The parts before the whole: a picture of what each channel gives, "+" between them, the bias, "=" their sum, and
 * what an activation makes of it. Emits what panes do: "point" {pane, y, x, by}, "pin" {pane, y, x}, "leave"; and
 * "source" {channel} and "reach" {channel} where the map that a part was made of is clicked, or pointed at.
 *
 * @import { FeatureMap, Trace, Translate } from "../../types.js"
 * @import { Cell, Look } from "./part.js"
 * @typedef {object} PartsModel
 * @property {FeatureMap[] | null} maps null: not there yet
 * @property {string[]} names
 * @property {FeatureMap} sum
 * @property {string} sumName
 * @property {number | null} bias
 * @property {FeatureMap | null} after
 * @property {string} activation
 * @property {Look} look of all
 * @property {Look | null} apart of what comes after the activation, where that has a scale of its own
 * @property {Cell | null} cell
 * @property {Trace | null} trace of that cell
 * @property {{map: FeatureMap, look: Look, said: string, chosen: boolean}[]} [sources] what each part was made of
 * @property {number[]} [order] which of the trace's parts each part is, where they are not in order
 * @property {number} [most] so many are drawn unasked
 * @property {string} [result] what the activation makes of the cell, where the trace does not say it
 */

import { printed } from "../../draw/values.js";
import { cellUnder } from "../base/cells.js";
import { give, h, rebuild, setAttr, setText, show, uniqueId } from "../base/dom.js";
import { View } from "../base/view.js";
import { LegendView } from "../frame/legend.js";
import { moved, wished } from "../pane/keys.js";
import { Part } from "./part.js";
import { partsAt } from "./words.js";

/** More are drawn when asked for. */
const MOST = 16;
/** Cells that a page key moves by. */
const PAGE = 20;

/** @extends {View<PartsModel>} */
export class PartsView extends View {
  whole = false;
  /** @type {Part[]} */
  each = [];
  sum = new Part("sum");
  after = new Part("after");
  row = h("div.parts-row.wrap");
  more = h("button.small", {
    hidden: true,
    "data-testid": "parts-more",
    click: () => {
      this.whole = !this.whole;
      this.refresh();
    },
  });
  line = h("p.parts-line", { "data-testid": "parts-line" });
  legends = [0, 1].map(() => this.within(new LegendView(h("div"), this.t)));
  own = h("p.field-help", { hidden: true }, this.word("parts.own"));
  keys = h("p.visually-hidden", { id: uniqueId("parts-keys") }, this.word("parts.keys"));
  rest = h(
    "div",
    this.row,
    this.more,
    this.line,
    ...this.legends.map(({ root }) => root),
    this.own,
    this.keys,
  );

  /** @param {HTMLElement} root @param {Translate} t */
  constructor(root, t) {
    super(root, t);
    this.fill(h("p.field-help", this.word("parts.about")), this.rest);
    this.#listen();
  }

  #listen() {
    const { row, sum } = this;
    let last = "";
    const tell = (/** @type {string} */ type, /** @type {object} */ detail = {}) =>
      this.emit(type, { pane: "output", ...detail });
    row.addEventListener("pointermove", (event) => {
      const cell = this.#cellAt(event);
      if (!cell || String([cell.y, cell.x]) === last) return;
      last = String([cell.y, cell.x]);
      tell("point", { ...cell, by: "pointer" });
    });
    for (const [type, said] of [
      ["click", "source"],
      ["pointerover", "reach"],
      ["focusin", "reach"],
    ])
      row.addEventListener(type, ({ target }) => {
        const button = /** @type {Element} */ (target).closest(".part-source");
        const part = button && this.each.find((one) => one.button === button);
        if (part?.map) tell(said, { channel: part.map.channel });
      });
    row.addEventListener("click", (event) => {
      const cell = this.#cellAt(event);
      if (cell) tell("pin", cell);
    });
    const leave = () => {
      last = "";
      tell("leave");
    };
    row.addEventListener("pointerleave", leave);
    sum.view.addEventListener("blur", leave);
    give(sum.view, { tabindex: "0", role: "application", "aria-describedby": this.keys.id });
    sum.view.addEventListener("keydown", (event) => {
      const { map } = sum;
      const from = this.model?.cell;
      if (!map || !from) return;
      const cell = moved(event, from, { rows: map.height, columns: map.width, page: PAGE });
      if (cell) tell("point", { ...cell, by: "keys" });
      else if (wished(event) === "pin") tell("pin", from);
      else return;
      event.preventDefault();
    });
  }

  /** @param {MouseEvent} event @returns {Cell | null} */
  #cellAt(event) {
    const view = /** @type {Element} */ (event.target).closest(".part-view");
    const map = [...this.each, this.sum, this.after].find((part) => part.view === view)?.map;
    return view && map ? cellUnder(view, event, map.height, map.width) : null;
  }

  /** @override @param {PartsModel} model */
  draw(model) {
    const { maps, names, bias, after, activation, look, apart } = model;
    show(this.rest, maps !== null);
    if (!maps) return;
    const { t } = this;
    const most = model.most ?? MOST;
    const count = this.whole ? maps.length : Math.min(maps.length, most);
    while (this.each.length < count) this.each.push(new Part(String(this.each.length)));
    const key = [t.lang, count, maps.length, bias, activation];
    rebuild(this.row, key, () => this.#row(count, maps.length, bias, activation));
    this.#fill(model);
    show(this.more, maps.length > most);
    setText(this.more, t(this.whole ? "parts.few" : "parts.all", { count: maps.length }));
    this.legends[0].update({ ...look, label: t(apart ? "parts.legend" : "legend.value") });
    show(this.legends[1].root, apart !== null);
    show(this.own, apart !== null);
    if (apart) this.legends[1].update({ ...apart, label: activation });
    const at = model.trace && partsAt(model.trace, names, activation, t, model);
    const marked = (/** @type {Part} */ part, /** @type {string | undefined} */ value) =>
      part.point(model.cell, value ?? "");
    for (let n = 0; n < count; n++) marked(this.each[n], at?.each[n]);
    marked(this.sum, at?.sum);
    if (after) marked(this.after, at?.after);
    setText(this.line, at && model.cell ? `${t("sum.where", { ...model.cell })}: ${at.line}` : "");
  }

  /** @param {PartsModel} model */
  #fill({ maps, names, sum, sumName, after, activation, look, apart, sources }) {
    const { t } = this;
    /** @param {Part} part @param {FeatureMap} map @param {Look} how @param {string} name */
    const fill = (part, map, how, name) => {
      const [min, max] = [printed(map.min), printed(map.max)];
      part.update(
        map,
        how,
        name,
        t("parts.picture", { name, min, max, width: map.width, height: map.height }),
      );
    };
    for (const [n, part] of this.each.entries()) {
      if (maps?.[n]) fill(part, maps[n], look, names[n]);
      part.comes(sources?.[n]);
    }
    fill(this.sum, sum, look, t("parts.sum", { name: sumName }));
    if (after) fill(this.after, after, apart ?? look, t("parts.after", { name: activation }));
  }

  /** @param {number} count @param {number} of @param {number | null} bias @param {string} activation @returns {Node[]} */
  #row(count, of, bias, activation) {
    const { t } = this;
    const sign = (/** @type {string} */ text) => h("span.part-sign", text);
    const term = (/** @type {string} */ text, /** @type {...Node} */ ...nodes) =>
      h("div.part-term", sign(text), ...nodes);
    const shown = this.each.slice(0, count);
    for (const { view } of [...shown, this.after]) setAttr(view, "role", "img");
    const figures = count + 1 + (activation ? 1 : 0);
    this.row.style.setProperty("--count", String(figures));
    this.row.style.setProperty("--bias", bias === null ? "0px" : "90px");
    return [
      ...shown.map(({ element }, n) => term(n > 0 ? "+" : "", element)),
      ...(count < of ? [h("div.part-term", sign("+ …"))] : []),
      ...(bias === null
        ? []
        : [
            term(
              "+",
              h(
                "div.part-bias.note",
                { "data-testid": "part-bias" },
                t("sum.step.bias"),
                h("strong", printed(bias)),
              ),
            ),
          ]),
      term("=", this.sum.element),
      ...(activation ? [term("→", this.after.element)] : []),
    ];
  }
}
