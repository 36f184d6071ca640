/**
 * What is seen as files: which can be had now, one made at a time and handed to the browser, and what came of it.
 *
 * @import { ApiErrorBody, Translate } from "../types.js"
 * @import { Wanted } from "../views/frame/export.js"
 * @typedef {{t: Translate, defer: () => void, problem: (error: ApiErrorBody) => string}} Host
 */

/**
 * @template H
 * @typedef {object} Making how a page makes its files
 * @property {(host: H) => {label: string, without: string[]}} offered as the view of files is given it
 * @property {(host: H, wanted: Wanted) => string} name
 * @property {(host: H, wanted: Wanted) => Promise<Blob>} file
 */

import { refusalOf } from "../transport/http.js";
import { saveFile } from "./saving.js";

/** @template {Host} H */
export class Files {
  /** @param {H} host @param {Making<H>} making */
  constructor(host, making) {
    this.host = host;
    this.making = making;
    this.busy = false;
    this.problem = "";
    this.saved = "";
  }

  get model() {
    const { busy, problem, saved } = this;
    return { ...this.making.offered(this.host), busy, problem, saved };
  }

  /** @param {Wanted} wanted */
  async save(wanted) {
    if (this.busy) return;
    const { host, making } = this;
    Object.assign(this, { busy: true, problem: "", saved: "" });
    host.defer();
    try {
      const name = making.name(host, wanted);
      saveFile(await making.file(host, wanted), name);
      this.saved = host.t("save.saved", { name });
    } catch (error) {
      this.problem = host.problem(refusalOf(error));
    }
    this.busy = false;
    host.defer();
  }
}
