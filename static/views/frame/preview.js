/** A small copy of the output while the pictures themselves are out of sight (narrow screens only, by the style sheet). */

import { h } from "../base/dom.js";

export class PreviewView {
  /** @param {HTMLElement} root whose sight matters @param {HTMLElement} column while this is in sight */
  constructor(root, column) {
    this.canvas = h("canvas.preview", { hidden: true, "aria-hidden": true });
    document.body.append(this.canvas);
    /** @type {HTMLCanvasElement | null} */
    this.source = null;
    const seen = new Map([root, column].map((element) => [element, element === root]));
    const watch = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries)
        seen.set(/** @type {HTMLElement} */ (target), isIntersecting);
      this.canvas.hidden = seen.get(root) === true || seen.get(column) === false;
      this.update(this.source);
    });
    for (const element of seen.keys()) watch.observe(element);
  }

  /** @param {HTMLCanvasElement | null} source */
  update(source) {
    this.source = source;
    if (this.canvas.hidden || !source || !matchMedia("(width < 760px)").matches) return;
    this.canvas.width = source.width;
    this.canvas.height = source.height;
    this.canvas.getContext("2d")?.drawImage(source, 0, 0);
  }
}
