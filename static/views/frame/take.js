/** What can be taken along: files of the map, and the same in code. Emits "save", "of" and "language", as these do. */

import { h } from "../base/dom.js";
import { CodeView } from "./code.js";
import { ExportView } from "./export.js";

export class TakeView extends EventTarget {
  /** @param {HTMLElement} root @param {import("../../types.js").Translate} t @param {import("./export.js").Wanted[]} [files] */
  constructor(root, t, files) {
    super();
    const places = [h("div.save"), h("div.code-part")];
    root.replaceChildren(...places);
    this.files = new ExportView(places[0], t, files);
    this.code = new CodeView(places[1], t);
    for (const [view, type] of /** @type {[EventTarget, string][]} */ ([
      [this.files, "save"],
      [this.code, "of"],
      [this.code, "language"],
    ]))
      view.addEventListener(type, (event) => {
        const { detail } = /** @type {CustomEvent} */ (event);
        this.dispatchEvent(new CustomEvent(type, { detail }));
      });
  }

  /** @param {import("../../types.js").Translate} t */
  translate(t) {
    this.files.translate(t);
    this.code.translate(t);
  }

  /** @param {{files: import("./export.js").ExportModel, code: import("./code.js").CodeModel, late: boolean}} model */
  update({ files, code, late }) {
    this.files.update(files);
    this.code.update({ ...code, late });
  }
}
