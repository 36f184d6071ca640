/**
 * The chapter that one takes along: what is looked at as files, and in code.
 *
 * @import { Chapter } from "./chapters.js"
 * @import { Files } from "./files.js"
 * @import { Coded } from "./table.js"
 * @import { Wanted } from "../views/frame/export.js"
 * @typedef {{files: Pick<Files<any>, "model" | "save">,
 *   state: {values: Coded, set: (patch: Partial<Coded>) => void}}} Host
 */

import { TakeView } from "../views/frame/take.js";
import { on } from "./events.js";
import { during } from "./rest.js";

/**
 * @template H
 * @param {(host: H) => boolean} offered
 * @param {(host: H) => Record<string, object>} calls the request of each view that can be had now, the usual one first
 * @param {Wanted[]} [wanted] the files there are
 * @returns {Chapter<H & Host>}
 */
export function codeChapter(offered, calls, wanted) {
  /** What was chosen, as long as there is such a view. @param {H & Host} host */
  const found = (host) => {
    const all = calls(host);
    const { of } = host.state.values;
    const view = of in all ? of : (Object.keys(all)[0] ?? of);
    return { all, view, request: all[view] ? { post: "code", body: { view, call: all[view] } } : null };
  };
  return {
    name: "code",
    offered,
    view: (place, t) => new TakeView(place, t, wanted),
    request: (host) => found(host).request,
    model: (host, answer) => {
      const { all, view, request } = found(host);
      return {
        files: host.files.model,
        code: {
          of: view,
          offered: Object.keys(all),
          language: host.state.values.code,
          texts: answer?.messages.reply ?? null,
          fits: JSON.stringify(answer?.request) === JSON.stringify(request),
        },
      };
    },
    listen: ({ files, state }, view) => {
      on(view, "language", ({ language }) => state.set({ code: language }));
      on(view, "save", (wanted) => during(files.save(wanted)));
      on(view, "of", ({ of }) => state.set({ of }));
    },
  };
}
