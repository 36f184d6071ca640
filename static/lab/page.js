/**
 * The Lab: state changes in, wishes out; results in, views out.
 *
 * @import { Values } from "./state.js"
 * @import { ApiErrorBody, Catalogue } from "../types.js"
 * @import { Result, Session } from "./session.js"
 * @import { Parts } from "../page/page.js"
 * @import { Views } from "./views.js"
 */

import { on } from "../page/events.js";
import { Files } from "../page/files.js";
import { Page } from "../page/page.js";
import { Uploads } from "../page/uploads.js";
import { Hands } from "./hand/hands.js";
import { Light } from "./hand/light.js";
import { Pointing } from "./hand/pointing.js";
import { requiring } from "./input/inputs.js";
import { Pictures } from "./input/pictures.js";
import { resolve, toSpecs } from "./kernel/kernels.js";
import { placeOf } from "./models.js";
import { Motion } from "./motion/motion.js";
import { paint, shownOf } from "./painting.js";
import { firstOperation, operationOf, withParam } from "./params.js";
import { controls, labelsOf, showViews } from "./refresh.js";
import { stackOf } from "./stack.js";
import { FILES } from "./take/files.js";
import { listenToTaking } from "./take/take.js";
import { computation, pictureOf, shortBias } from "./wishes.js";

const PAINTED = ["map", "colormap", "scale", "range", "split", "zoom"];

/** @extends {Page<Values, Views, Catalogue>} */
export class Lab extends Page {
  /** @param {Parts<Values, Views, Catalogue>} parts */
  constructor(parts) {
    super(parts);
    /** @type {Session} */
    this.session = parts.early;
    this.kernelAt = 0;
    /** What was set for an operation, for when one comes back to it. @type {Map<string, Values["params"]>} */
    this.memory = new Map();
    this.resolved = resolve(this.state.values.kernels, this.catalogue.kernels);
    this.uploads = new Uploads(this);
    this.pictures = new Pictures(this);
    this.hands = new Hands(this);
    this.light = new Light(this);
    this.pointing = new Pointing(this);
    this.motion = new Motion(this);
    this.files = new Files(this, FILES);
    listenToTaking(this);
    this.#listen();
  }

  #listen() {
    const { state, session, views } = this;
    on(session, "result", (result) => this.#painted(result));
    on(session, "more", () => this.defer());
    on(session, "settled", () => this.defer());
    on(session, "stale", (stale) => views.stage.update({ stale: stale && session.result !== null }));
    on(session, "refused", ({ error }) => this.#refused(error));
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
    on(views.maps, "select", ({ map }) => state.set({ map }));
    on(views.progress, "cancel", () => session.cancel());
    on(views.stage, "zoom", ({ zoom }) => state.set({ zoom }));
  }

  /** @override @param {Set<string>} keys */
  changed(keys) {
    if (keys.has("kernels")) this.resolved = resolve(this.state.values.kernels, this.catalogue.kernels);
    super.changed(keys);
    if (PAINTED.some((key) => keys.has(key))) this.paint();
    if (keys.has("map")) this.pointing.moved();
    if (keys.has("cell")) this.pointing.pinChanged();
  }

  /** @override */
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

  /** Whether there is a result to ask about. @override */
  get ready() {
    return Boolean(this.session.result?.shape);
  }

  /** @override @param {ApiErrorBody} error */
  problem(error) {
    return this.t.error(error, this.operation.params);
  }

  /** @override */
  get said() {
    return this.saidOf("other");
  }

  /** The refusal, if it belongs to this kind of control. @param {string} kind */
  saidOf(kind) {
    const { refusal } = this;
    return refusal && placeOf(refusal, this.operation).kind === kind ? this.problem(refusal) : "";
  }

  /** A name for every map of the result. */
  get labels() {
    return labelsOf(this);
  }

  /** The map that is chosen, as far as it is there. */
  get shown() {
    return shownOf(this);
  }

  /** All that the pictures need, and nothing else. */
  paint() {
    paint(this);
  }

  /** The sums of a walk are asked for as long as it goes on. @override */
  get unasked() {
    return this.motion.running ? ["trace"] : [];
  }

  /** @override */
  show() {
    showViews(this);
    super.show();
    this.motion.update();
    this.pointing.ask();
  }

  /** @param {ApiErrorBody} error */
  #refused(error) {
    const { values } = this.state;
    const { operation } = this;
    const operations =
      error.code === "missing_input" &&
      requiring(this.catalogue.operations, operation.name, error.values?.name);
    if (operations) {
      this.catalogue.operations = operations;
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

  /** @override */
  back() {
    this.session.resume();
    this.uploads.back();
    super.back();
  }

  /** @override */
  async speak() {
    await super.speak();
    this.paint();
  }

  /** Down to the cell whose sum is shown; while the window walks by itself, no cell is meant. @override */
  get linked() {
    const { values } = this.state;
    const { at } = this.pointing;
    const seen = at?.pane === "output" && !this.motion.playing ? { y: at.y, x: at.x } : null;
    return { ...values, cell: values.cell ?? seen };
  }
}
