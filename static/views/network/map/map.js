/**
 * How a map came to be: one of the maps that it reads, large, beside it; the window of the present cell in the one and the
 * cell in the other; below, what each map that it reads gives to it. Emits "point" {y, x, by} and "pin" {y, x} in the map,
 * "read" {y, x} or null and "enter" {y, x} in the one that it reads, "source" and "reach" {channel, of}, "sort" {sort}.
 *
 * @import { FeatureMap, Translate } from "../../../types.js"
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
import { Choice } from "../../fields/choice.js";
import { PartsView } from "../../parts/parts.js";
import { MapPane } from "./pane.js";

export class MapView extends EventTarget {
  /** @param {HTMLElement} root @param {Translate} t */
  constructor(root, t) {
    super();
    this.t = t;
    /** @type {MapModel | null} */
    this.model = null;
    this.about = h("p.field-help");
    this.keys = h("p.visually-hidden", { id: uniqueId("map-keys") });
    this.input = new MapPane("input", "map-input", this.keys.id);
    this.output = new MapPane("output", "map-output", this.keys.id);
    this.arrow = h("p.map-arrow", { "data-testid": "map-operation" });
    this.panes = h("div.map-panes", this.input.element, this.arrow, this.output.element);
    this.list = h("div.map-sources", { role: "group" });
    this.sortLabel = h("span.muted", { id: uniqueId("map-sort") });
    this.sort = new Choice("map-sort", (sort) => this.#say("sort", { sort }));
    this.order = h("div.map-order", this.sortLabel, this.sort.element);
    this.place = h("div.parts");
    this.parts = new PartsView(this.place, t);
    this.live = h("p.visually-hidden", { "aria-live": "polite", "data-testid": "map-said" });
    root.replaceChildren(this.about, this.panes, this.list, this.order, this.place, this.live, this.keys);
    this.#listen();
    this.translate(t);
  }

  /** @param {Translate} t */
  translate(t) {
    this.t = t;
    this.parts.translate(t);
    setText(this.about, t("net.map.about"));
    setText(this.keys, t("net.map.keys"));
    setText(this.sortLabel, t("net.map.sort"));
    setAttr(this.list, "aria-label", t("net.map.reads"));
    if (this.model) this.update(this.model);
  }

  /** @param {string} type @param {object | null} detail */
  #say(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #listen() {
    const { input, output, parts } = this;
    /** @param {EventTarget} view @param {string} type @param {string} as */
    const pass = (view, type, as) =>
      view.addEventListener(type, (event) => this.#say(as, /** @type {CustomEvent} */ (event).detail));
    for (const type of ["point", "pin"]) pass(output, type, type);
    pass(input, "point", "read");
    pass(input, "pin", "enter");
    input.addEventListener("leave", () => this.#say("read", null));
    for (const type of ["point", "pin", "source", "reach"]) pass(parts, type, type);
  }

  /** @param {MapModel} model */
  update(model) {
    this.model = model;
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
    show(this.order, several);
    const options = ["strength", "index"].map((value) => ({ value, label: t(`net.map.sort.${value}`) }));
    this.sort.update({ value: model.sort, options, labelledBy: this.sortLabel.id });
    show(this.place, model.parts !== null);
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
    const key = JSON.stringify(sources.map(({ of, channel, name }) => [of, channel, name]));
    rebuild(this.list, key, () =>
      sources.map(({ of, channel, name }) => {
        const detail = { of, channel };
        const thumbnail = new Thumbnail();
        const button = h(
          "button.map-source",
          {
            click: () => this.#say("source", detail),
            focus: () => this.#say("reach", detail),
            pointerenter: () => this.#say("reach", detail),
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
