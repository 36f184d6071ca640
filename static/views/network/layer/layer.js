/**
 * A layer: what it is, all its maps (or its numbers, as bars), and what is measured of them. Emits "look" {layer, map, how}
 * and "sort" {sort}.
 *
 * @import { FeatureMap } from "../../../types.js"
 * @import { Layer, Stats } from "./words.js"
 * @typedef {object} Pictures
 * @property {FeatureMap[]} maps empty where the layer gives numbers
 * @property {ArrayLike<number>} numbers
 * @property {{lo: number, hi: number}[]} ends of each map; of all numbers, one
 * @property {string} colormap
 * @property {boolean} signed
 * @property {boolean} together whether all have one scale
 * @property {number[]} order which map stands at each place
 * @property {number[]} strength of each map, the mean of its absolute values
 * @typedef {object} LayerModel
 * @property {Layer | null} layer null: not there yet
 * @property {number[]} input of the net
 * @property {{name: string, operation: string}[]} unit the layers that it may be exchanged for
 * @property {string} chosen of them
 * @property {Pictures | null} pictures
 * @property {string[] | null} names what the numbers stand for
 * @property {number} selected
 * @property {string} sort
 * @property {Stats | null} stats
 * @property {number | null} dead
 * @property {{edges: number[], counts: number[]} | null} counted
 */

import { exact } from "../../../draw/numbers.js";
import { onTheme } from "../../../draw/theme.js";
import { printed } from "../../../draw/values.js";
import { h, setText, show } from "../../base/dom.js";
import { View } from "../../base/view.js";
import { NamedChoice } from "../../fields/named.js";
import { LegendView } from "../../frame/legend.js";
import { LayerGrid, stampOf } from "./grid.js";
import { numberBars, smallMaps } from "./items.js";
import { showRows } from "./stats.js";
import { StatsSide } from "./stats_side.js";
import { factRows, mapsOf, statRows } from "./words.js";

/** px of a thumbnail while there are at most so many. */
const SIZES = [
  [16, 132],
  [64, 96],
  [256, 76],
  [Number.POSITIVE_INFINITY, 60],
];
/** How a choice above the pictures looks. */
export const ROW = /** @type {const} */ (["div.layer-choice.row.note", "span"]);
const LABEL = 17;
const BAR = 25;

