/** @param {EventTarget} source @param {string} type @param {(detail: any) => void} listener */
export function on(source, type, listener) {
  source.addEventListener(type, (event) => listener(/** @type {CustomEvent} */ (event).detail ?? {}));
}
