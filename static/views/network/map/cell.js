/**
 * The sum of a cell, exact, and below it what the layers of its unit make of the sum, a line for each thing done.
 * Emits what the sum does: "term" {at} and "untrace".
 *
 * @import { Trace } from "../../../types.js"
 * @typedef {{layer: string, name: string, trace: Trace}} Following name: what it does
 * @typedef {{sum: import("../../sum/sum.js").SumModel | null, layer: string, following: Following[]}} CellModel layer: whose sum it is
 */

import { h, rebuild, show } from "../../base/dom.js";
import { View } from "../../base/view.js";
import { rowNode, rowsOf } from "../../sum/rows.js";
import { SumView } from "../../sum/sum.js";

/** @extends {View<CellModel>} */
export class CellView extends View {
  sum = this.within(new SumView(h("div.sum"), this.t));
  rest = h("div.cell-rest.wrap", { "data-testid": "cell-rest" });

  /** @param {ConstructorParameters<typeof View>} place */
  constructor(...place) {
    super(...place);
    this.fill(h("p.field-help", this.word("net.cell.about")), this.sum.root, this.rest);
    this.pass(this.sum, "term", "untrace");
  }

  /** @override @param {CellModel} model */
  draw({ sum, following }) {
    const { t } = this;
    show(this.sum.root, sum !== null);
    if (sum) this.sum.update(sum);
    show(this.rest, following.length > 0);
    const key = [t.lang, following.map(({ layer, trace }) => [layer, trace.printed])];
    rebuild(this.rest, key, () =>
      following.map(({ layer, name, trace }) => {
        const rows = rowsOf(trace, t, true, name);
        const head = h("h3", layer);
        return h("div.cell-step", { "data-layer": layer }, head, ...rows.map(rowNode));
      }),
    );
  }
}
