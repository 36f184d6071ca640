/**
 * The weights of a layer: kernels as pictures, one weight each as bars and as one picture, the chosen kernel number by
 * number, what a map has of its own. Emits "map" {map, how}, "from" {from}, "sort" {sort} and "pick" {map, from}.
 *
 * @import { Ends, Sheet } from "./kernels.js"
 * @import { Channel } from "./table.js"
 * @import { Kind } from "./words.js"
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

import { exact } from "../../../draw/numbers.js";
import { h, rebuild, setAttr, setText, show } from "../../base/dom.js";
import { View } from "../../base/view.js";
import { NamedChoice, optionsOf } from "../../fields/named.js";
import { LegendView } from "../../frame/legend.js";
import { LayerGrid, stampOf } from "../layer/grid.js";
import { numberBars } from "../layer/items.js";
import { ROW } from "../layer/layer.js";
import { StatsSide } from "../layer/stats_side.js";
import { kernelItems } from "./kernels.js";
import { MatrixPicture } from "./matrix.js";
import { kernelTables } from "./table.js";
import { aboutKernels, ownRows, spreadRows } from "./words.js";

/** px of a kernel while there are at most so many. */
const SIZES = [
  [64, 72],
  [Number.POSITIVE_INFINITY, 48],
];
const LABEL = 17;
const BAR = 25;

/** @extends {View<WeightsModel>} */
export class WeightsView extends View {
  /** Which channel of coloured kernels is shown; -1: all, as colours. */
  channel = -1;
  /** What the line below them tells of. @type {Float32Array[] | null} */
  rows = null;
  about = h("p.field-help", { "data-testid": "weights-about" });
  sort = new NamedChoice(
    "weights-sort",
    this.word("net.layer.sort"),
    (sort) => this.emit("sort", { sort }),
    ...ROW,
  );
  shown = new NamedChoice(
    "weights-shown",
    this.word("net.weights.shown"),
    (value) => {
      this.channel = Number(value);
      this.refresh();
    },
    ...ROW,
  );
  matrix = new MatrixPicture();
  grid = new LayerGrid(
    "weights-kernels",
    kernelItems((index) => this.#kernel(index)),
  );
  bars = new LayerGrid(
    "weights-numbers",
    numberBars((index) => this.#bar(index)),
  );
  line = h("p.layer-one", { "data-testid": "weights-line" });
  chosen = h("h3.layer-title");
  tables = h("div.kernel-tables.wrap", { role: "group", tabindex: "0", "data-testid": "weights-chosen" });
  legend = this.within(new LegendView(h("div"), this.t));
  side = this.within(new StatsSide(this.t, "weights", ["own", "stats"]));
  main = h(
    "div.layer-main",
    this.grid.element,
    this.matrix.view,
    this.line,
    this.bars.element,
    this.chosen,
    this.tables,
    this.legend.root,
  );
  bar = h("div.layer-bar.wrap", this.sort.element, this.shown.element);
  rest = h("div.layer-both", this.main, this.side.element);
  element = this.fill(this.about, this.bar, this.rest);

  /** @param {ConstructorParameters<typeof View>} place */
  constructor(...place) {
    super(...place);
    for (const grid of [this.grid, this.bars])
      grid.on("select", ({ index, how }) =>
        this.#byMap ? this.emit("map", { map: index, how }) : this.emit("from", { from: index }),
      );
    this.matrix.on("point", (weight) => this.#point(weight));
    this.matrix.on("leave", () => setText(this.line, this.t("net.weights.point")));
    this.pass(this.matrix, "pick");
  }

  /** Whether the pictures are one for each map of the layer, rather than for each that it reads. */
  get #byMap() {
    const { kind } = this.model ?? {};
    return kind === "first" || kind === "grey" || kind === "depthwise";
  }

  /** @override @param {WeightsModel} model */
  draw(model) {
    const { t } = this;
    const { kind, name, map, mapName, alike, vectors, unit, stats, counted } = model;
    if (!model.colours) this.channel = -1;
    show(this.rest, kind !== null);
    show(this.bar, model.pictures !== null);
    show(this.main, model.pictures !== null);
    if (!kind) return setText(this.about, "");
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
    this.sort.update(sort, optionsOf(t, "net.layer.sort", ["strength", "index"]));
    show(this.shown.element, colours !== null);
    const names = [t("net.weights.colours"), ...channels];
    const shown = names.map((label, at) => ({ value: String(at - 1), label }));
    if (colours) this.shown.update(String(this.channel), shown);
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
    const key = [t.lang, stampOf(pictures), scale, colormap, map, from];
    if (!single) rebuild(this.tables, key, () => kernelTables(chosen, scale, colormap));
    // Bars are no colours.
    show(this.legend.root, !single || rows !== null);
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
}
