/** The Lab's chapters, in the order in which they stand on the page. @import { Chapter } from "../page/chapters.js" */

import { code } from "./chapters/code.js";
import { compare } from "./chapters/compare.js";
import { coverage } from "./chapters/coverage.js";
import { curve } from "./chapters/curve.js";
import { parts } from "./chapters/parts.js";
import { size } from "./chapters/size.js";
import { sum } from "./chapters/sum.js";

/** @type {Chapter<import("./page.js").Lab>[]} */
export const ORDER = [sum, parts, curve, size, coverage, compare, code];
