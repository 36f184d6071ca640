/**
 * The Network page: state changes in, wishes out; layers in as they are computed, views out.
 *
 * @import { Values } from "./state.js"
 * @import { Graph, Listed } from "./types.js"
 * @import { ApiErrorBody, Sample, Translate } from "../types.js"
 * @typedef {object} Parts
 * @property {URL} root
 * @property {import("../address.js").State<Values>} state
 * @property {import("../transport/http.js").Http} http
 * @property {import("../transport/stream.js").Stream} stream
 * @property {{samples: Sample[], networks: Listed[]}} catalogue
 * @property {import("./views.js").Views} views
 * @property {Translate} t
 */

import { loadMessages, pickLanguage } from "../i18n.js";
import { Chapters } from "../page/chapters.js";
import { on } from "../page/events.js";
import { dress, place, translatePage } from "../page/place.js";
import { afterPress, watchPresses } from "../page/press.js";
import { during, rest } from "../page/rest.js";
import { Uploads } from "../page/uploads.js";
import { focusOf } from "./focus.js";
import { Full } from "./full.js";
import { Graphs } from "./graphs.js";
import { copyLink } from "./link.js";
import { ORDER } from "./order.js";
import { Pictures } from "./pictures.js";
import { Pointing } from "./pointing.js";
import { prune } from "./prune.js";
import { refresh, showPhoto, showVerdict } from "./refresh.js";
import { Session } from "./session.js";
import { COMPUTED, pictureOf } from "./state.js";
import { Walk } from "./walk.js";

export class NetworkPage {
  /** @param {Parts} parts */
  constructor(parts) {
    this.root = parts.root;
    this.state = parts.state;
    this.http = parts.http;
    this.stream = parts.stream;
    this.catalogue = parts.catalogue;
    this.views = parts.views;
    this.t = parts.t;
    this.session = new Session(parts.stream);
    this.graphs = new Graphs(this);
    /** @type {ApiErrorBody | null} */
    this.refusal = null;
    this.away = false;
    /** What addresses held and was dropped, a list for each address. @type {string[][]} */
    this.notices = [];
    this.later = 0;
    /** Slots whose answers nobody waits for. @type {string[]} */
    this.unasked = [];
    this.pictures = new Pictures(this);
    this.uploads = new Uploads(this);
    this.full = new Full(this);
    this.pointing = new Pointing(this);
    this.walk = new Walk(this);
    this.chapters = new Chapters(this, ORDER, place("chapters"));
    this.bringUpToDate = () => {
      this.#prune();
      this.pointing.ask();
      this.walk.sync();
      refresh(this);
      this.chapters.refresh();
    };
    watchPresses();
    this.#listen();
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

  #listen() {
    const { session, state, stream, views } = this;
    on(state, "change", ({ keys }) => this.#changed(keys));
    on(session, "input", () => showPhoto(this));
    on(session, "layer", ({ layer }) => this.#arrived(layer));
    on(session, "classes", () => showVerdict(this));
    on(session, "settled", () => this.#settled());
    on(session, "refused", ({ error }) => this.#refused(error));
    stream.addEventListener("connected", () => this.#connection(false));
    stream.addEventListener("away", () => this.#connection(true));
    on(views.header, "choose", ({ patch }) => state.set(patch));
    on(views.header, "link", () => copyLink(this));
    on(views.display, "display", ({ patch }) => state.set(patch));
    on(views.status, "dismiss", ({ at }) => {
      this.notices = this.notices.toSpliced(at, 1);
      this.refresh();
    });
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

  /** @param {Set<string>} keys */
  #changed(keys) {
    if (COMPUTED.some((key) => keys.has(key))) this.compute();
    if (keys.has("lang")) during(this.#speak());
    if (keys.has("theme")) dress(this.state.values.theme);
    this.defer();
  }

  /** The wish leaves in the task that changed the state. */
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

  /** Whether there is something to ask about. */
  get ready() {
    return this.graph !== null && this.session.classes !== null && this.refusal === null;
  }

  /** @param {ApiErrorBody} error */
  problem(error) {
    return this.t.error(error);
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
    if (this.pictures.mend(error)) return;
    this.refusal = error;
    this.defer();
  }

  /** @param {string[]} nonsense that an address held */
  dropped(nonsense) {
    if (nonsense.length === 0) return;
    this.notices = [...this.notices, nonsense];
    this.defer();
  }

  /** @param {boolean} away */
  #connection(away) {
    this.away = away;
    if (!away) {
      this.uploads.back();
      this.graphs.want(this.state.values.net);
      this.chapters.back();
    }
    this.refresh();
  }

  /** Once, after the next frame is on the screen; while a picture is computed, not before its first layers are. */
  defer() {
    if (this.later) return;
    const { stale, since } = this.session;
    const frame = () =>
      requestAnimationFrame(() => {
        setTimeout(() => {
          this.later = 0;
          this.refresh();
        });
      });
    const wait = stale ? since + FIRST - performance.now() : 0;
    this.later = wait > 0 ? window.setTimeout(frame, wait) : frame();
  }

  /** Resolved once nothing is asked, late or still to be drawn. */
  rest() {
    return rest(this);
  }

  refresh() {
    afterPress(this.bringUpToDate);
  }

  /** A link to what this network does not have. */
  #prune() {
    if (!this.graph) return;
    const { patch, dropped } = prune(this.graph, this.state.values);
    if (dropped.length === 0) return;
    this.state.set(patch, "mend");
    this.dropped(dropped);
  }

  async #speak() {
    this.t = await loadMessages(this.root, pickLanguage(this.state.values.lang, navigator.languages));
    for (const view of Object.values(this.views)) view.translate(this.t);
    this.chapters.translate(this.t);
    translatePage(this.t);
    this.refresh();
  }
}

/** Milliseconds that the first layers have for themselves: two processors draw, compute and send at once. */
const FIRST = 120;

/** Another network has other layers. */
const NOWHERE = { layer: "", map: null, cell: null, from: null };
