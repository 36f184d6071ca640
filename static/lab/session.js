/**
 * What the page wants from the server and what it last got: the input's pixels, the maps with their shape, the trace of
 * the cursor's cell, exact values of a region. The last good result stays until a newer one is whole, input included.
 *
 * @import { Shape, FeatureMap, Picture, Pixels, ApiErrorBody } from "../types.js"
 * @import { Computation } from "./wishes.js"
 * @import { Stream } from "../transport/stream.js"
 * @import { Http } from "../transport/http.js"
 * @typedef {{picture: Picture, body: Computation | null, selected: number, since: number}} Request a body of null asks for the pixels alone
 * @typedef {{picture: Picture, pixels: Pixels, body: object, shape: Shape | null, maps: FeatureMap[], id: number, shown: boolean, since: number}} Result
 */

import { ApiError } from "../transport/http.js";
import { nativeCell, regionOf, stackOf } from "./stack.js";
import { withPicture } from "./wishes.js";

const LATE = 300;

export class Session extends EventTarget {
  /** @param {Stream} stream @param {Http} http */
  constructor(stream, http) {
    super();
    this.stream = stream;
    this.http = http;
    /** @type {Result | null} */
    this.result = null;
    /** @type {{picture: Picture, pixels: Pixels} | null} */
    this.loaded = null;
    /** @type {Request | null} */
    this.request = null;
    this.loading = false;
    this.stale = false;
    this.timer = 0;
  }

  /** @param {Request} request */
  want(request) {
    this.request = request;
    this.timer ||= window.setTimeout(() => this.mark(true), LATE);
    if (this.loaded && sameKey(this.loaded.picture, request.picture)) this.run(this.loaded, request);
    else if (!this.loading) this.load();
  }

  /** Pixels first, then the run on just these: so that input and map always belong together. */
  async load() {
    this.loading = true;
    while (this.request && !sameKey(this.loaded?.picture, this.request.picture)) {
      const { picture } = this.request;
      try {
        this.loaded = { picture, pixels: await this.http.pixels(picture.image, picture) };
        this.run(this.loaded, this.request);
      } catch (error) {
        if (!sameKey(picture, this.request.picture)) continue;
        this.refuse(error instanceof ApiError ? error.body : { code: "page", message: String(error) });
        // Who heard of it may have asked for another picture meanwhile.
        if (sameKey(picture, this.request.picture)) break;
      }
    }
    this.loading = false;
  }

  /** @param {{picture: Picture, pixels: Pixels}} loaded @param {Request} request */
  run(loaded, request) {
    if (!request.body) return;
    /** @type {Result} */
    const result = {
      ...loaded,
      body: withPicture(request.body, loaded.picture),
      shape: null,
      maps: [],
      id: 0,
      shown: false,
      since: request.since,
    };
    const pick = () =>
      Math.min(this.request?.selected ?? 0, (result.shape ? stackOf(result.shape).maps : 1) - 1);
    this.stream.wish(
      "main",
      { type: "run", ...result.body, dtype: "uint8" },
      {
        // The limits come after the maps; those of the last result hold meanwhile.
        shape: (shape) => {
          result.shape = { ...shape, limits: this.result?.shape?.limits ?? {} };
        },
        limits: (limits) => {
          if (result.shape) result.shape.limits = limits;
          this.say("more", result);
        },
        frame: ({ header, maps }) => {
          result.id = header.id;
          const { min, max } = header;
          const { height, width } = result.shape ? stackOf(result.shape) : header;
          header.channels.forEach((channel, at) => {
            result.maps[channel] = {
              channel,
              height,
              width,
              min: min[at],
              max: max[at],
              levels: /** @type {Uint8Array} */ (maps[at]),
            };
          });
          if (result.shown) this.say("more", result);
          else if (result.maps[pick()]) this.show(result);
        },
        done: () => this.say("settled", result),
        error: (error) => this.refuse(error),
      },
    );
  }

  /** @param {Result} result */
  show(result) {
    result.shown = true;
    this.result = result;
    if (!this.stream.slot("main").next) this.mark(false);
    this.say("result", result);
  }

  /** @param {boolean} stale whether what is seen is older than what is set */
  mark(stale) {
    clearTimeout(this.timer);
    this.timer = 0;
    if (this.stale === stale) return;
    this.stale = stale;
    this.say("stale", stale);
  }

  /** @param {ApiErrorBody} error */
  refuse(error) {
    this.mark(true);
    this.say("refused", { error });
  }

  /** @param {number} map @param {{y: number, x: number}} at a cell of the result that is shown */
  trace(map, at) {
    const { result } = this;
    if (!result?.shape) return;
    this.stream.wish(
      "trace",
      { type: "trace", ...result.body, cell: nativeCell(result.shape, map, at) },
      {
        trace: (trace) => this.say("trace", { trace, result }),
        error: (error) => this.say("untraced", error),
      },
    );
  }

  /** Exact numbers of a part of one map. @param {number} channel @param {[number, number, number, number]} region */
  values(channel, region) {
    const { result } = this;
    if (!result?.shape) return;
    const { asked, seen } = regionOf(stackOf(result.shape), region);
    const body = { type: "run", ...result.body, dtype: "float32", channels: [channel], region: asked };
    this.stream.wish("values", body, {
      frame: ({ maps }) => {
        if (result === this.result) this.say("values", { channel, region: seen, data: maps[0] });
      },
    });
  }

  /** @param {string} type @param {unknown} detail */
  say(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** @param {Picture | undefined} a @param {Picture} b */
function sameKey(a, b) {
  return (
    a !== undefined && a.image === b.image && a.size === b.size && a.color === b.color && a.frame === b.frame
  );
}
