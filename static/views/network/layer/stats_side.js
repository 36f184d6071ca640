/**
 * What is measured, beside the pictures: lists of numbers under their titles, and a histogram.
 *
 * @import { Translate } from "../../../types.js"
 * @import { HistogramModel } from "./histogram.js"
 * @import { Row } from "./stats.js"
 */

import { h, setText, show } from "../../base/dom.js";
import { HistogramView } from "./histogram.js";
import { showRows } from "./stats.js";

export class StatsSide {
  /** @param {Translate} t @param {string} id @param {string[]} lists what its lists are called in tests */
  constructor(t, id, lists) {
    const title = () => h("h3.layer-title");
    this.lists = lists.map((name) => ({
      title: title(),
      rows: h("dl.rows.wrap", { "data-testid": `${id}-${name}` }),
    }));
    this.title = title();
    this.histogram = new HistogramView(h("div"), t, `${id}-histogram`);
    const nodes = this.lists.flatMap((list) => [list.title, list.rows]);
    this.element = h("div.layer-side", ...nodes, this.title, this.histogram.root);
  }

  /** @param {Translate} t */
  translate(t) {
    this.histogram.translate(t);
  }

  /** @param {{title: string, rows: Row[]}[]} lists @param {string} title of the histogram @param {HistogramModel} model */
  update(lists, title, model) {
    this.lists.forEach((list, at) => {
      setText(list.title, lists[at].title);
      showRows(list.rows, lists[at].rows);
      show(list.title, lists[at].rows.length > 0);
      show(list.rows, lists[at].rows.length > 0);
    });
    setText(this.title, title);
    show(this.title, model.counted !== null);
    this.histogram.update(model);
  }
}
