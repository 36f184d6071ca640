/**
 * What was pinned as A, what there is now as B, and B minus A.
 *
 * @import { Answer, Chapter } from "../../page/chapters.js"
 * @import { Catalogue, FeatureMap, Shape } from "../../types.js"
 * @import { State } from "../../page/address.js"
 * @import { Pointing } from "../hand/pointing.js"
 * @import { Session } from "../session.js"
 * @import { Host as Settings } from "../settings.js"
 * @import { Values } from "../state.js"
 * @typedef {{state: State<Values>, shown: FeatureMap | null}} Present
 * @typedef {Present & {catalogue: Catalogue, session: Session}} Host
 * @typedef {Host & Settings & {pointing: Pick<Pointing, "cursor" | "summed">}} Seen
 */

import { on } from "../../page/events.js";
import { lookOf, scalesFor } from "../../page/scales.js";
import { CompareView } from "../../views/compare/compare.js";
import { differences, settingsOf } from "../settings.js";
import { stackOf } from "../stack.js";
import { COMPUTED, TABLE } from "../state.js";
import { callOf } from "../wishes.js";

const PINNED = /** @type {const} */ ([...COMPUTED, "map"]);

/** @type {Chapter<Seen>} */
export const compare = {
  name: "compare",
  offered: (lab) => Boolean(lab.session.result?.shape),
  view: (place, t) => new CompareView(place, t),
  request,
  model,
  summary: ({ state, t }) => (state.values.a ? t("compare.pinned") : ""),
  listen: (lab, view) => {
    const { state } = lab;
    on(view, "pin", () => state.set({ a: present(lab) }));
    on(view, "unpin", () => state.set({ a: "" }));
    on(view, "back", () => state.set(pinned(lab)));
    on(view, "swap", () => state.set({ ...pinned(lab), a: present(lab) }));
    on(view, "cell", ({ x, y }) => state.set({ cell: seen(lab, { y, x }) }));
  },
};

/** Keep what is seen, and open the chapter to compare it with what comes. @param {Present} lab */
export function pin(lab) {
  const { a, open } = lab.state.values;
  lab.state.set({ a: a || present(lab), open: open.includes("compare") ? open : [...open, "compare"] });
}

/** What makes the map that is chosen, as an address; never empty, for that means none. @param {Present} lab */
function present({ state, shown }) {
  const { values } = state;
  return TABLE.format({ ...values, map: shown?.channel ?? values.map }, PINNED) || "map=0";
}

/** What was pinned, as the state has it. @param {Pick<Host, "state" | "catalogue">} lab @returns {Partial<Values>} */
function pinned({ state, catalogue }) {
  const { values } = callOf(state.values.a, catalogue);
  return Object.fromEntries(PINNED.map((key) => [key, values[key]]));
}

/** @param {Host} lab @returns {{a: object, b: object} | null} */
export function compared({ state, catalogue, session, shown }) {
  const { a } = state.values;
  if (!a || !session.result || !shown) return null;
  const { call, values } = callOf(a, catalogue);
  return { a: { ...call, channel: values.map }, b: { ...session.result.body, channel: shown.channel } };
}

/** @param {Host} lab */
function request(lab) {
  const sides = compared(lab);
  return sides && { type: "compare", ...sides, dtype: "float32" };
}

/** @param {Seen} lab @param {Answer | null} answer */
function model(lab, answer) {
  const { state, catalogue, session, shown, pointing, t } = lab;
  const { a } = state.values;
  if (!a) return { pinned: false };
  const values = { ...state.values, map: shown?.channel ?? 0 };
  const changes = differences(settingsOf(callOf(a, catalogue).values, lab), settingsOf(values, lab));
  const [[first], [second], [difference = null]] = ["a", "b", "difference"].map(
    (layer) => answer?.maps[layer] ?? [],
  );
  if (!answer || !first || !second) return { pinned: true, changes, maps: null };
  const { colormap, signed, ...scale } = lookOf(state.values, [first, second]);
  const look = { colormap, signed, scale };
  return {
    pinned: true,
    changes,
    maps: [
      { name: "A", map: first, label: t("legend.value"), ...look },
      { name: "B", map: second, label: t("legend.value"), ...look },
      difference && {
        name: "B − A",
        map: difference,
        label: t("compare.difference"),
        colormap: "diverging",
        scale: scalesFor([difference], "map", state.values.range, "diverging")[0],
        signed: true,
      },
    ],
    told: answer.messages.compare,
    cursor: session.result?.shape ? flat(session.result.shape, pointing) : null,
  };
}

/** Where the cursor is in the map as the server has it, which is not folded. @param {Shape} shape @param {Seen["pointing"]} pointing */
function flat(shape, { cursor, summed }) {
  const at = cursor?.pane === "output" ? cursor : summed;
  const { width, folded } = stackOf(shape);
  if (!at) return null;
  return folded ? { y: 0, x: at.y * width + at.x } : { y: at.y, x: at.x };
}

/** The same the other way. @param {Pick<Host, "session">} lab @param {{y: number, x: number}} at */
function seen({ session }, at) {
  const shape = session.result?.shape;
  const { width, folded } = shape ? stackOf(shape) : { width: 1, folded: false };
  return folded ? { y: Math.floor(at.x / width), x: at.x % width } : at;
}
