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

export const TIMES = 8;
/** @type {Wanted[]} */
export const FILES = [
  { id: "png", format: "png", all: false, times: 1 },
  { id: "png8", format: "png", all: false, times: TIMES },
  { id: "npy", format: "npy", all: false, times: 1 },
  { id: "csv", format: "csv", all: false, times: 1 },
  { id: "all", format: "npy", all: true, times: 1 },
];

export class ExportView extends EventTarget {
  /** @param {HTMLElement} root @param {Translate} t @param {Wanted[]} [files] */
  constructor(root, t, files = FILES) {
    super();
    this.files = files;
    this.title = h("h3");
    this.buttons = files.map((file) => {
      const click = () => this.dispatchEvent(new CustomEvent("save", { detail: file }));
      return h("button", { click, "data-testid": `save-${file.id}` });
    });
    this.said = h("span.code-said", { role: "status", "data-testid": "save-said" });
    this.problem = h("p.field-error", { role: "alert", "data-testid": "save-problem" });
    this.help = h("p.field-help");
    root.replaceChildren(this.title, h("div.save-row", ...this.buttons, this.said), this.problem, this.help);
    this.translate(t);
  }

  /** @param {Translate} t */
  translate(t) {
    this.t = t;
    setText(this.help, t("save.help"));
    if (this.model) this.update(this.model);
  }

  /** @param {ExportModel} model */
  update(model) {
    const { t } = this;
    if (!t) return;
    this.model = model;
    const { label, without, busy, problem, saved } = model;
    setText(this.title, [t("save.title"), label].filter(Boolean).join(" · "));
    this.buttons.forEach((button, at) => {
      const { id } = this.files[at];
      setText(button, t(`save.${id}`, { times: TIMES }));
      show(button, !without.includes(id));
      setAttr(button, "aria-disabled", busy ? "true" : null);
    });
    setText(this.said, saved);
    setText(this.problem, problem);
  }
}
