/**
 * What all views are: given a model they draw it, in a language; told by hands, they emit events. A view's elements
 * are its fields, made once. Its fixed texts are words, which follow the language; what follows from the model is
 * written by `draw`.
 *
 * @import { Translate } from "../../types.js"
 * @import { Child } from "./dom.js"
 */

import { add } from "./dom.js";
import { Emitter } from "./emitter.js";
import { Word } from "./word.js";

/** @template [Model=null] */
export class View extends Emitter {
  /** What was drawn last. @type {Model | null} */
  model = null;
  /** Words and views within it, which change their language with it. @type {{translate(t: Translate): void}[]} */
  #within = [];

  /** @param {HTMLElement} root where it stands @param {Translate} t */
  constructor(root, t) {
    super();
    this.root = root;
    this.t = t;
  }

  /** @param {...Child} nodes what stands in its place */
  fill(...nodes) {
    this.root.replaceChildren();
    return add(this.root, ...nodes);
  }

  /** @template {{translate(t: Translate): void}} Part @param {Part} part */
  within(part) {
    this.#within.push(part);
    return part;
  }

  /** A text, for a child or an attribute of an element. @param {string} key @param {Record<string, unknown>} [values] */
  word(key, values) {
    return this.within(new Word(this.t, key, values));
  }

  /** @param {Translate} t */
  translate(t) {
    this.t = t;
    for (const part of this.#within) part.translate(t);
    this.refresh();
  }

  /** @param {Model} model */
  update(model) {
    this.model = model;
    this.draw(model);
  }

  /** Draws the same once more. */
  refresh() {
    if (this.model) this.draw(this.model);
  }

  /** @param {Model} _model */
  draw(_model) {}
}
