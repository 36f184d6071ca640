/**
 * How a map came to be: one of the maps that it reads, large, beside it; the window of the present cell in the one and the
 * cell in the other; below, what each map that it reads gives to it. Emits "point" {y, x, by} and "pin" {y, x} in the map,
 * "read" {y, x} or null and "enter" {y, x} in the one that it reads, "source" and "reach" {channel, of}, "sort" {sort}.
 *
 * @import { FeatureMap } from "../../../types.js"
 * @import { Look, PaneMarks, PaneModel } from "./pane.js"
 * @typedef {{of: string, channel: number, name: string, map: FeatureMap | null, look: Look | null, chosen: boolean}} Source
 * @typedef {object} MapModel
 * @property {PaneModel | null} input
 * @property {PaneModel} output
 * @property {{input: PaneMarks, output: PaneMarks}} marks
 * @property {string} operation what leads from the one to the other
 * @property {Source[]} sources maps that are read as they are, where there are several
 * @property {import("../../parts/parts.js").PartsModel | {maps: null} | null} parts null: it is not a sum of parts
 * @property {string} sort of the parts
 * @property {string} said of the present cell, for ears
 */

import { Thumbnail } from "../../../draw/thumbnail.js";
import { printed } from "../../../draw/values.js";
import { h, rebuild, setAttr, setText, show, uniqueId } from "../../base/dom.js";
import { View } from "../../base/view.js";
import { NamedChoice, optionsOf } from "../../fields/named.js";
import { PartsView } from "../../parts/parts.js";
import { MapPane } from "./pane.js";

/** @extends {View<MapModel>} */
export class MapView extends View {
  keys = h("p.visually-hidden", { id: uniqueId("map-keys") }, this.word("net.map.keys"));
  input = new MapPane("input", "map-input", this.keys.id);
  output = new MapPane("output", "map-output", this.keys.id);
  arrow = h("p.map-arrow.note", { "data-testid": "map-operation" });
  list = h("div.map-sources.wrap", { role: "group", "aria-label": this.word("net.map.reads") });
  sort = new NamedChoice(
    "map-sort",
    this.word("net.map.sort"),
    (sort) => this.emit("sort", { sort }),
    "div.map-order.row",
    "span.muted",
  );
  parts = this.within(new PartsView(h("div.parts"), this.t));
  live = h("p.visually-hidden", { "aria-live": "polite", "data-testid": "map-said" });

  /** @param {ConstructorParameters<typeof View>} place */
  constructor(...place) {
    super(...place);
    const { input, output, parts } = this;
    this.fill(
      h("p.field-help", this.word("net.map.about")),
      h("div.map-panes", input.element, this.arrow, output.element),
      this.list,
      this.sort.element,
      parts.root,
      this.live,
      this.keys,
    );
    this.pass(output, "point", "pin");
    input.on("point", (cell) => this.emit("read", cell));
    input.on("pin", (cell) => this.emit("enter", cell));
    input.on("leave", () => this.emit("read", null));
    this.pass(parts, "point", "pin", "source", "reach");
  }

  /** @override @param {MapModel} model */
  draw(model) {
    const { t } = this;
    show(this.input.element, model.input !== null);
    const { input, output } = model;
    if (input) this.input.update(input, t("net.map.input", { name: input.title }));
    const { map, title: name } = output;
    const ends = map && { name, min: printed(map.min), max: printed(map.max) };
    this.output.update(output, ends ? t("net.map.output", ends) : name);
    this.mark(model.marks);
    setText(this.arrow, model.operation);
    this.#sources(model.sources);
    const several = model.parts !== null && (model.parts.maps?.length ?? 0) > 1;
    show(this.sort.element, several);
    this.sort.update(model.sort, optionsOf(t, "net.map.sort", ["strength", "index"]));
    show(this.parts.root, model.parts !== null);
    if (model.parts) this.parts.update(/** @type {any} */ (model.parts));
    setText(this.live, model.said);
  }

  /** @param {MapModel["marks"]} marks */
  mark(marks) {
    this.input.mark(marks.input);
    this.output.mark(marks.output);
  }

  /** @param {Source[]} sources */
  #sources(sources) {
    show(this.list, sources.length > 1);
    const key = sources.map(({ of, channel, name }) => [of, channel, name]);
    rebuild(this.list, key, () =>
      sources.map(({ of, channel, name }) => {
        const detail = { of, channel };
        const thumbnail = new Thumbnail();
        const button = h(
          "button.map-source",
          {
            click: () => this.emit("source", detail),
            focus: () => this.emit("reach", detail),
            pointerenter: () => this.emit("reach", detail),
          },
          thumbnail.canvas,
          name,
        );
        /** @type {any} */ (button).thumbnail = thumbnail;
        return button;
      }),
    );
    [...this.list.children].forEach((button, at) => {
      const { map, look, chosen } = sources[at];
      setAttr(button, "data-chosen", chosen);
      if (map && look) /** @type {any} */ (button).thumbnail.show(map, look, look.colormap);
    });
  }
}
