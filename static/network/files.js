/**
 * The chosen map, all maps of the layer, or the classes as a file: pictures as they are coloured on the screen, made
 * here; numbers by the engine.
 *
 * @import { FeatureMap } from "../types.js"
 * @import { Wanted } from "../views/frame/export.js"
 * @import { NetworkPage } from "./page.js"
 */

import { LONGEST, pictureFile, saveFile } from "../page/saving.js";
import { ApiError } from "../transport/http.js";
import { TIMES } from "../views/frame/export.js";
import { sheetOf } from "../views/network/end/sheet.js";
import { mapName } from "./graph/names.js";
import { isVector } from "./graph/units.js";
import { lookOf } from "./look.js";
import { pictureOf } from "./state.js";

/** @type {Wanted[]} */
export const FILES = [
  { id: "png", format: "png", all: false, times: 1 },
  { id: "png8", format: "png", all: false, times: TIMES },
  { id: "sheet", format: "png", all: true, times: 1 },
  { id: "npy", format: "npy", all: false, times: 1 },
  { id: "csv", format: "csv", all: false, times: 1 },
  { id: "all", format: "npy", all: true, times: 1 },
  { id: "classes", format: "csv", all: true, times: 1 },
  { id: "classesJson", format: "json", all: true, times: 1 },
];
/** Of a layer that is a list of numbers there is no picture, and only all of it. */
const OF_MAPS = ["png", "png8", "sheet", "npy", "csv"];
/** Milliseconds from one look whether the maps are here to the next, and how many. */
const PAUSE = 50;
const LOOKS = 200;

export class Files {
  /** @param {NetworkPage} page */
  constructor(page) {
    this.page = page;
    this.busy = false;
    this.problem = "";
    this.saved = "";
  }

  get model() {
    const { busy, problem, saved, page } = this;
    const { focus, graph, t } = page;
    if (!focus || !graph) return { label: "", without: FILES.map(({ id }) => id), busy, problem, saved };
    const { layer, map } = focus;
    const vector = isVector(layer);
    const label = vector ? layer.name : `${layer.name}, ${mapName(graph, layer.name, map, t)}`;
    const large = TIMES * Math.max(...layer.shape.slice(1)) > LONGEST ? ["png8"] : [];
    return { label, without: vector ? OF_MAPS : large, busy, problem, saved };
  }

  /** @param {Wanted} wanted */
  async save(wanted) {
    const { page } = this;
    const { t, focus } = page;
    if (this.busy || !focus) return;
    Object.assign(this, { busy: true, problem: "", saved: "" });
    page.defer();
    try {
      const name = this.#name(wanted);
      saveFile(await this.#file(wanted), name);
      this.saved = t("save.saved", { name });
    } catch (error) {
      const { body } = error instanceof ApiError ? error : { body: { code: "page", message: String(error) } };
      this.problem = t.error(body);
    }
    this.busy = false;
    page.defer();
  }

  /** @param {Wanted} wanted @returns {Promise<Blob>} */
  #file({ id, format, all, times }) {
    if (id.startsWith("classes")) return this.#classes(format);
    return format === "png" ? this.#picture(all, times) : this.#numbers(format, all);
  }

  /** @param {boolean} all @param {number} times */
  async #picture(all, times) {
    const { page } = this;
    const { layer, map } = /** @type {import("./graph/focus.js").Focus} */ (page.focus);
    const maps = await this.#maps(layer.name);
    const { colormap, scales } = lookOf(page.state.values).of(maps);
    const wanted = all ? maps : [maps[map]];
    const looks = wanted.map((one) => ({ map: one, scale: scales[maps.indexOf(one)] }));
    return pictureFile(sheetOf(looks, colormap), times, page.t);
  }

  /** All maps of the layer, once they are those of the picture that is seen. @param {string} layer @returns {Promise<FeatureMap[]>} */
  async #maps(layer) {
    const { full } = this.page;
    for (let look = 0; look < LOOKS && !full.fresh(layer); look++) {
      full.want([layer]);
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
    const whole = full.fresh(layer) ? full.get(layer) : null;
    if (!whole) throw new ApiError({ code: "away", message: "The server does not answer." }, 0);
    return whole.maps;
  }

  /** @param {string} format @param {boolean} all */
  async #numbers(format, all) {
    const { layer, map } = /** @type {import("./graph/focus.js").Focus} */ (this.page.focus);
    const body = { layer: layer.name, ...(all ? {} : { channels: [map] }) };
    const reply = await this.#ask("activations", { ...body, format: format === "npy" ? "npy" : "json" });
    if (format === "npy") return reply.blob();
    const { values } = await reply.json();
    return text(values[0].map((/** @type {number[]} */ row) => row.join(",")));
  }

  /** @param {string} format */
  async #classes(format) {
    const { graph } = this.page;
    const reply = await this.#ask("predict", { top: graph?.classes.length ?? 1 });
    if (format === "json") return reply.blob();
    /** @type {import("./types.js").Class[]} */
    const classes = (await reply.json()).classes;
    const rows = classes.map(({ index, name, logit, probability }) => [
      index,
      quoted(name),
      logit,
      probability,
    ]);
    return text(["index,name,logit,probability", ...rows.map((row) => row.join(","))]);
  }

  /** @param {string} what @param {object} more */
  #ask(what, more) {
    const { network, ...picture } = pictureOf(this.page.state.values);
    return this.page.http.post(`networks/${encodeURIComponent(network)}/${what}`, { ...picture, ...more });
  }

  /** @param {Wanted} wanted */
  #name({ id, format, all, times }) {
    const { net } = this.page.state.values;
    if (id.startsWith("classes")) return `${net}-classes.${format}`;
    const { layer, map } = /** @type {import("./graph/focus.js").Focus} */ (this.page.focus);
    const which = all ? "maps" : `map-${map}`;
    return `${net}-${layer.name.replaceAll("/", "-")}-${which}${times > 1 ? `-x${times}` : ""}.${format}`;
  }
}

/** @param {string} name */
function quoted(name) {
  return /[",\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}

/** @param {string[]} lines */
function text(lines) {
  return new Blob([lines.map((line) => `${line}\n`).join("")], { type: "text/csv" });
}
