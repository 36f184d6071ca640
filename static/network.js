/** The Network page's composition root. */

import { NetworkPage } from "./network/page.js";
import { TABLE } from "./network/state.js";
import { makeViews } from "./network/views.js";
import { bindAddress, State } from "./page/address.js";
import { connect, persist } from "./page/connect.js";
import { bindDoors } from "./page/doors.js";
import { loadMessages, pickLanguage } from "./page/i18n.js";

const root = new URL("..", import.meta.url);

async function start() {
  const first = TABLE.parse(location.hash);
  const state = new State(first.values);
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
  bindAddress(state, TABLE, read, undefined, ["net", "layer", "map"]);
  bindDoors(state, TABLE);
  page.begin();
}

start();
