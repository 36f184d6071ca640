/**
 * The map as a file. Emits "save" {format: "png" | "npy" | "csv", all, times}.
 *
 * @import { Translate } from "../types.js"
 * @typedef {{label: string, several: boolean, busy: boolean, problem: string, saved: string, large: boolean}} ExportModel
 *   label: of the map that is chosen, where there are several; large: eight px a cell would be too many
 */

import { h, setAttr, setText, show } from "./dom.js";

export const TIMES = 8;
/** @type {{id: string, format: string, all: boolean, times: number}[]} */
const FILES = [
  { id: "png", format: "png", all: false, times: 1 },
  { id: "png8", format: "png", all: false, times: TIMES },
  { id: "npy", format: "npy", all: false, times: 1 },
  { id: "csv", format: "csv", all: false, times: 1 },
  { id: "all", format: "npy", all: true, times: 1 },
];

export class ExportView extends EventTarget {
  /** @param {HTMLElement} root @param {Translate} t */
  constructor(root, t) {
    super();
    this.title = h("h3", {});
    this.buttons = FILES.map(({ id, ...file }) => {
      const click = () => this.dispatchEvent(new CustomEvent("save", { detail: file }));
      return h("button", { type: "button", click, "data-testid": `save-${id}` });
    });
    this.said = h("span", { role: "status", class: "code-said", "data-testid": "save-said" });
    this.problem = h("p", { class: "field-error", role: "alert", "data-testid": "save-problem" });
    this.help = h("p", { class: "field-help" });
    root.replaceChildren(
      this.title,
      h("div", { class: "save-row" }, ...this.buttons, this.said),
      this.problem,
      this.help,
    );
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
    const { label, several, busy, problem, saved, large } = model;
    setText(this.title, [t("save.title"), label].filter(Boolean).join(" · "));
    this.buttons.forEach((button, at) => {
      const { id } = FILES[at];
      setText(button, t(`save.${id}`, { times: TIMES }));
      show(button, !(id === "all" && !several) && !(id === "png8" && large));
      setAttr(button, "aria-disabled", busy ? "true" : null);
    });
    setText(this.said, saved);
    setText(this.problem, problem);
  }
}
