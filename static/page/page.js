/**
 * A page: state changes in, wishes out; what is heard of, views up to date. Here stands what every page does; a page of
 * its own is a class of these whose hooks say what it computes, paints and shows.
 *
 * @import { ApiErrorBody, Translate } from "../types.js"
 * @import { Http } from "../transport/http.js"
 * @import { Stream } from "../transport/stream.js"
 * @import { State, Table } from "./address.js"
 * @import { AnyChapter } from "./chapters.js"
 * @import { Address } from "./history.js"
 * @import { Common } from "./table.js"
 * @import { HeaderView } from "../views/frame/header.js"
 * @import { StatusView } from "../views/frame/status.js"
 * @typedef {{display?: EventTarget & {update: (model: any) => void}}} Own views of a page that are not around every page
 */

/**
 * @template {object} V the values of its state @template W its own views by name @template C its catalogue
 * @typedef {object} Parts what a page is made of
 * @property {URL} root where the service is
 * @property {State<V>} state
 * @property {Table<V>} table
 * @property {Http} http
 * @property {Stream} stream
 * @property {C} catalogue what the service has to choose from
 * @property {W & {header: HeaderView, status: StatusView}} views
 * @property {AnyChapter[]} [chapters] in the order in which they stand on the page
 * @property {readonly string[]} [computed] keys of what is computed: everything else is how it is looked at
 * @property {any} early what was wanted before all this was here
 * @property {Translate} t
 */

import { copy } from "../views/base/copy.js";
import { Chapters } from "./chapters.js";
import { on } from "./events.js";
import { loadMessages, pickLanguage } from "./i18n.js";
import { dress, place, translatePage } from "./place.js";
import { afterPress, watchPresses } from "./press.js";
import { during, rest } from "./rest.js";

/** @template {Common} V @template {Own} W @template {object} C */
export class Page {
  /** @param {Parts<V, W, C>} parts */
  constructor(parts) {
    this.root = parts.root;
    this.state = parts.state;
    this.table = parts.table;
    this.http = parts.http;
    this.stream = parts.stream;
    this.catalogue = parts.catalogue;
    this.views = parts.views;
    this.computed = parts.computed ?? [];
    this.t = parts.t;
    /** @type {ApiErrorBody | null} */
    this.refusal = null;
    this.away = false;
    /** What addresses held and was dropped, a list for each address. @type {string[][]} */
    this.notices = [];
    this.later = 0;
    this.chapters = new Chapters(
      /** @type {Page<any, W, C>} */ (this),
      parts.chapters ?? [],
      place("chapters"),
    );
    this.upToDate = () => this.bringUpToDate();
    watchPresses();
    this.#listen();
  }

  /** @param {Address<V>} address */
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
    const { state, stream, views } = this;
    on(state, "change", ({ keys }) => this.changed(keys));
    on(stream, "connected", () => this.#connection(false));
    on(stream, "away", () => this.#connection(true));
    on(views.header, "choose", ({ patch }) => state.set(patch));
    on(views.header, "link", () => this.#copyLink());
    on(views.status, "dismiss", ({ at }) => {
      this.notices = this.notices.toSpliced(at, 1);
      this.refresh();
    });
    if (views.display) on(views.display, "display", ({ patch }) => state.set(patch));
  }

  /** @param {Set<string>} keys */
  changed(keys) {
    if (this.computed.some((key) => keys.has(key))) this.compute();
    if (keys.has("lang")) during(this.speak());
    if (keys.has("theme")) dress(this.state.values.theme);
    this.defer();
  }

  /** The wish leaves in the task that changed the state. */
  compute() {}

  /** Whether there is something to ask about. */
  get ready() {
    return true;
  }

  /** A refusal in words. @param {ApiErrorBody} error */
  problem(error) {
    return this.t.error(error);
  }

  /** The refusal that belongs to no control. */
  get said() {
    return this.refusal ? this.problem(this.refusal) : "";
  }

  /** @param {string[]} nonsense that an address held */
  dropped(nonsense) {
    if (nonsense.length === 0) return;
    this.notices = [...this.notices, nonsense];
    this.defer();
  }

  /** Milliseconds for which pictures on their way have the page for themselves. */
  get patience() {
    return 0;
  }

  /** Once, after the next frame is on the screen. */
  defer() {
    if (this.later) return;
    const frame = () =>
      requestAnimationFrame(() =>
        setTimeout(() => {
          this.later = 0;
          this.refresh();
        }),
      );
    this.later = this.patience > 0 ? window.setTimeout(frame, this.patience) : frame();
  }

  /** Resolved once nothing is asked, late or still to be drawn. */
  rest() {
    return rest(this);
  }

  /** Slots whose answers nobody waits for. @returns {string[]} */
  get unasked() {
    return [];
  }

  /** Everything but the pictures: called once after a frame, never while one is being drawn or something is pressed. */
  refresh() {
    afterPress(this.upToDate);
  }

  bringUpToDate() {
    const { views, t, state, away, said, notices } = this;
    const { theme } = state.values;
    views.header.update({ lang: t.lang, theme });
    const words = notices.map((what) => t("notice.dropped", { what: what.join(", ") }));
    views.status.update({ away, refusal: said, notices: words });
    views.display?.update(state.values);
    this.show();
  }

  /** What is not around every page. */
  show() {
    this.chapters.refresh();
  }

  /** @param {boolean} away */
  #connection(away) {
    this.away = away;
    if (!away) this.back();
    this.refresh();
  }

  /** The server is back: what it could not answer is asked again. */
  back() {
    this.chapters.back();
  }

  async speak() {
    this.t = await loadMessages(this.root, pickLanguage(this.state.values.lang, navigator.languages));
    for (const view of Object.values(this.views)) if ("translate" in view) view.translate(this.t);
    this.chapters.translate(this.t);
    translatePage(this.t);
    this.refresh();
  }

  /** What a link to all that is seen says. */
  get linked() {
    return this.state.values;
  }

  get link() {
    const link = new URL(location.href);
    link.hash = this.table.format(this.linked);
    return link.href;
  }

  async #copyLink() {
    const { link } = this;
    // What waits to be written to the address is written now, so that both say the same.
    this.address?.write();
    this.views.header.copied((await copy(link)) ? "" : link);
  }
}
