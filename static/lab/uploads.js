/**
 * The visitor's own pictures: sent, remembered while the page is open, and sent again should the server lose them.
 *
 * @import { ApiErrorBody } from "../types.js"
 */

import { ApiError } from "../transport/http.js";
import { on } from "./events.js";

export class Uploads {
  /** @param {import("./lab.js").Lab} lab */
  constructor(lab) {
    this.lab = lab;
    /** @type {(import("../types.js").ImageInfo & {title: string, file: File})[]} */
    this.list = [];
    this.busy = false;
    /** @type {ApiErrorBody | null} why the last picture was refused */
    this.problem = null;
    on(lab.views.gallery, "choose", ({ id }) => {
      this.problem = null;
      lab.pictures.choose(id);
      lab.defer();
    });
    on(lab.views.gallery, "file", ({ file }) => this.send(file));
  }

  /** @param {File} file */
  async send(file) {
    this.#say(true, null);
    try {
      const info = await this.lab.http.upload(file);
      // Marks of direction in a name would turn round the words behind it.
      const name = file.name.replace(/\p{C}/gu, "");
      const own = { ...info, title: name || this.lab.t("gallery.pasted"), file };
      this.list = [own, ...this.list.filter((one) => one.id !== info.id)];
      this.#say(false, null);
      this.lab.pictures.choose(info.id);
    } catch (error) {
      const body = error instanceof ApiError ? error.body : { code: "page", message: String(error) };
      this.#say(false, body);
    }
  }

  /**
   * The server does not know the picture: it is sent again if it is one's own, else a sample takes its place.
   * @param {ApiErrorBody} error @param {boolean} first nothing has been drawn yet
   */
  async lost(error, first) {
    const { lab } = this;
    const own = this.list.find((one) => one.id === lab.state.values.image);
    if (own && !this.busy) {
      this.#say(true, null);
      await lab.http.upload(own.file).catch(() => null);
      this.#say(false, null);
      lab.compute();
      return;
    }
    this.#say(false, error);
    const sample = lab.catalogue.samples[0]?.id;
    if (!first || !sample || lab.state.values.image === sample) return;
    lab.dropped([`image=${lab.state.values.image}`]);
    lab.pictures.choose(lab.catalogue.samples.find((one) => one.id === "coffee")?.id ?? sample);
  }

  /** The server is back: that it was away is no longer to be said. */
  back() {
    if (this.problem?.code === "away") this.problem = null;
  }

  /** @param {boolean} busy @param {ApiErrorBody | null} problem */
  #say(busy, problem) {
    this.busy = busy;
    this.problem = problem;
    this.lab.refresh();
  }
}
