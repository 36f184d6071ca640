/**
 * The sum of a cell, exact, and below it what the layers of its unit make of the sum, a line for each thing done.
 * Emits what the sum does: "term" {at} and "untrace".
 *
 * @import { Trace, Translate } from "../../../types.js"
 * @typedef {{layer: string, name: string, trace: Trace}} Following name: what it does
 * @typedef {{sum: import("../../sum/sum.js").SumModel | null, layer: string, following: Following[]}} CellModel layer: whose sum it is
 */

import { h, rebuild, setText, show } from "../../base/dom.js";
import { rowNode, rowsOf } from "../../sum/rows.js";
import { SumView } from "../../sum/sum.js";

export class CellView extends EventTarget {
  /** @param {HTMLElement} root @param {Translate} t */
  constructor(root, t) {
    super();
    this.t = t;
    /** @type {CellModel | null} */
    this.model = null;
    this.about = h("p.field-help");
    const place = h("div.sum");
    this.sum = new SumView(place, t);
    this.rest = h("div.cell-rest", { "data-testid": "cell-rest" });
    root.replaceChildren(this.about, place, this.rest);
    this.place = place;
    for (const type of ["term", "untrace"])
      this.sum.addEventListener(type, (event) => {
        const { detail } = /** @type {CustomEvent} */ (event);
        this.dispatchEvent(new CustomEvent(type, { detail }));
      });
    this.translate(t);
  }

  /** @param {Translate} t */
  translate(t) {
    this.t = t;
    this.sum.translate(t);
    setText(this.about, t("net.cell.about"));
    if (this.model) this.update(this.model);
  }

  /** @param {CellModel} model */
  update(model) {
    this.model = model;
    const { t } = this;
    const { sum, following } = model;
    show(this.place, sum !== null);
    if (sum) this.sum.update(sum);
    show(this.rest, following.length > 0);
    const key = JSON.stringify([t.lang, following.map(({ layer, trace }) => [layer, trace.printed])]);
    rebuild(this.rest, key, () =>
      following.map(({ layer, name, trace }) => {
        const rows = rowsOf(trace, t, true, name);
        const head = h("h3", layer);
        return h("div.cell-step", { "data-layer": layer }, head, ...rows.map(rowNode));
      }),
    );
  }
}
