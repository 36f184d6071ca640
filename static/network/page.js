/**
 * The Network page: state changes in, wishes out; layers in as they are computed, views out.
 *
 * @import { Values } from "./state.js"
 * @import { Graph, Listed } from "./types.js"
 * @import { ApiErrorBody, Sample } from "../types.js"
 * @import { Parts } from "../page/page.js"
 * @import { Views } from "./views.js"
 * @typedef {{samples: Sample[], networks: Listed[]}} Catalogue
 */

import { on } from "../page/events.js";
import { Files } from "../page/files.js";
import { Page } from "../page/page.js";
import { Uploads } from "../page/uploads.js";
import { Full } from "./answers/full.js";
import { FILES } from "./files.js";
import { focusOf } from "./graph/focus.js";
import { Graphs } from "./graph/graphs.js";
import { prune } from "./graph/prune.js";
import { Walk } from "./graph/walk.js";
import { Pictures } from "./pictures.js";
import { Pointing } from "./pointing.js";
import { showPhoto, showVerdict, showViews } from "./refresh.js";
import { Session } from "./session.js";
import { pictureOf } from "./state.js";

/** @extends {Page<Values, Views, Catalogue>} */
export class NetworkPage extends Page {
  /** @param {Parts<Values, Views, Catalogue>} parts */
  constructor(parts) {
    super(parts);
    this.session = new Session(parts.stream);
    this.graphs = new Graphs(this);
    this.pictures = new Pictures(this);
    this.uploads = new Uploads(this);
    this.full = new Full(this);
    this.pointing = new Pointing(this);
    this.walk = new Walk(this);
    this.files = new Files(this, FILES);
    this.#listen();
  }

  #listen() {
    const { session, state, views } = this;
    on(session, "input", () => showPhoto(this));
    on(session, "layer", ({ layer }) => this.#arrived(layer));
    on(session, "classes", () => showVerdict(this));
    on(session, "settled", () => this.#settled());
    on(session, "refused", ({ error }) => this.#refused(error));
    on(views.networks, "network", ({ name }) =>
      state.set({ net: name, ...NOWHERE, ...this.pictures.fitting(name) }),
    );
    on(views.overview, "look", ({ layer, map = null }) => this.look(layer, map));
    on(views.verdict, "class", ({ index }) => this.#why(index));
    on(views.photo, "invert", ({ invert }) => state.set({ invert }));
  }

  /**
   * @param {string} layer @param {number | null} [map] of its maps; of a list of numbers, which of them
   * @param {{y: number, x: number} | null} [cell] @param {import("../types.js").How} [how]
   */
  look(layer, map = null, cell = null, how = "step") {
    this.state.set({ layer, map, cell, from: null }, how);
  }

  /** What speaks for a class is found by the chapter that leads back to the picture. @param {number} index */
  #why(index) {
    const { open } = this.state.values;
    const look = { layer: this.graph?.logits ?? "", map: index, cell: null, from: null };
    this.state.set({ ...look, open: open.includes("trace") ? open : [...open, "trace"] });
  }

  /** @override */
  compute() {
    this.refusal = null;
    this.session.want(pictureOf(this.state.values));
    this.graphs.want(this.state.values.net);
  }

  /** What the chosen network is made of; null until it is here. @returns {Graph | null} */
  get graph() {
    return this.graphs.get(this.state.values.net);
  }

  get focus() {
    return focusOf(this);
  }

  /** @override */
  get ready() {
    return this.graph !== null && this.session.classes !== null && this.refusal === null;
  }

  /** Just received: in the overview when this returns. @param {string} layer */
  #arrived(layer) {
    this.views.overview.arrived(layer, this.session.layers);
    document.dispatchEvent(new CustomEvent("convscope:layer", { detail: { layer } }));
    // The rest of the page waits until all are there: what it would take to tell of each is time to compute the next.
    if (layer === this.focus?.layer.name) this.defer();
  }

  #settled() {
    this.refresh();
    const ms = performance.now() - this.session.since;
    document.dispatchEvent(new CustomEvent("convscope:settled", { detail: { ms } }));
  }

  /** @param {ApiErrorBody} error */
  #refused(error) {
    if (error.code === "unknown_image") return void this.uploads.lost(error, !this.session.classes);
    if (!this.pictures.mend(error)) this.refuse(error);
  }

  /** @param {ApiErrorBody} error */
  refuse(error) {
    this.refusal = error;
    this.defer();
  }

  /** @override */
  back() {
    this.uploads.back();
    this.pointing.back();
    this.graphs.want(this.state.values.net);
    super.back();
  }

  /** While a picture is computed, the first layers are. @override */
  get patience() {
    const { stale, since } = this.session;
    return stale ? since + FIRST - performance.now() : 0;
  }

  /** @override */
  show() {
    this.#prune();
    this.pointing.ask();
    this.walk.sync();
    showViews(this);
    super.show();
  }

  /** A link to what this network does not have. */
  #prune() {
    if (!this.graph) return;
    const { patch, dropped } = prune(this.graph, this.state.values);
    if (dropped.length === 0) return;
    this.state.set(patch, "mend");
    this.dropped(dropped);
  }
}

/** Milliseconds that the first layers have for themselves: two processors draw, compute and send at once. */
const FIRST = 120;

/** Another network has other layers. */
const NOWHERE = { layer: "", map: null, cell: null, from: null };
