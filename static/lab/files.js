/**
 * The chosen map, or all maps, as a file: a picture as it is coloured on the screen, made here; numbers by the engine.
 *
 * @import { Lab } from "./lab.js"
 * @typedef {{format: string, all: boolean, times: number}} Wanted
 */

import { ApiError } from "../transport/http.js";
import { stackOf } from "./stack.js";

/** Px of a side that browsers can surely make a picture of. */
const LONGEST = 8192;

export class Files {
  /** @param {Lab} lab */
  constructor(lab) {
    this.lab = lab;
    this.busy = false;
    this.problem = "";
    this.saved = "";
  }

  get model() {
    const { lab, busy, problem, saved } = this;
    const { shown, labels, session } = lab;
    const several = session.result?.shape ? stackOf(session.result.shape).maps > 1 : false;
    const label = several && shown ? (labels[shown.channel] ?? "") : "";
    const longest = 8 * Math.max(shown?.width ?? 0, shown?.height ?? 0);
    return { label, several, busy, problem, saved, large: longest > LONGEST };
  }

  /** @param {Wanted} wanted */
  async save(wanted) {
    if (this.busy) return;
    Object.assign(this, { busy: true, problem: "", saved: "" });
    this.lab.defer();
    const { t } = this.lab;
    try {
      const name = this.#name(wanted);
      const blob = await (wanted.format === "png" ? this.#picture(wanted.times) : this.#numbers(wanted));
      download(blob, name);
      this.saved = t("save.saved", { name });
    } catch (error) {
      const { body } = error instanceof ApiError ? error : { body: { code: "page", message: String(error) } };
      this.problem = t.error(body, this.lab.operation.params);
    }
    this.busy = false;
    this.lab.defer();
  }

  /** One pixel for each cell, or so many a side. @param {number} times @returns {Promise<Blob>} */
  #picture(times) {
    const map = this.lab.views.stage.bitmap("output");
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [map.width * times, map.height * times];
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    context.imageSmoothingEnabled = false;
    context.drawImage(map, 0, 0, canvas.width, canvas.height);
    return new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error(this.lab.t("save.failed"))))),
    );
  }

  /** @param {Wanted} wanted */
  async #numbers({ format, all }) {
    const { session, shown, http } = this.lab;
    const channels = all ? {} : { channels: [shown?.channel ?? 0] };
    return (await http.post("run", { ...session.result?.body, ...channels, format })).blob();
  }

  /** @param {Wanted} wanted */
  #name({ format, all, times }) {
    const { shown, session } = this.lab;
    const operation = session.result?.shape?.operation ?? "";
    const map = all ? "maps" : `map-${shown?.channel ?? 0}`;
    return `${operation}-${map}${times > 1 ? `-x${times}` : ""}.${format}`;
  }
}

/** @param {Blob} blob @param {string} name */
function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
