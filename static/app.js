/**
 * The composition root: the only one who knows everybody. State changes become wishes in the same task;
 * results are painted in the handler that received them; all else waits until that picture is on the screen.
 */

/**
 * @import { Values } from "./state.js"
 * @import { Http } from "./transport/http.js"
 */

import { State } from "./address.js";
import { loadMessages, pickLanguage } from "./i18n.js";
import { Lab } from "./lab/lab.js";
import { prune } from "./lab/params.js";
import { Session } from "./lab/session.js";
import { makeViews } from "./lab/views.js";
import { pictureOf } from "./lab/wishes.js";
import { connect, persist } from "./page/connect.js";
import { bindDoors } from "./page/doors.js";
import { Address } from "./page/history.js";
import { TABLE } from "./state.js";

const root = new URL("..", import.meta.url);

/** @param {Http} http @param {Values} values */
async function load(http, values) {
  const ask = () =>
    Promise.all([
      loadMessages(root, pickLanguage(values.lang, navigator.languages)),
      http.json("operations"),
      http.json("kernels"),
      http.json("samples"),
    ]);
  const [t, { operations }, { kernels }, { samples }] = await persist(ask);
  return { t, catalogue: { operations, presets: kernels, samples } };
}

async function start() {
  const { values } = TABLE.parse(location.hash);
  const state = new State(values);
  bindDoors(state, TABLE);
  const { http, stream } = connect(root);
  const session = new Session(stream, http);
  // The pixels are on their way before the registry is here.
  session.want({ picture: pictureOf(values), body: null, selected: 0, since: performance.now() });
  const { t, catalogue } = await load(http, values);
  const known = (/** @type {string} */ hash) => {
    const parsed = TABLE.parse(hash);
    const pruned = prune(parsed.values, catalogue.operations, catalogue.presets);
    return { values: { ...parsed.values, ...pruned.patch }, dropped: [...parsed.dropped, ...pruned.dropped] };
  };
  const read = (/** @type {string} */ hash) => {
    const { values, dropped } = known(hash);
    const ofA = values.a ? known(values.a).dropped.map((one) => `A: ${one}`) : [];
    return { values, dropped: [...dropped, ...ofA] };
  };
  const first = read(location.hash);
  state.set(first.values);
  const lab = new Lab({ root, state, http, stream, session, catalogue, views: makeViews(t), t });
  lab.dropped(first.dropped);
  const follow = (/** @type {string} */ hash) => {
    const next = read(hash);
    lab.dropped(next.dropped);
    return next.values;
  };
  lab.begin(new Address(state, TABLE, follow));
}

start();
