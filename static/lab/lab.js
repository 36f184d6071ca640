/**
 * The Lab: state changes in, wishes out; results in, views out.
 *
 * @import { Values } from "../state.js"
 * @import { Translate } from "../types.js"
 * @import { Result } from "./session.js"
 * @import { Catalogue } from "./models.js"
 * @typedef {object} Parts
 * @property {URL} root
 * @property {import("../address.js").State<Values>} state
 * @property {import("../transport/http.js").Http} http
 * @property {import("../transport/stream.js").Stream} stream
 * @property {import("./session.js").Session} session
 * @property {Catalogue} catalogue
 * @property {import("./views.js").Views} views
 * @property {Translate} t
 */

import { loadMessages, pickLanguage } from "../i18n.js";
import { Chapters } from "../page/chapters.js";
import { on } from "../page/events.js";
import { dress, place, translatePage } from "../page/place.js";
import { afterPress, watchPresses } from "../page/press.js";
import { during, rest } from "../page/rest.js";
import { colormapFor, scalesFor } from "../page/scales.js";
import { Uploads } from "../page/uploads.js";
import { COMPUTED } from "../state.js";
import { Hands } from "./hands.js";
import { editsKernel, requiring } from "./inputs.js";
import { resolve, toSpecs } from "./kernels.js";
import { Light } from "./light.js";
import { placeOf } from "./models.js";
import { Motion } from "./motion.js";
import { ORDER } from "./order.js";
import { firstOperation, operationOf, withParam } from "./params.js";
import { Pictures } from "./pictures.js";
import { Pointing } from "./pointing.js";
import { controls, labelsOf, refresh } from "./refresh.js";
import { stackOf } from "./stack.js";
import { listenToTaking } from "./take.js";
import { computation, pictureOf, shortBias } from "./wishes.js";

const PAINTED = ["map", "colormap", "scale", "range", "split", "zoom"];

export class Lab {
  /** @param {Parts} parts */
  constructor(parts) {
    this.state = parts.state;
    this.session = parts.session;
    this.views = parts.views;
    this.catalogue = parts.catalogue;
    this.http = parts.http;
    this.stream = parts.stream;
    this.root = parts.root;
    this.t = parts.t;
    /** @type {import("../types.js").ApiErrorBody | null} */
    this.refusal = null;
    this.away = false;
    /** What addresses held and was dropped, a list for each address. @type {string[][]} */
    this.notices = [];
    this.kernelAt = 0;
    this.later = 0;
    /** What was set for an operation, for when one comes back to it. @type {Map<string, Values["params"]>} */
    this.memory = new Map();
    this.resolved = resolve(this.state.values.kernels, this.catalogue.presets);
    this.uploads = new Uploads(this);
    this.pictures = new Pictures(this);
    this.hands = new Hands(this);
    this.light = new Light(this);
    this.pointing = new Pointing(this);
    this.chapters = new Chapters(this, ORDER, place("chapters"));
    this.motion = new Motion(this);
    listenToTaking(this);
    this.bringUpToDate = () => {
      refresh(this);
      this.motion.update();
    };
    watchPresses();
    this.#listen(parts.stream);
  }

  /** @param {import("../page/history.js").Address<Values>} address */
  begin(address) {
    this.address = address;
    // For tests and benchmarks, which a bundle gives no module to import.
    document.dispatchEvent(new CustomEvent("convscope:begin", { detail: this }));
    dress(this.state.values.theme);
    translatePage(this.t);
    this.compute();
    this.refresh();
  }

