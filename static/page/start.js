/**
 * How a page starts: what the address says, the way to the service, messages and catalogue, then the page itself.
 *
 * @import { Translate } from "../types.js"
 * @import { Http } from "../transport/http.js"
 * @import { Stream } from "../transport/stream.js"
 * @import { Table } from "./address.js"
 * @import { AnyChapter } from "./chapters.js"
 * @import { Own, Parts } from "./page.js"
 * @import { Common } from "./table.js"
 */

/**
 * @template {Common} V @template {Own} W @template {object} C
 * @typedef {object} Kind what a page is, as data: all that its entry has to say
 * @property {Table<V>} table
 * @property {(t: Translate) => W} [views] of its own, each in its place
 * @property {AnyChapter[]} [chapters]
 * @property {new (parts: Parts<V, W, C>) => Page<V, W, C>} [page] with hooks of its own
 * @property {readonly string[]} [computed] keys of what is computed
 * @property {string[]} [steps] keys whose change is a step that the browser can take back
 * @property {(values: V, http: Http, stream: Stream) => unknown} [early] what is wanted before all this is here
 * @property {(hash: string, catalogue: C) => {values: V, dropped: string[]}} [read] an address, less what there is not
 */

import { HeaderView } from "../views/frame/header.js";
import { StatusView } from "../views/frame/status.js";
import { State } from "./address.js";
import { connect, persist } from "./connect.js";
import { bindDoors } from "./doors.js";
import { Address } from "./history.js";
import { loadMessages, pickLanguage } from "./i18n.js";
import { Page } from "./page.js";
import { place } from "./place.js";

/**
 * @template {Common} V @template {Own} W @template {object} C
 * @param {URL} root where the service is @param {Kind<V, W, C>} kind
 */
export async function start(root, kind) {
  const { table, steps } = kind;
  const state = new State(table.parse(location.hash).values);
  bindDoors(state, table);
  const { http, stream } = connect(root);
  const early = kind.early?.(state.values, http, stream);
  const { t, catalogue } = await persist(() => load(root, http, state.values.lang));
  const read = (/** @type {string} */ hash) => kind.read?.(hash, catalogue) ?? table.parse(hash);
  const first = read(location.hash);
  state.set(first.values);
  const frame = { header: new HeaderView(place("header"), t), status: new StatusView(place("status"), t) };
  const views = { ...frame, .../** @type {W} */ (kind.views?.(t)) };
  const page = new (kind.page ?? Page)({ ...kind, root, state, http, stream, catalogue, early, t, views });
  page.dropped(first.dropped);
  const heed = (/** @type {string} */ hash) => {
    const { values, dropped } = read(hash);
    page.dropped(dropped);
    return values;
  };
  page.begin(new Address(state, table, heed, steps));
}

/** The messages, and the lists of the API that the page's frame has asked for already. @param {URL} root @param {Http} http @param {string} lang */
async function load(root, http, lang) {
  const asked = /** @type {NodeListOf<HTMLLinkElement>} */ (document.querySelectorAll("link[as=fetch]"));
  const [t, ...lists] = await Promise.all([
    loadMessages(root, pickLanguage(lang, navigator.languages)),
    ...Array.from(asked, ({ href }) => http.json(href.slice(http.url("").length))),
  ]);
  return { t, catalogue: Object.assign({}, ...lists) };
}
