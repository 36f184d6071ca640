/** Elements made and changed with as little as possible: what already stands there is not written again. */

let counter = 0;

/** @param {string} stem @returns {string} an id no other element has */
export function uniqueId(stem) {
  counter += 1;
  return `${stem}-${counter}`;
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | boolean | EventListener | null | undefined>} [attributes] a function listens to the event of that name
 * @param {...(Node | string | null | undefined)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else setAttr(element, name, value);
  }
  for (const child of children) if (child !== null && child !== undefined) element.append(child);
  return element;
}

/** @param {Element} element @param {string} name @param {string | boolean | null | undefined} value */
export function setAttr(element, name, value) {
  if (value === null || value === undefined || value === false) {
    if (element.hasAttribute(name)) element.removeAttribute(name);
    return;
  }
  const text = value === true ? "" : value;
  if (element.getAttribute(name) !== text) element.setAttribute(name, text);
}

/** @param {Node} node @param {string} text */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** @param {HTMLElement} element @param {boolean} shown */
export function show(element, shown) {
  if (element.hidden === shown) element.hidden = !shown;
}

/** Replaces the children only when what they are made from has changed. @param {Element} element @param {string} key @param {() => Node[]} make */
export function rebuild(element, key, make) {
  if (/** @type {any} */ (element).madeFrom === key) return false;
  /** @type {any} */ (element).madeFrom = key;
  element.replaceChildren(...make());
  return true;
}