  /** @param {import("../transport/stream.js").Stream} stream */
  #listen(stream) {
    const { state, session, views } = this;
    on(state, "change", ({ keys }) => this.#changed(keys));
    on(session, "result", (result) => this.#painted(result));
    on(session, "more", () => this.defer());
    on(session, "settled", () => this.defer());
    on(session, "stale", (stale) => views.stage.update({ stale: stale && session.result !== null }));
    on(session, "refused", ({ error }) => this.#refused(error));
    stream.addEventListener("connected", () => this.#connection(false));
    stream.addEventListener("away", () => this.#connection(true));
    on(views.controls, "operation", ({ name }) => this.#operate(name));
    on(views.controls, "activation", ({ activation }) => state.set({ activation }));
    for (const view of [views.controls, views.kernel])
      on(view, "param", ({ param, value }) => {
        state.set({ params: withParam(state.values.params, param, value) });
        if (Array.isArray(value)) controls(this);
      });
    on(views.kernel, "kernels", (edit) => this.#edited(edit));
    on(views.kernel, "bias", ({ bias }) => {
      state.set({ bias: shortBias(bias) });
      controls(this);
    });
    on(views.input, "input", ({ patch }) => this.pictures.change(patch));
    on(views.display, "display", ({ patch }) => state.set(patch));
    on(views.header, "choose", ({ patch }) => state.set(patch));
    on(views.maps, "select", ({ map }) => state.set({ map }));
    on(views.progress, "cancel", () => session.cancel());
    on(views.stage, "zoom", ({ zoom }) => state.set({ zoom }));
    on(views.status, "dismiss", ({ at }) => {
      this.notices = this.notices.toSpliced(at, 1);
      this.refresh();
    });
  }

  /** @param {Set<string>} keys */
  #changed(keys) {
    if (keys.has("kernels")) this.resolved = resolve(this.state.values.kernels, this.catalogue.presets);
    if (COMPUTED.some((key) => keys.has(key))) this.compute();
    if (PAINTED.some((key) => keys.has(key))) this.paint();
    if (keys.has("map")) this.pointing.moved();
    if (keys.has("cell")) this.pointing.pinChanged();
    if (keys.has("lang")) during(this.#speak());
    if (keys.has("theme")) dress(this.state.values.theme);
    this.defer();
  }

  /** The wish leaves in the task that changed the state. */
  compute() {
    const { values } = this.state;
    const body = computation(values, this.operation, this.resolved);
    this.session.want({ picture: pictureOf(values), body, selected: values.map, since: performance.now() });
  }

  /** @param {Result} result just received: on the canvas when this returns */
  #painted(result) {
    this.refusal = null;
    this.pointing.renew();
    this.motion.fit();
    this.paint();
    const detail = { id: result.id, ms: performance.now() - result.since };
    document.dispatchEvent(new CustomEvent("convscope:painted", { detail }));
    this.defer();
  }

  /** The operation that is chosen; its result may not be here yet. */
  get operation() {
    return operationOf(this.state.values, this.catalogue.operations);
  }

  /** Whether there is a result to ask about. */
  get ready() {
    return Boolean(this.session.result?.shape);
  }

  /** @param {import("../types.js").ApiErrorBody} error */
  problem(error) {
    return this.t.error(error, this.operation.params);
  }

  /** A name for every map of the result. */
  get labels() {
    return labelsOf(this);
  }

  /** The map that is chosen, as far as it is there. */
  get shown() {
    const { result } = this.session;
    if (!result?.shape) return null;
    const at = Math.min(this.state.values.map, stackOf(result.shape).maps - 1);
    return result.maps[at] ?? result.maps.find(Boolean) ?? null;
  }

  /** All that the pictures need, and nothing else. */
  paint() {
    const { result } = this.session;
    const { shown } = this;
    if (!result?.shape || !shown) return;
    const { values } = this.state;
    const colormap = colormapFor(values.colormap, [shown]);
    const present = result.maps.filter(Boolean);
    const [scale] = scalesFor(
      values.scale === "shared" ? present : [shown],
      values.scale,
      values.range,
      colormap,
    );
    const { zoom, split } = values;
    const { operations } = this.catalogue;
    const { cursor, pinned, exact, announce } = this.pointing;
    this.views.stage.update({
      input: result.pixels,
      output: shown,
      maps: stackOf(result.shape).maps,
      filtered: editsKernel(operationOf({ ...values, op: result.shape.operation }, operations)),
      shape: result.shape,
      cursor,
      pinned,
      zoom,
      colormap,
      scale,
      values: exact,
      split,
      announce,
    });
    this.views.preview.update(this.views.stage.bitmap("output"));
  }

  /** Once, after the next frame is on the screen: texts, limits, thumbnails, the sum. */
  defer() {
    if (this.later) return;
    this.later = requestAnimationFrame(() => {
      setTimeout(() => {
        this.later = 0;
        this.refresh();
        this.pointing.ask();
      });
    });
  }

  /** Resolved once nothing is asked, late or still to be drawn; a window that walks by itself goes on. */
  rest() {
    return rest(this);
  }

  /** The sums of a walk are asked for as long as it goes on. */
  get unasked() {
    return this.motion.running ? ["trace"] : [];
  }

  /** Everything but the pictures. */
  refresh() {
    afterPress(this.bringUpToDate);
  }

  /** @param {import("../types.js").ApiErrorBody} error */
  #refused(error) {
    const { values } = this.state;
    const { operation } = this;
    const operations =
      error.code === "missing_input" &&
      requiring(this.catalogue.operations, operation.name, error.values?.name);
    if (operations) {
      this.catalogue = { ...this.catalogue, operations };
      return this.compute();
    }
    if (this.pictures.mend(error)) return;
    const place = placeOf(error, operation);
    const first = !this.session.result;
    if (place.kind === "image" || error.code === "unknown_image") return void this.uploads.lost(error, first);
    this.refusal = error;
    if (first && place.kind === "param" && place.name in values.params) {
      const { [place.name]: dropped, ...params } = values.params;
      this.dropped([`p.${place.name}=${dropped}`]);
      this.state.set({ params });
    }
    this.defer();
  }

  /** @param {string[]} nonsense that an address held */
  dropped(nonsense) {
    if (nonsense.length === 0) return;
    this.notices = [...this.notices, nonsense];
    this.defer();
  }

  /** @param {string} name of an operation: its own settings come back with it */
  #operate(name) {
    const { values } = this.state;
    this.memory.set(this.operation.name, values.params);
    const op = name === firstOperation(this.catalogue.operations).name ? "" : name;
    this.refusal = null;
    this.state.set({ op, params: this.memory.get(name) ?? {}, map: 0 });
  }

  /** @param {{kernels: import("../types.js").Kernel[], selected: number, bias?: number[]}} edit */
  #edited({ kernels, selected, bias }) {
    this.kernelAt = selected;
    const map =
      selected < kernels.length && this.shownCountIs(kernels.length) ? selected : this.state.values.map;
    this.state.set({
      kernels: toSpecs(kernels, this.resolved, this.state.values.kernels),
      map,
      ...(bias ? { bias: shortBias(bias) } : {}),
    });
    controls(this);
  }

  /** Whether each kernel has just one map, so that choosing a kernel chooses its map. @param {number} count */
  shownCountIs(count) {
    const shape = this.session.result?.shape;
    const maps = shape && stackOf(shape).maps;
    return maps === count || maps === this.resolved.length;
  }

  /** @param {boolean} away */
  #connection(away) {
    this.away = away;
    if (away) this.pointing.asked = null;
    else {
      this.session.resume();
      this.uploads.back();
      this.chapters.back();
    }
    this.refresh();
  }

  async #speak() {
    this.t = await loadMessages(this.root, pickLanguage(this.state.values.lang, navigator.languages));
    for (const view of Object.values(this.views)) if ("translate" in view) view.translate(this.t);
    this.chapters.translate(this.t);
    translatePage(this.t);
    this.refresh();
    this.paint();
  }
}
