/**
 * What can be taken along: files of the map, and the same in code. Emits "save", "of" and "language", as these do.
 *
 * @import { Translate } from "../../types.js"
 * @typedef {{files: import("./export.js").ExportModel, code: import("./code.js").CodeModel, late: boolean}} TakeModel
 */

import { h } from "../base/dom.js";
import { View } from "../base/view.js";
import { CodeView } from "./code.js";
import { ExportView } from "./export.js";

/** @extends {View<TakeModel>} */
export class TakeView extends View {
  code = this.within(new CodeView(h("div.code-part"), this.t));

  /** @param {HTMLElement} root @param {Translate} t @param {import("./export.js").Wanted[]} [files] */
  constructor(root, t, files) {
    super(root, t);
    this.files = this.within(new ExportView(h("div.save"), t, files));
    this.fill(this.files.root, this.code.root);
    this.pass(this.files, "save");
    this.pass(this.code, "of", "language");
  }

  /** @override @param {TakeModel} model */
  draw({ files, code, late }) {
    this.files.update(files);
    this.code.update({ ...code, late });
  }
}
