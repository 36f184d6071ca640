/**
 * Take it with you: maps and classes as files, and what is looked at in code.
 *
 * @import { Chapter } from "../../page/chapters.js"
 * @import { NetworkPage } from "../page.js"
 */

import { on } from "../../page/events.js";
import { during } from "../../page/rest.js";
import { TakeView } from "../../views/take.js";
import { FILES, Files } from "../files.js";
import { pictureOf } from "../state.js";

/** The files under way, for each page. @type {WeakMap<NetworkPage, Files>} */
const kept = new WeakMap();

/** @type {Chapter<NetworkPage>} */
export const code = {
  name: "code",
  offered: ({ focus }) => focus !== null,
  view: (place, t) => new TakeView(place, t, FILES),
  request,
  model: (page, answer) => ({
    files: filesOf(page).model,
    code: {
      of: page.state.values.of,
      offered: Object.keys(calls(page)),
      language: page.state.values.code,
      texts: answer?.messages.reply ?? null,
      fits: JSON.stringify(answer?.request) === JSON.stringify(request(page)),
    },
  }),
  listen: (page, view) => {
    on(view, "language", ({ language }) => page.state.set({ code: language }));
    on(view, "save", (wanted) => during(filesOf(page).save(wanted)));
    on(view, "of", ({ of }) => page.state.set({ of }));
  },
};

/** @param {NetworkPage} page */
function request(page) {
  const { of } = page.state.values;
  const call = calls(page)[of];
  return call ? { post: "code", body: { view: of, call } } : null;
}

/** @param {NetworkPage} page */
function filesOf(page) {
  const found = kept.get(page) ?? new Files(page);
  kept.set(page, found);
  return found;
}

/** The request of each view. @param {NetworkPage} page @returns {Record<string, object>} */
function calls({ focus, pointing, state }) {
  if (!focus) return {};
  const { layer, map } = focus;
  const picture = pictureOf(state.values);
  const cell =
    pointing.place?.cell ??
    [map, ...layer.shape.slice(1).map((size) => size >> 1)].slice(0, layer.shape.length);
  const own = layer.shape.length > 1 ? { channels: [map] } : {};
  return {
    predict: picture,
    activations: { ...picture, layer: layer.name, ...own },
    network_trace: { ...picture, layer: layer.name, cell },
    explain: { ...picture, layer: layer.name, cell },
  };
}
