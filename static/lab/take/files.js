/**
 * The chosen map, or all maps, as a file: a picture as it is coloured on the screen, made here; numbers by the engine.
 *
 * @import { Lab } from "../page.js"
 * @import { Wanted } from "../../views/frame/export.js"
 */

import { LONGEST, pictureFile, saveFile } from "../../page/saving.js";
import { ApiError } from "../../transport/http.js";
import { stackOf } from "../stack.js";

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
    const without = [...(several ? [] : ["all"]), ...(longest > LONGEST ? ["png8"] : [])];
    return { label, without, busy, problem, saved };
  }

  /** @param {Wanted} wanted */
  async save(wanted) {
    if (this.busy) return;
    Object.assign(this, { busy: true, problem: "", saved: "" });
    this.lab.defer();
    const { t } = this.lab;
    try {
      const name = this.#name(wanted);
      const blob = await (wanted.format === "png"
        ? pictureFile(this.lab.views.stage.bitmap("output"), wanted.times, t)
        : this.#numbers(wanted));
      saveFile(blob, name);
      this.saved = t("save.saved", { name });
    } catch (error) {
      const { body } = error instanceof ApiError ? error : { body: { code: "page", message: String(error) } };
      this.problem = t.error(body, this.lab.operation.params);
    }
    this.busy = false;
    this.lab.defer();
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
