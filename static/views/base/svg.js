/** Elements of drawings. */

import { give, setAttr } from "./dom.js";

const NS = "http://www.w3.org/2000/svg";

/**
 * @param {string} selector a tag and its classes, "path.curve-line"
 * @param {...(import("./dom.js").Attributes | import("./dom.js").Child)} rest attributes, if any, and children
 * @returns {SVGElement}
 */
export function svg(selector, ...rest) {
  const [tag, ...classes] = selector.split(".");
  const element = document.createElementNS(NS, /** @type {"g"} */ (tag));
  if (classes.length > 0) setAttr(element, "class", classes.join(" "));
  return give(element, ...rest);
}
