/** Elements of drawings. */

import { dressed } from "./dom.js";

const NS = "http://www.w3.org/2000/svg";

/**
 * @param {string} selector a tag and its classes, "path.curve-line"
 * @param {...(import("./dom.js").Attributes | import("./dom.js").Child)} rest attributes, if any, and children
 * @returns {SVGElement}
 */
export function svg(selector, ...rest) {
  return dressed(document.createElementNS(NS, /** @type {"g"} */ (selector.split(".")[0])), selector, rest);
}
