/** The Network page's chapters, in the order in which they stand on the page. @import { Chapter } from "../page/chapters.js" */

import { cell } from "./chapters/cell.js";
import { code } from "./chapters/code.js";
import { curve } from "./chapters/curve.js";
import { end } from "./chapters/end.js";
import { given } from "./chapters/given.js";
import { layer } from "./chapters/layer.js";
import { logit } from "./chapters/logit.js";
import { map } from "./chapters/map.js";
import { trace } from "./chapters/trace.js";
import { weights } from "./chapters/weights.js";

/** @type {Chapter<import("./page.js").NetworkPage>[]} */
export const ORDER = [given, layer, weights, map, cell, trace, curve, logit, end, code];
