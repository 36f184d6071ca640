/** Elements made and changed with as little as possible: what already stands there is not written again. */

import { Word } from "./word.js";

/**
 * @typedef {string | number | boolean | null | undefined} Value of an attribute: true is an empty one, false, null and
 *   undefined are none; but of ARIA, true and false are words
 * @typedef {Record<string, Value | Word | ((event: any) => void)>} Attributes a function listens to the event of that name
 * @typedef {Node | Word | string | number | null | undefined} Child null and undefined are none
 * @typedef {keyof HTMLElementTagNameMap} Tag
 */
/** @template {string} S @typedef {S extends `${infer T}.${string}` ? T : S} TagOf without the classes */
/** @template {string} S @typedef {TagOf<S> extends Tag ? HTMLElementTagNameMap[TagOf<S>] : never} ElementOf */

let counter = 0;

/** @param {string} stem @returns {string} an id no other element has */
export function uniqueId(stem) {
  counter += 1;
  return `${stem}-${counter}`;
}

/**
 * An element as a selector has it, "div.strip.drawn": a tag and its classes. A button submits nothing.
 * @template {Tag | `${Tag}.${string}`} S
 * @param {S} selector @param {...(Attributes | Child)} rest attributes, if any, and children
 * @returns {ElementOf<S>}
 */
export function h(selector, ...rest) {
  const [tag, ...classes] = selector.split(".");
  const element = document.createElement(tag);
  if (tag === "button") setAttr(element, "type", tag);
  if (classes.length > 0) setAttr(element, "class", classes.join(" "));
  return /** @type {ElementOf<S>} */ (give(element, ...rest));
}

/** @template {Element} E @param {E} element @param {Attributes | Child} [first] attributes, or a child already @param {...(Attributes | Child)} rest children */
export function give(element, first, ...rest) {
  const children = /** @type {Child[]} */ (rest);
  if (!isAttributes(first)) return add(element, first, ...children);
  for (const [name, value] of Object.entries(first)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value instanceof Word) value.tell((text) => setAttr(element, name, text));
    else setAttr(element, name, value);
  }
  return add(element, ...children);
}

/** @param {Attributes | Child} one @returns {one is Attributes} */
function isAttributes(one) {
  return typeof one === "object" && one !== null && !(one instanceof Node) && !(one instanceof Word);
}

/** @template {Element} E @param {E} element @param {...Child} children */
export function add(element, ...children) {
  for (const child of children) {
    if (child instanceof Word) {
      const node = new Text();
      child.tell((text) => setText(node, text));
      element.append(node);
    } else if (child !== null && child !== undefined) {
      element.append(child instanceof Node ? child : String(child));
    }
  }
  return element;
}

/** @param {Element} element @param {string} name @param {Value} value */
export function setAttr(element, name, value) {
  if (value === null || value === undefined || (value === false && !name.startsWith("aria-"))) {
    if (element.hasAttribute(name)) element.removeAttribute(name);
    return;
  }
  const text = value === true && !name.startsWith("aria-") ? "" : String(value);
  if (element.getAttribute(name) !== text) element.setAttribute(name, text);
}

/** @param {Node} node @param {string} text */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** What somebody is typing is left alone. @param {HTMLInputElement} input @param {string | number} value */
export function setValue(input, value) {
  const other = document.activeElement !== input && input.value !== String(value);
  if (other) input.value = String(value);
  return other;
}

/** @param {HTMLElement} element @param {boolean} shown */
export function show(element, shown) {
  if (element.hidden === shown) element.hidden = !shown;
}

/** What has nothing to say is not there. @param {HTMLElement} element @param {string} text */
export function say(element, text) {
  setText(element, text);
  show(element, text !== "");
}

/** Replaces the children only when what they are made from has changed. @param {Element} element @param {unknown} from @param {() => Node[]} make */
export function rebuild(element, from, make) {
  const key = JSON.stringify(from);
  if (/** @type {any} */ (element).madeFrom === key) return false;
  /** @type {any} */ (element).madeFrom = key;
  element.replaceChildren(...make());
  return true;
}
