/** The Network page's composition root. */

import { State } from "./address.js";
import { loadMessages, pickLanguage } from "./i18n.js";
import { NetworkPage } from "./network/page.js";
import { TABLE } from "./network/state.js";
import { makeViews } from "./network/views.js";
import { connect, persist } from "./page/connect.js";
import { bindDoors } from "./page/doors.js";
import { Address } from "./page/history.js";

const root = new URL("..", import.meta.url);

async function start() {
  const first = TABLE.parse(location.hash);
  const state = new State(first.values);
  bindDoors(state, TABLE);
  const { http, stream } = connect(root);
  const ask = () =>
    Promise.all([
      loadMessages(root, pickLanguage(first.values.lang, navigator.languages)),
      http.json("networks"),
      http.json("samples"),
    ]);
  const [t, { networks }, { samples }] = await persist(ask);
  const catalogue = { networks, samples };
  const page = new NetworkPage({ root, state, http, stream, catalogue, views: makeViews(t), t });
  page.dropped(first.dropped);
  const read = (/** @type {string} */ hash) => {
    const next = TABLE.parse(hash);
    page.dropped(next.dropped);
    return next.values;
  };
  page.begin(new Address(state, TABLE, read, ["net", "layer", "map"]));
}

start();
