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
import { h, rebuild, setAttr, setText, show, uniqueId } from "../base/dom.js";
import { LegendView } from "../frame/legend.js";
import { moved, wished } from "../pane/keys.js";
import { Part } from "./part.js";
import { partsAt } from "./words.js";

/** More are drawn when asked for. */
const MOST = 16;
/** Cells that a page key moves by. */
const PAGE = 20;

export class PartsView extends EventTarget {
  /** @param {HTMLElement} root @param {Translate} t */
  constructor(root, t) {
    super();
    this.root = root;
    this.t = t;
    /** @type {PartsModel | null} */
    this.model = null;
    this.whole = false;
    /** @type {Part[]} */
    this.each = [];
    this.sum = new Part("sum");
    this.after = new Part("after");
    this.about = h("p.field-help");
    this.row = h("div.parts-row");
    this.more = h("button.small", { hidden: true, "data-testid": "parts-more" });
    this.line = h("p.parts-line", { "data-testid": "parts-line" });
    this.places = [h("div"), h("div")];
    this.legends = this.places.map((place) => new LegendView(place, t));
    this.keys = h("p.visually-hidden", { id: uniqueId("parts-keys") });
    this.own = h("p.field-help", { hidden: true });
    this.rest = h("div", this.row, this.more, this.line, this.places[0], this.places[1], this.own, this.keys);
    root.replaceChildren(this.about, this.rest);
    this.#listen();
    this.translate(t);
  }

  /** @param {Translate} t */
  translate(t) {
    this.t = t;
    setText(this.about, t("parts.about"));
    setText(this.keys, t("parts.keys"));
    setText(this.own, t("parts.own"));
    for (const legend of this.legends) legend.translate(t);
    if (this.model) this.update(this.model);
  }

  #listen() {
    const { row, sum } = this;
    let last = "";
    const tell = (/** @type {string} */ type, /** @type {object} */ detail = {}) =>
      this.dispatchEvent(new CustomEvent(type, { detail: { pane: "output", ...detail } }));
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
    setAttr(sum.view, "tabindex", "0");
    setAttr(sum.view, "role", "application");
    setAttr(sum.view, "aria-describedby", this.keys.id);
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
    this.more.addEventListener("click", () => {
      this.whole = !this.whole;
      if (this.model) this.update(this.model);
    });
  }

  /** @param {MouseEvent} event @returns {Cell | null} */
  #cellAt({ target, clientX, clientY }) {
    const view = /** @type {Element} */ (target).closest(".part-view");
    const map = [...this.each, this.sum, this.after].find((part) => part.view === view)?.map;
    if (!view || !map) return null;
    const { left, top, width, height } = view.getBoundingClientRect();
    const at = (/** @type {number} */ share, /** @type {number} */ size) =>
      Math.min(Math.max(Math.floor(share * size), 0), size - 1);
    return { y: at((clientY - top) / height, map.height), x: at((clientX - left) / width, map.width) };
  }

  /** @param {PartsModel} model */
  update(model) {
    this.model = model;
    const { maps, names, bias, after, activation, look, apart } = model;
    show(this.rest, maps !== null);
    if (!maps) return;
    const { t } = this;
    const most = model.most ?? MOST;
    const count = this.whole ? maps.length : Math.min(maps.length, most);
    while (this.each.length < count) this.each.push(new Part(String(this.each.length)));
    const key = JSON.stringify([t.lang, count, maps.length, bias, activation]);
    rebuild(this.row, key, () => this.#row(count, maps.length, bias, activation));
    this.#fill(model);
    show(this.more, maps.length > most);
    setText(this.more, t(this.whole ? "parts.few" : "parts.all", { count: maps.length }));
    this.legends[0].update({ ...look, label: t(apart ? "parts.legend" : "legend.value") });
    show(this.places[1], apart !== null);
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
                "div.part-bias",
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
