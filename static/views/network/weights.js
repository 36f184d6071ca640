/**
 * The weights of a layer: kernels as pictures, one weight each as bars and as one picture, the chosen kernel number by
 * number, what a map has of its own. Emits "map" {map, how}, "from" {from}, "sort" {sort} and "pick" {map, from}.
 *
 * @import { Translate } from "../../types.js"
 * @import { Ends, Sheet } from "./weights_kernels.js"
 * @import { Channel } from "./weights_table.js"
 * @import { Kind } from "./weights_words.js"
 * @typedef {{order: number[], sheets: (index: number) => Sheet[], ends: Ends[], colormap: string, signed: boolean}} Pictures of
 *   each map, or of each map that is read; the sheets of a kernel in the order of its channels
 * @typedef {object} WeightsModel
 * @property {Kind | null} kind null: not there yet
 * @property {string} name of the layer
 * @property {number[]} kernels maps, channels, height, width
 * @property {string} source what is read
 * @property {number} map
 * @property {string} mapName
 * @property {boolean} alike whether all kernels have one scale
 * @property {number} from which of the maps that are read
 * @property {string} sort
 * @property {Pictures | null} pictures null: there are no kernels
 * @property {number[] | null} colours which channels are red, green and blue
 * @property {string[]} channels their names
 * @property {Channel[]} chosen
 * @property {Float32Array[] | null} rows all weights, where there is one for each map and each map read
 * @property {Record<string, number[]>} vectors
 * @property {Record<string, Record<string, number[]>>} unit
 * @property {{min: number, max: number, mean: number, deviation: number} | null} stats
 * @property {{edges: number[], counts: number[]} | null} counted
 */

import { exact } from "../../draw/numbers.js";
import { h, rebuild, setAttr, setText, show } from "../dom.js";
import { LegendView } from "../legend.js";
import { LayerChoice } from "./layer_choice.js";
import { LayerGrid, stampOf } from "./layer_grid.js";
import { numberBars } from "./layer_items.js";
import { StatsSide } from "./stats_side.js";
import { kernelItems } from "./weights_kernels.js";
import { MatrixPicture } from "./weights_matrix.js";
import { kernelTables } from "./weights_table.js";
import { aboutKernels, ownRows, spreadRows } from "./weights_words.js";

/** px of a kernel while there are at most so many. */
const SIZES = [
  [64, 72],
  [Number.POSITIVE_INFINITY, 48],
];
const LABEL = 17;
const BAR = 25;