/** @extends {View<LayerModel>} */
export class LayerView extends View {
  name = h("h3.layer-name", { "data-testid": "layer-name" });
  stage = new NamedChoice(
    "layer-stage",
    this.word("net.layer.stage"),
    (layer) => this.emit("look", { layer, map: this.model?.selected }),
    ...ROW,
  );
  sort = new NamedChoice(
    "layer-sort",
    this.word("net.layer.sort"),
    (sort) => this.emit("sort", { sort }),
    ...ROW,
  );
  count = h("p.field-help", { "data-testid": "layer-count" });
  maps = new LayerGrid(
    "layer-maps",
    smallMaps((index) => this.#small(index)),
  );
  bars = new LayerGrid(
    "layer-numbers",
    numberBars((index) => this.#bar(index)),
  );
  one = h("p.layer-one", { "data-testid": "layer-one" });
  legend = this.within(new LegendView(h("div"), this.t));
  facts = h("dl.rows.wrap", { "data-testid": "layer-facts" });
  side = this.within(new StatsSide(this.t, "layer", ["stats"]));
  main = h("div.layer-main", this.maps.element, this.bars.element, this.one, this.legend.root);
  element = this.fill(
    h("div.layer-head.wrap", this.name, this.stage.element),
    this.facts,
    h("div.layer-bar.wrap", this.sort.element, this.count),
    h("div.layer-both", this.main, this.side.element),
  );

  /** @param {ConstructorParameters<typeof View>} place */
  constructor(...place) {
    super(...place);
    for (const grid of [this.maps, this.bars])
      grid.on("select", ({ index, how }) =>
        this.emit("look", { layer: this.model?.layer?.name, map: index, how }),
      );
    onTheme(() => this.refresh());
  }

  /** @override @param {LayerModel} model */
  draw({ layer, input, unit, chosen, sort, pictures, stats, dead, counted }) {
    const { t } = this;
    if (!layer) return;
    setText(this.name, layer.name);
    const stages = unit.map(({ name, operation }) => ({ value: name, label: operation }));
    this.stage.update(chosen, stages);
    show(this.stage.element, unit.length > 1);
    const vector = layer.shape.length === 1;
    const sorts = [vector ? "value" : "strength", "index"].map((name, at) => ({
      value: at ? "index" : "strength",
      label: t(`net.layer.sort.${name}`),
    }));
    this.sort.update(sort, sorts);
    showRows(this.facts, factRows(layer, input, t));
    setText(
      this.count,
      t(vector ? "net.layer.pickNumber" : "net.layer.pick", { maps: mapsOf(layer.shape, t) }),
    );
    show(this.main, pictures !== null);
    show(this.side.element, stats !== null);
    if (pictures) this.#pictures(pictures, layer);
    if (!stats) return;
    const title = t("net.stats.histogramOf", {
      name: layer.name,
      min: exact(stats.min),
      max: exact(stats.max),
    });
    this.side.update(
      [{ title: t("net.stats.title"), rows: statRows(stats, dead, layer.shape[0], t) }],
      t("net.stats.histogram"),
      { counted, title, across: t("net.stats.across"), up: t("net.stats.up") },
    );
  }

  /** @param {Pictures} pictures @param {Layer} layer */
  #pictures(pictures, layer) {
    const { t, model } = this;
    const { maps, order, ends, colormap, signed, together, strength } = pictures;
    const selected = model?.selected ?? 0;
    const [grid, other] = maps.length ? [this.maps, this.bars] : [this.bars, this.maps];
    show(other.element, false);
    const side = SIZES.find(([most]) => order.length <= most)?.[1] ?? 60;
    const [, height = 1, width = 1] = layer.shape;
    const [wide, high] = width > height ? [side, (side * height) / width] : [(side * width) / height, side];
    grid.update({
      order,
      selected,
      size: maps.length
        ? { width: Math.max(wide, 40), height: high, label: LABEL, gap: 8 }
        : { width: 0, height: BAR, label: 0, gap: 1 },
      label: t(maps.length ? "net.layer.allMaps" : "net.layer.allNumbers", { name: layer.name }),
      said: (index) => this.#said(index),
      // What has been drawn is drawn again for other maps, another scale or another language.
      stamp: `${t.lang} ${stampOf(pictures)}`,
    });
    const map = maps[selected];
    show(this.legend.root, Boolean(map));
    setText(
      this.one,
      map
        ? t("net.layer.oneMap", {
            map: selected,
            min: exact(map.min),
            max: exact(map.max),
            mean: exact(strength[selected]),
          })
        : "",
    );
    if (!map) return;
    const label = together ? t("net.layer.together") : t("maps.number", { map: selected });
    this.legend.update({ colormap, ...ends[selected], signed, label });
  }

  /** @param {number} index */
  #said(index) {
    const { maps = [], numbers = [] } = this.model?.pictures ?? {};
    const map = maps[index];
    const name = this.model?.names?.[index] ?? "";
    if (map) return this.t("net.layer.said", { map: index, min: printed(map.min), max: printed(map.max) });
    return `${index}${name ? ` ${name}` : ""}: ${exact(numbers[index])}`;
  }

  /** @param {number} index */
  #small(index) {
    const { maps, ends, colormap } = this.model?.pictures ?? {};
    return maps?.[index] && ends && colormap
      ? { map: maps[index], ends: ends[index], colormap, label: String(index) }
      : null;
  }

  /** @param {number} index */
  #bar(index) {
    const { pictures, names } = this.model ?? {};
    if (!pictures) return null;
    const value = pictures.numbers[index];
    return { value, ends: pictures.ends[0], name: names?.[index] ?? "", label: String(index) };
  }
}
