/**
 * The visitor's own pictures: sent, remembered while the page is open, and sent again should the server lose them.
 *
 * @import { ApiErrorBody } from "../types.js"
 * @typedef {object} Host the page, as far as they need it
 * @property {import("../types.js").Translate} t
 * @property {import("../transport/http.js").Http} http
 * @property {{gallery: EventTarget}} views
 * @property {{choose: (id: string) => void}} pictures
 * @property {{samples: import("../types.js").Sample[]}} catalogue
 * @property {{values: {image: string}}} state
 * @property {() => void} compute ask once more for what is wanted
 * @property {() => void} defer
 * @property {(nonsense: string[]) => void} dropped what an address held and is not
 */

import { refusalOf } from "../transport/http.js";
import { on } from "./events.js";

export class Uploads {
  /** @param {Host} host */
  constructor(host) {
    this.host = host;
    /** @type {(import("../types.js").ImageInfo & {title: string, file: File})[]} */
    this.list = [];
    this.busy = false;
    /** @type {ApiErrorBody | null} why the last picture was refused */
    this.problem = null;
    on(host.views.gallery, "choose", ({ id }) => {
      this.problem = null;
      host.pictures.choose(id);
      host.defer();
    });
    on(host.views.gallery, "file", ({ file }) => this.send(file));
  }

  /** @param {File} file */
  async send(file) {
    this.#say(true, null);
    try {
      const info = await this.host.http.upload(file);
      // Marks of direction in a name would turn round the words behind it.
      const name = file.name.replace(/\p{C}/gu, "");
      const own = { ...info, title: name || this.host.t("gallery.pasted"), file };
      this.list = [own, ...this.list.filter((one) => one.id !== info.id)];
      // The wish leaves before anything is drawn.
      this.host.pictures.choose(info.id);
      this.#say(false, null);
    } catch (error) {
      this.#say(false, refusalOf(error));
    }
  }

  /**
   * The server does not know the picture: it is sent again if it is one's own, else a sample takes its place.
   * @param {ApiErrorBody} error @param {boolean} first nothing has been drawn yet
   */
  async lost(error, first) {
    const { host } = this;
    const own = this.list.find((one) => one.id === host.state.values.image);
    if (own && !this.busy) {
      this.#say(true, null);
      await host.http.upload(own.file).catch(() => null);
      this.#say(false, null);
      host.compute();
      return;
    }
    this.#say(false, error);
    const sample = host.catalogue.samples[0]?.id;
    if (!first || !sample || host.state.values.image === sample) return;
    host.dropped([`image=${host.state.values.image}`]);
    host.pictures.choose(host.catalogue.samples.find((one) => one.id === "coffee")?.id ?? sample);
  }

  /** The server is back: that it was away is no longer to be said. */
  back() {
    if (this.problem?.code === "away") this.problem = null;
  }

  /** @param {boolean} busy @param {ApiErrorBody | null} problem */
  #say(busy, problem) {
    this.busy = busy;
    this.problem = problem;
    this.host.defer();
  }
}
