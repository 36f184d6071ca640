/** One picture on the way to the input: its name, the picture, the pointed cell's place on it. */

import { Bitmap } from "../../../draw/bitmap.js";
import { showNumbers } from "../../../draw/numbers.js";
import { cover } from "../../base/cells.js";
import { h, setAttr, setText, show } from "../../base/dom.js";

/** @typedef {{lo: number, hi: number}} Ends @typedef {{y: number, x: number, height: number, width: number}} Place of a picture of so many rows and columns */

/** Smaller pictures are seen as squares. */
const COARSE = 160;

export class GivenPicture {
  bitmap = new Bitmap();
  mark = h("span.part-mark");
  view = h("div.given-view", { "data-cells": true, role: "img" }, this.bitmap.canvas, this.mark);
  name = h("figcaption");
  element = h("figure.given-picture", this.name, this.view);
  drawn = "";
  /** What is drawn. @type {unknown} */
  of = null;

  /** @param {string} id */
  constructor(id) {
    this.bitmap.canvas.dataset.testid = `given-${id}`;
  }

  /** @param {string} name */
  title(name) {
    setText(this.name, name);
    setAttr(this.view, "aria-label", name);
  }

  /** Red, green and blue, or grey. @param {number} width @param {number} height @param {Uint8Array[]} channels */
  colours(width, height, channels) {
    this.#once(channels[0], "", () => this.bitmap.showChannels(width, height, channels), width / height);
  }

  /** @param {{width: number, height: number, levels: ArrayLike<number>}} map its levels are its numbers @param {Ends} ends @param {string} colormap */
  numbers(map, ends, colormap) {
    const key = `${ends.lo} ${ends.hi} ${colormap}`;
    this.#once(map.levels, key, () => showNumbers(this.bitmap, map, ends, colormap), map.width / map.height);
  }

  /** @param {unknown} of @param {string} drawn @param {() => void} draw @param {number} ratio */
  #once(of, drawn, draw, ratio) {
    this.view.style.setProperty("--ratio", String(ratio));
    if (of === this.of && drawn === this.drawn) return;
    [this.of, this.drawn] = [of, drawn];
    draw();
  }

  /** @param {Place} place */
  point(place) {
    pointAt(this.mark, place);
  }
}

/** The upright picture with what is cut out of it. */
export class UprightPicture {
  image = h("img", { alt: "", "data-testid": "given-photo" });
  square = h("span.given-square", { "data-testid": "given-square" });
  mark = h("span.part-mark");
  view = h("div.given-view", this.image, this.square, this.mark);
  name = h("figcaption");
  element = h("figure.given-picture", this.name, this.view);

  /** @param {{url: string, name: string, picture: number[], square: number[]}} model picture: rows, columns; square: y, x, height, width in them */
  update({ url, name, picture: [rows, columns], square: [y, x, height, width] }) {
    setText(this.name, name);
    setAttr(this.image, "src", url);
    setAttr(this.image, "alt", name);
    this.view.style.setProperty("--ratio", String(columns / rows));
    setAttr(this.view, "data-coarse", Math.max(rows, columns) < COARSE);
    cover(this.square, { y, x, height, width }, rows, columns);
    // What is cut off is dimmed; where nothing is, there is nothing to mark.
    show(this.square, height < rows || width < columns);
  }

  /** @param {Place} place */
  point(place) {
    pointAt(this.mark, place);
  }
}

/** @param {HTMLElement} mark @param {Place} place */
function pointAt(mark, { y, x, height, width }) {
  cover(mark, { y: y + 0.5, x: x + 0.5 }, height, width);
}
