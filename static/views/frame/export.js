/**
 * What is shown as files. Emits "save" with the file that is wanted.
 *
 * @import { Translate } from "../../types.js"
 * @typedef {{id: string, format: string, all: boolean, times: number}} Wanted id: its button is called save.<id>; times:
 *   px a cell
 * @typedef {{label: string, without: string[], busy: boolean, problem: string, saved: string}} ExportModel
 *   label: of the map that is chosen, where there are several; without: ids of files that cannot be had now
 */

import { h, setAttr, setText, show } from "../base/dom.js";
import { View } from "../base/view.js";

export const TIMES = 8;
/** @type {Wanted[]} */
export const FILES = [
  { id: "png", format: "png", all: false, times: 1 },
  { id: "png8", format: "png", all: false, times: TIMES },
  { id: "npy", format: "npy", all: false, times: 1 },
  { id: "csv", format: "csv", all: false, times: 1 },
  { id: "all", format: "npy", all: true, times: 1 },
];

/** @extends {View<ExportModel>} */
export class ExportView extends View {
  title = h("h3");
  said = h("span.code-said", { role: "status", "data-testid": "save-said" });
  problem = h("p.field-error", { role: "alert", "data-testid": "save-problem" });

  /** @param {HTMLElement} root @param {Translate} t @param {Wanted[]} [files] */
  constructor(root, t, files = FILES) {
    super(root, t);
    this.buttons = files.map((file) => {
      const words = this.word(`save.${file.id}`, { times: TIMES });
      return h("button", { click: () => this.emit("save", file), "data-testid": `save-${file.id}` }, words);
    });
    this.files = files;
    const row = h("div.save-row.wrap.row", ...this.buttons, this.said);
    this.fill(this.title, row, this.problem, h("p.field-help", this.word("save.help")));
  }

  /** @override @param {ExportModel} model */
  draw({ label, without, busy, problem, saved }) {
    setText(this.title, [this.t("save.title"), label].filter(Boolean).join(" · "));
    this.buttons.forEach((button, at) => {
      show(button, !without.includes(this.files[at].id));
      setAttr(button, "aria-disabled", busy || null);
    });
    setText(this.said, saved);
    setText(this.problem, problem);
  }
}
