/**
 * The composition root: the only one who knows everybody. State changes become wishes in the same task;
 * results are painted in the handler that received them; all else waits until that picture is on the screen.
 */

/** @import { Values } from "./state.js" */

import { loadMessages, pickLanguage } from "./i18n.js";
import { Lab } from "./lab/lab.js";
import { prune } from "./lab/params.js";
import { Session } from "./lab/session.js";
import { makeViews } from "./lab/views.js";
import { pictureOf } from "./lab/wishes.js";
import { bindAddress, parseHash, State } from "./state.js";
import { Http } from "./transport/http.js";
import { Stream } from "./transport/stream.js";

const root = new URL("..", import.meta.url);

/** A page that is open when the server comes back goes on by itself. @template T @param {() => Promise<T>} ask @param {() => void} away @returns {Promise<T>} */
async function persist(ask, away) {
  for (let wait = 500; ; wait = Math.min(wait * 2, 4000)) {
    try {
      return await ask();
    } catch {
      away();
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

/** @param {Values} values */
function connect(values) {
  const http = new Http(root);
  const address = new URL("api/stream", root);
  address.protocol = address.protocol.replace("http", "ws");
  const stream = new Stream(address.href);
  const session = new Session(stream, http);
  // The pixels are on their way before the registry is here.
  session.want({ picture: pictureOf(values), body: null, selected: 0, since: performance.now() });
  return { http, stream, session };
}

/** @param {Http} http @param {Values} values */
async function load(http, values) {
  const waiting = document.getElementById("waiting");
  const ask = () =>
    Promise.all([
      loadMessages(root, pickLanguage(values.lang, navigator.languages)),
      http.json("operations"),
      http.json("kernels"),
      http.json("samples"),
    ]);
  const [t, { operations }, { kernels }, { samples }] = await persist(ask, () =>
    waiting?.removeAttribute("hidden"),
  );
  waiting?.remove();
  return { t, catalogue: { operations, presets: kernels, samples } };
}

async function start() {
  const { values } = parseHash(location.hash);
  const state = new State(values);
  const parts = connect(values);
  const { t, catalogue } = await load(parts.http, values);
  const known = (/** @type {string} */ hash) => {
    const parsed = parseHash(hash);
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
  const lab = new Lab({ root, state, ...parts, catalogue, views: makeViews(t), t });
  lab.dropped(first.dropped);
  bindAddress(state, (hash) => {
    const next = read(hash);
    lab.dropped(next.dropped);
    return next.values;
  });
  lab.begin();
}

start();
