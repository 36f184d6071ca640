/**
 * What the net is given, step by step from the photo.
 *
 * @import { Answer, Chapter } from "../../page/chapters.js"
 * @import { Translate } from "../../types.js"
 * @import { Http } from "../../transport/http.js"
 * @import { Session } from "../session.js"
 * @import { Values } from "../state.js"
 * @import { Graph } from "../types.js"
 * @typedef {{graph: Graph | null, session: Session, http: Http, state: {values: Values}, t: Translate}} Host
 */

import { lookOf } from "../../page/scales.js";
import { GivenView } from "../../views/network/given/given.js";
import { mapNames } from "../graph/names.js";
import { PICTURE } from "../graph/walk.js";
import { pictureOf } from "../state.js";

const COLOURS = ["red", "green", "blue"];
/** px of the long side of the upright picture: enough for a fine screen. */
const LONG = 560;

/** @type {Chapter<Host>} */
export const given = {
  name: "given",
  offered: ({ graph }) => graph !== null,
  view: (place, t) => new GivenView(place, t),
  request: ({ state }) => ({ type: "network_input", ...pictureOf(state.values) }),
  model,
  summary: ({ graph, session, t }) => {
    const [rows, columns] = session.given?.picture ?? [];
    const [channels, height, width] = graph?.input ?? [];
    return rows ? t("net.given.summary", { rows, columns, channels, height, width }) : "";
  },
};

/** @param {Host} page @param {Answer | null} answer */
function model({ graph, http, state, t }, answer) {
  const { values } = state;
  const steps = answer?.messages.input ?? null;
  if (!answer || !graph || steps?.shape.join() !== graph.input.join()) return { steps: null };
  const asked = /** @type {{image: string, frame: number}} */ (/** @type {unknown} */ (answer.request));
  const [rows, columns] = steps.picture;
  const size = Math.min(LONG, Math.max(rows, columns));
  const how = { size, color: "rgb", frame: asked.frame };
  const { channels } = steps;
  const colours = channels.length === 3 ? COLOURS.map((name) => channels.indexOf(name)) : [0];
  const maps = answer.maps.values;
  return {
    ...{ steps, colours, resized: answer.maps.resized, levels: answer.maps.levels, values: maps },
    url: http.url(http.pixelsPath(asked.image, how, "png")),
    names: mapNames(graph, PICTURE, channels.length, t),
    look: lookOf(values, maps),
  };
}
