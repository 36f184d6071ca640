/** The Network page: a trained network at work on one picture. */

import { cell } from "./network/chapters/cell.js";
import { code } from "./network/chapters/code.js";
import { curve } from "./network/chapters/curve.js";
import { end } from "./network/chapters/end.js";
import { given } from "./network/chapters/given.js";
import { layer } from "./network/chapters/layer.js";
import { logit } from "./network/chapters/logit.js";
import { map } from "./network/chapters/map.js";
import { trace } from "./network/chapters/trace.js";
import { weights } from "./network/chapters/weights.js";
import { NetworkPage } from "./network/page.js";
import { COMPUTED, TABLE } from "./network/state.js";
import { makeViews } from "./network/views.js";
import { start } from "./page/start.js";

/** @type {import("./page/chapters.js").Chapter<NetworkPage>[]} in the order in which they stand on the page */
const chapters = [given, layer, weights, map, cell, trace, curve, logit, end, code];

start(new URL("..", import.meta.url), {
  ...{ page: NetworkPage, table: TABLE, computed: COMPUTED, views: makeViews, chapters },
  steps: ["net", "layer", "map"],
});
