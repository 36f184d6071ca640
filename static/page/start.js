/**
 * How a page starts: what the address says, the way to the service, messages and catalogue, then the page itself.
 *
 * @import { Translate } from "../types.js"
 * @import { Http } from "../transport/http.js"
 * @import { Stream } from "../transport/stream.js"
 * @import { Table } from "./address.js"
 * @import { AnyChapter } from "./chapters.js"
 * @import { FrameViews, Parts } from "./page.js"
 * @import { Common } from "./table.js"
 */

/**
 * @template {Common} V @template {FrameViews} W @template {object} C
 * @typedef {object} Kind what a page is, as data: all that its entry has to say
 * @property {Table<V>} table
 * @property {(t: Translate) => W} views each in its place
 * @property {AnyChapter[]} [chapters]
 * @property {new (parts: Parts<V, W, C>) => Page<V, W, C>} [page] with hooks of its own
 * @property {readonly string[]} [computed] keys of what is computed
 * @property {string[]} [steps] keys whose change is a step that the browser can take back
 * @property {Record<keyof C, string>} [asks] what the catalogue holds: lists of the API, by its name for them
 * @property {(values: V, http: Http, stream: Stream) => unknown} [early] what is wanted before all this is here
 * @property {(hash: string, catalogue: C) => {values: V, dropped: string[]}} [read] an address, less what there is not
 */

import { State } from "./address.js";
import { connect, persist } from "./connect.js";
import { bindDoors } from "./doors.js";
import { Address } from "./history.js";
import { loadMessages, pickLanguage } from "./i18n.js";
import { Page } from "./page.js";

/**
 * @template {Common} V @template {FrameViews} W @template {object} C
 * @param {URL} root where the service is @param {Kind<V, W, C>} kind
 */
export async function start(root, kind) {
  const { table, asks, chapters = [], computed = [], steps = [] } = kind;
  const state = new State(table.parse(location.hash).values);
  bindDoors(state, table);
  const { http, stream } = connect(root);
  const early = kind.early?.(state.values, http, stream);
  const { t, catalogue } = await persist(() => load(root, http, state.values.lang, asks));
  const read = (/** @type {string} */ hash) => kind.read?.(hash, catalogue) ?? table.parse(hash);
  const first = read(location.hash);
  state.set(first.values);
  const parts = { root, state, table, http, stream, catalogue, chapters, computed, early, t };
  const page = new (kind.page ?? Page)({ ...parts, views: kind.views(t) });
  page.dropped(first.dropped);
  const heed = (/** @type {string} */ hash) => {
    const { values, dropped } = read(hash);
    page.dropped(dropped);
    return values;
  };
  page.begin(new Address(state, table, heed, steps));
}

/** @template {object} C @param {URL} root @param {Http} http @param {string} lang @param {Record<keyof C, string>} [asks] */
async function load(root, http, lang, asks) {
  const paths = Object.entries(asks ?? {});
  const [t, ...found] = await Promise.all([
    loadMessages(root, pickLanguage(lang, navigator.languages)),
    ...paths.map(async ([name, path]) => [name, (await http.json(path))[path]]),
  ]);
  return { t, catalogue: /** @type {C} */ (Object.fromEntries(found)) };
}
