/**
 * All maps of a layer, each whole: asked for one layer at a time, kept for the newest few. Those of the picture before
 * stay until their successors are here.
 *
 * @import { FeatureMap } from "../../types.js"
 * @import { Stream } from "../../transport/stream.js"
 * @import { Values } from "../state.js"
 * @typedef {{key: string, shape: number[], maps: FeatureMap[]}} Whole
 * @typedef {{state: {values: Values}, stream: Stream, ready: boolean, defer: () => void}} Host
 */

import { featureMaps } from "../../page/maps.js";
import { pictureOf } from "../state.js";

/** Layers. */
const KEPT = 6;

export class Full {
  /** @param {Host} page */
  constructor(page) {
    this.page = page;
    /** By network and layer, the newest last. @type {Map<string, Whole>} */
    this.known = new Map();
    this.asked = "";
  }

  get #picture() {
    return pictureOf(this.page.state.values);
  }

  /** @param {string} layer @returns {Whole | null} perhaps still that of the picture before */
  get(layer) {
    return this.known.get(this.#name(layer)) ?? null;
  }

  /** @param {string} layer @returns {boolean} whether it is that of the picture that is seen */
  fresh(layer) {
    return this.get(layer)?.key === this.#key(layer);
  }

  /** @param {string[]} layers the first that is not here is asked for */
  want(layers) {
    const { page } = this;
    const missing = layers.find((layer) => !this.fresh(layer));
    if (!missing || !page.ready || page.stream.busy("main")) return;
    const key = this.#key(missing);
    if (key === this.asked) return;
    this.asked = key;
    const name = this.#name(missing);
    /** @type {Whole} */
    const whole = { key, shape: [], maps: [] };
    const wish = { type: "network_maps", ...this.#picture, layer: missing, dtype: "uint8" };
    page.stream.wish("full", wish, {
      message: (message) => {
        if (message.type === "full") whole.shape = /** @type {any} */ (message).shape;
      },
      frame: (frame) => {
        whole.maps.push(...featureMaps(frame));
      },
      done: () => this.#keep(name, whole),
      error: () => page.defer(),
    });
  }

  /** @param {string} name @param {Whole} whole */
  #keep(name, whole) {
    this.known.delete(name);
    this.known.set(name, whole);
    for (const old of [...this.known.keys()].slice(0, -KEPT)) this.known.delete(old);
    this.page.defer();
  }

  /** @param {string} layer */
  #name(layer) {
    return `${this.page.state.values.net} ${layer}`;
  }

  /** @param {string} layer */
  #key(layer) {
    return JSON.stringify([this.#picture, layer]);
  }
}