export class WeightsView extends EventTarget {
  /** @param {HTMLElement} root @param {Translate} t */
  constructor(root, t) {
    super();
    this.t = t;
    /** @type {WeightsModel | null} */
    this.model = null;
    /** Which channel of coloured kernels is shown; -1: all, as colours. */
    this.channel = -1;
    /** What the line below them tells of. @type {Float32Array[] | null} */
    this.rows = null;
    this.about = h("p", { class: "field-help", "data-testid": "weights-about" });
    this.sort = new LayerChoice("weights-sort", (sort) => this.#say("sort", { sort }));
    this.shown = new LayerChoice("weights-shown", (value) => {
      this.channel = Number(value);
      this.#refresh();
    });
    this.matrix = new MatrixPicture();
    this.grid = new LayerGrid(
      "weights-kernels",
      kernelItems((index) => this.#kernel(index)),
    );
    this.bars = new LayerGrid(
      "weights-numbers",
      numberBars((index) => this.#bar(index)),
    );
    this.line = h("p", { class: "layer-one", "data-testid": "weights-line" });
    this.tables = h("div", {
      class: "kernel-tables",
      role: "group",
      tabindex: "0",
      "data-testid": "weights-chosen",
    });
    this.chosen = h("h3", { class: "layer-title" });
    const legend = h("div");
    this.legend = new LegendView(legend, t);
    this.legendPlace = legend;
    this.side = new StatsSide(t, "weights", ["own", "stats"]);
    const { grid, bars, matrix, line, tables, chosen } = this;
    const shown = [grid.element, matrix.view, line, bars.element, chosen, tables, legend];
    this.main = h("div", { class: "layer-main" }, ...shown);
    this.rest = h("div", { class: "layer-both" }, this.main, this.side.element);
    this.bar = h("div", { class: "layer-bar" }, this.sort.element, this.shown.element);
    root.replaceChildren(this.about, this.bar, this.rest);
    this.#listen();
  }

  #listen() {
    for (const grid of [this.grid, this.bars]) {
      grid.addEventListener("select", (event) => {
        const { index, how } = /** @type {CustomEvent} */ (event).detail;
        if (this.#byMap) this.#say("map", { map: index, how });
        else this.#say("from", { from: index });
      });
    }
    this.matrix.addEventListener("point", (event) => this.#point(/** @type {CustomEvent} */ (event).detail));
    this.matrix.addEventListener("pick", (event) =>
      this.#say("pick", /** @type {CustomEvent} */ (event).detail),
    );
    this.matrix.addEventListener("leave", () => setText(this.line, this.t("net.weights.point")));
  }

  /** Whether the pictures are one for each map of the layer, rather than for each that it reads. */
  get #byMap() {
    const { kind } = this.model ?? {};
    return kind === "first" || kind === "grey" || kind === "depthwise";
  }

  /** @param {Translate} t */
  translate(t) {
    this.t = t;
    this.legend.translate(t);
    this.side.translate(t);
    this.#refresh();
  }

  /** @param {WeightsModel} model */
  update(model) {
    if (!model.colours) this.channel = -1;
    this.model = model;
    this.#refresh();
  }

  #refresh() {
    const { model, t } = this;
    show(this.rest, Boolean(model?.kind));
    show(this.bar, Boolean(model?.pictures));
    show(this.main, Boolean(model?.pictures));
    if (!model?.kind) return setText(this.about, "");
    const { kind, name, map, mapName, alike, vectors, unit, stats, counted } = model;
    const scaled = this.#byMap ? ` ${t(alike ? "net.weights.alike" : "net.weights.apart")}` : "";
    setText(this.about, aboutKernels(kind, model, t) + scaled);
    if (model.pictures) {
      this.#choices(model);
      this.#pictures(model, model.pictures);
    }
    const ends = stats && { min: exact(stats.min), max: exact(stats.max) };
    const title = t("net.weights.histogramOf", { name, ...ends });
    this.side.update(
      [
        { title: t("net.weights.own", { map: mapName }), rows: ownRows(vectors, unit, map, t) },
        { title: t("net.weights.all"), rows: stats ? spreadRows(stats, t) : [] },
      ],
      t("net.weights.histogram"),
      { counted, title, across: t("net.weights.across"), up: t("net.weights.up") },
    );
  }

  /** @param {WeightsModel} model */
  #choices({ sort, colours, channels }) {
    const { t } = this;
    const sorts = ["strength", "index"].map((value) => ({ value, label: t(`net.layer.sort.${value}`) }));
    this.sort.update(t("net.layer.sort"), sort, sorts);
    show(this.shown.element, colours !== null);
    const names = [t("net.weights.colours"), ...channels];
    const shown = names.map((label, at) => ({ value: String(at - 1), label }));
    if (colours) this.shown.update(t("net.weights.shown"), String(this.channel), shown);
  }

  /** @param {WeightsModel} model @param {Pictures} pictures */
  #pictures(model, pictures) {
    const { t } = this;
    const { kernels, map, mapName, from, chosen, rows, source } = model;
    const [, , height, width] = kernels;
    const single = height * width === 1 && !this.#byMap;
    show((single ? this.grid : this.bars).element, false);
    const { order, ends, colormap, signed } = pictures;
    const selected = this.#byMap ? map : from;
    const side = SIZES.find(([most]) => order.length <= most)?.[1] ?? 48;
    const label = this.#byMap ? t("net.weights.kernels") : t("net.weights.from", { map, source });
    (single ? this.bars : this.grid).update({
      ...{ order, selected, label, said: (index) => this.#said(index) },
      size: single
        ? { width: 0, height: BAR, label: 0, gap: 1 }
        : { width: side, height: side, label: LABEL, gap: 8 },
      stamp: JSON.stringify([t.lang, stampOf(pictures), this.channel]),
      quiet: !this.#byMap,
    });
    const every = ends[0];
    const matrixSaid = t("net.weights.matrix", { maps: kernels[0], channels: kernels[1] });
    this.matrix.update(rows && { rows, ends: every, colormap, map, from, label: matrixSaid });
    show(this.line, rows !== null);
    if (rows !== this.rows) setText(this.line, t("net.weights.point"));
    this.rows = rows;
    const scale = ends[selected] ?? every;
    show(this.chosen, !single);
    show(this.tables, !single);
    setText(
      this.chosen,
      !this.#byMap
        ? t("net.weights.chosenFrom", { map: mapName, from })
        : t("net.weights.chosen", { map: mapName }),
    );
    setAttr(this.tables, "aria-label", this.chosen.textContent);
    const key = JSON.stringify([t.lang, stampOf(pictures), scale, colormap, map, from]);
    if (!single) rebuild(this.tables, key, () => kernelTables(chosen, scale, colormap));
    // Bars are no colours.
    show(this.legendPlace, !single || rows !== null);
    this.legend.update({ colormap, ...scale, signed, label: t("net.weights.weight") });
  }

  /** @param {number} index */
  #said(index) {
    const { t, model } = this;
    const [sheet] = model?.pictures?.sheets(index) ?? [];
    if (sheet?.numbers.length === 1) return `${t("maps.number", { map: index })}: ${exact(sheet.numbers[0])}`;
    return t(this.#byMap ? "net.weights.kernelOf" : "net.weights.kernelFrom", { map: index });
  }

  /** @param {number} index */
  #kernel(index) {
    const { model, channel } = this;
    if (!model?.pictures) return null;
    const { sheets, ends, colormap } = model.pictures;
    const all = sheets(index);
    const { colours } = model;
    const coloured = colours !== null && channel < 0;
    const shown = coloured ? colours.map((at) => all[at]) : [all[Math.max(channel, 0)]];
    return { sheets: shown, coloured, ends: ends[index], colormap, label: String(index) };
  }

  /** @param {number} index */
  #bar(index) {
    const { pictures, channels } = this.model ?? {};
    if (!pictures) return null;
    const value = pictures.sheets(index)[0].numbers[0];
    const { lo, hi } = pictures.ends[index];
    return {
      value,
      ends: { lo: Math.min(lo, 0), hi: Math.max(hi, 0) },
      name: channels?.[index] ?? "",
      label: String(index),
    };
  }

  /** @param {{map: number, from: number}} place in the matrix */
  #point({ map, from }) {
    const value = this.model?.rows?.[map]?.[from];
    if (value !== undefined) setText(this.line, this.t("net.weights.at", { map, from, value: exact(value) }));
  }

  /** @param {string} type @param {object} detail */
  #say(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
