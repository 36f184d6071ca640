/**
 * What the page wants to see computed and what has come of it: the picture as the net is given it, every layer as it is
 * ready, the classes. What was there of the picture before stays, marked as old, until its successor is here.
 *
 * @import { Class, Given, LayerSeen } from "./types.js"
 * @import { Frame } from "../types.js"
 */

import { featureMaps } from "../page/maps.js";

/** So many maps of each layer are shown small, of so many px a side, and so many classes named. */
const STRONGEST = 8;
const THUMB = 48;
const TOP = 10;

export class Session extends EventTarget {
  /** @param {import("../transport/stream.js").Stream} stream */
  constructor(stream) {
    super();
    this.stream = stream;
    /** @type {Record<string, unknown> | null} the picture as it was last asked for */
    this.picture = null;
    /** @type {(Given & Record<string, any>) | null} */
    this.given = null;
    /** @type {Map<string, LayerSeen>} */
    this.layers = new Map();
    /** @type {Class[] | null} */
    this.classes = null;
    this.stale = false;
    /** Whether the classes are of this very picture, though layers may be to come. */
    this.concluded = false;
    this.since = 0;
  }

  /** @param {Record<string, unknown>} picture with its network */
  want(picture) {
    if (picture.network !== this.picture?.network) {
      this.layers = new Map();
      this.given = this.classes = null;
    }
    this.picture = picture;
    this.since = performance.now();
    this.stale = true;
    this.concluded = false;
    const layers = new Map(this.layers);
    for (const [name, seen] of layers) layers.set(name, { ...seen, stale: true });
    this.layers = layers;
    this.stream.wish(
      "main",
      { type: "activations", ...picture, strongest: STRONGEST, thumb: THUMB, top: TOP },
      {
        message: (message) => this.#hear(/** @type {any} */ (message)),
        frame: (frame) => this.#take(frame),
        done: () => {
          this.stale = false;
          this.#say("settled");
        },
        error: (error) => this.#say("refused", { error }),
      },
    );
  }

  /** @param {{type: string} & Record<string, any>} message */
  #hear(message) {
    if (message.type === "input") this.given = { ...message, ...sizes(message), levels: [] };
    if (message.type === "layer") {
      const { layer, shape, stats, ms } = message;
      this.layers.set(layer, { shape, stats, ms, thumbs: [], values: null, stale: false });
      this.#say("layer", { layer });
    }
    if (message.type === "classes") {
      this.classes = message.classes;
      this.concluded = true;
      this.#say("classes");
    }
  }

  /** @param {Frame} frame */
  #take({ header, maps }) {
    if (header.layer === "input" && this.given) {
      this.given = { ...this.given, levels: /** @type {Uint8Array[]} */ (maps) };
      return this.#say("input");
    }
    const seen = this.layers.get(header.layer);
    if (!seen) return;
    if (header.dtype === "float32") seen.values = /** @type {Float32Array} */ (maps[0]);
    else seen.thumbs = featureMaps({ header, maps });
    this.#say("layer", { layer: header.layer });
  }

  /** @param {string} type @param {object} [detail] */
  #say(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** @param {Record<string, any>} message */
function sizes({ height, width }) {
  return { height, width };
}
