/**
 * The chosen map, all maps of the layer, or the classes as a file: pictures as they are coloured on the screen, made
 * here; numbers by the engine.
 *
 * @import { FeatureMap } from "../types.js"
 * @import { Wanted } from "../views/frame/export.js"
 * @import { Translate } from "../types.js"
 * @import { Making } from "../page/files.js"
 * @import { Http } from "../transport/http.js"
 * @import { Full } from "./answers/full.js"
 * @import { Focus } from "./graph/focus.js"
 * @import { Values } from "./state.js"
 * @import { Class, Graph } from "./types.js"
 * @typedef {{graph: Graph | null, focus: Focus | null, full: Full, state: {values: Values}, http: Http, t: Translate}} Host
 */

import { LONGEST, pictureFile } from "../page/saving.js";
import { ApiError } from "../transport/http.js";
import { TIMES } from "../views/frame/export.js";
import { sheetOf } from "../views/network/end/sheet.js";
import { mapName } from "./graph/names.js";
import { isVector } from "./graph/units.js";
import { lookOf } from "./look.js";
import { pictureOf } from "./state.js";

/** @type {Wanted[]} */
export const WANTED = [
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

/** @type {Making<Host>} */
export const FILES = {
  offered: ({ focus, graph, t }) => {
    if (!focus || !graph) return { label: "", without: WANTED.map(({ id }) => id) };
    const { layer, map } = focus;
    const vector = isVector(layer);
    const label = vector ? layer.name : `${layer.name}, ${mapName(graph, layer.name, map, t)}`;
    const large = TIMES * Math.max(...layer.shape.slice(1)) > LONGEST ? ["png8"] : [];
    return { label, without: vector ? OF_MAPS : large };
  },
  name: ({ state, focus }, { id, format, all, times }) => {
    const { net } = state.values;
    if (id.startsWith("classes")) return `${net}-classes.${format}`;
    const which = all ? "maps" : `map-${focus?.map}`;
    const layer = focus?.layer.name.replaceAll("/", "-");
    return `${net}-${layer}-${which}${times > 1 ? `-x${times}` : ""}.${format}`;
  },
  file: async (page, { id, format, all, times }) => {
    if (id.startsWith("classes")) return classes(page, format);
    const focus = /** @type {Focus} */ (page.focus);
    return format === "png" ? picture(page, focus, all, times) : numbers(page, focus, format, all);
  },
};

/** @param {Host} page @param {Focus} focus @param {boolean} all @param {number} times */
async function picture(page, { layer, map }, all, times) {
  const maps = await mapsOf(page.full, layer.name);
  const { colormap, scales } = lookOf(page.state.values).of(maps);
  const wanted = all ? maps : [maps[map]];
  const looks = wanted.map((one) => ({ map: one, scale: scales[maps.indexOf(one)] }));
  return pictureFile(sheetOf(looks, colormap), times, page.t);
}

/** All maps of the layer, once they are those of the picture that is seen. @param {Full} full @param {string} layer @returns {Promise<FeatureMap[]>} */
async function mapsOf(full, layer) {
  for (let look = 0; look < LOOKS && !full.fresh(layer); look++) {
    full.want([layer]);
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  const whole = full.fresh(layer) ? full.get(layer) : null;
  if (!whole) throw new ApiError({ code: "away", message: "The server does not answer." }, 0);
  return whole.maps;
}

/** @param {Host} page @param {Focus} focus @param {string} format @param {boolean} all */
async function numbers(page, { layer, map }, format, all) {
  const body = { layer: layer.name, ...(all ? {} : { channels: [map] }) };
  const reply = await ask(page, "activations", { ...body, format: format === "npy" ? "npy" : "json" });
  if (format === "npy") return reply.blob();
  const { values } = await reply.json();
  return text(values[0].map((/** @type {number[]} */ row) => row.join(",")));
}

/** @param {Host} page @param {string} format */
async function classes(page, format) {
  const reply = await ask(page, "predict", { top: page.graph?.classes.length ?? 1 });
  if (format === "json") return reply.blob();
  /** @type {Class[]} */
  const found = (await reply.json()).classes;
  const rows = found.map(({ index, name, logit, probability }) => [index, quoted(name), logit, probability]);
  return text(["index,name,logit,probability", ...rows.map((row) => row.join(","))]);
}

/** @param {Host} page @param {string} what @param {object} more */
function ask({ state, http }, what, more) {
  const { network, ...picture } = pictureOf(state.values);
  return http.post(`networks/${encodeURIComponent(network)}/${what}`, { ...picture, ...more });
}

/** @param {string} name */
function quoted(name) {
  return /[",\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}

/** @param {string[]} lines */
function text(lines) {
  return new Blob([lines.map((line) => `${line}\n`).join("")], { type: "text/csv" });
}
