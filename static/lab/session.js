/**
 * What the page wants from the server and what it last got: the input's pixels, the maps with their shape, the trace of
 * the cursor's cell, exact values of a region. The last good result stays until a newer one is whole, input included.
 *
 * @import { Shape, FeatureMap, Picture, Pixels, ApiErrorBody } from "../types.js"
 * @import { Computation } from "./wishes.js"
 * @import { Stream } from "../transport/stream.js"
 * @import { Http } from "../transport/http.js"
 * @typedef {{picture: Picture, body: Computation | null, selected: number, since: number}} Request a body of null asks for the pixels alone
 * @typedef {{picture: Picture, pixels: Pixels, bare: Pixels}} Loaded bare: without the cells that are painted by hand
 * @typedef {{picture: Picture, pixels: Pixels, body: object, shape: Shape | null, maps: FeatureMap[], id: number, shown: boolean, since: number}} Result
 */

import { featureMaps } from "../page/maps.js";
import { ApiError, refusalOf } from "../transport/http.js";
import { withEdits } from "./input/edits.js";
import { nativeCell, regionOf, stackOf } from "./stack.js";
import { withPicture } from "./wishes.js";

/** After so many ms what is seen is marked as old, and what is still computed says how far it is. */
const LATE = 300;
const SLOW = 700;

export class Session extends EventTarget {
  /** @param {Stream} stream @param {Http} http */
  constructor(stream, http) {
    super();
    this.stream = stream;
    this.http = http;
    /** @type {Result | null} */
    this.result = null;
    /** @type {Loaded | null} */
    this.loaded = null;
    /** @type {Request | null} */
    this.request = null;
    this.loading = false;
    this.stale = false;
    this.timer = 0;
    /** What is under way. @type {Result | null} */
    this.pending = null;
  }

  /** How far it is with what takes long; null else. */
  get progress() {
    const { pending } = this;
    if (!pending || performance.now() - pending.since < SLOW) return null;
    const of = pending.shape ? stackOf(pending.shape).maps : 0;
    return { done: pending.maps.filter(Boolean).length, of };
  }

  /** Call it off: what is seen stays, and is marked as old. */
  cancel() {
    this.stream.cancel("main");
    this.pending = null;
    this.mark(this.result?.shown !== true || this.stale);
    this.say("settled", this.result);
  }

  /** @param {Request} request */
  want(request) {
    this.request = request;
    this.timer ||= window.setTimeout(() => this.mark(true), LATE);
    const { picture } = request;
    if (this.loaded && sameKey(this.loaded.picture, picture))
      this.run(painted(this.loaded, picture), request);
    else if (!this.loading) this.load();
  }

  /** Pixels first, then the run on just these: so that input and map always belong together. */
  async load() {
    this.loading = true;
    while (this.request && !sameKey(this.loaded?.picture, this.request.picture)) {
      const { picture } = this.request;
      try {
        const pixels = await this.http.pixels(picture.image, unpainted(picture));
        this.loaded = { picture: unpainted(picture), pixels, bare: pixels };
        const { request } = this;
        const wanted = sameKey(picture, request.picture) ? request.picture : picture;
        this.run(painted(this.loaded, wanted), request);
      } catch (error) {
        if (!sameKey(picture, this.request.picture)) continue;
        this.refuse(refusalOf(error));
        if (error instanceof ApiError && error.status === 0 && this.stream.connected)
          setTimeout(() => this.resume(), SLOW);
        // Who heard of it may have asked for another picture meanwhile.
        if (sameKey(picture, this.request.picture)) break;
      }
    }
    this.loading = false;
  }

  /** The server is back: a picture that was chosen meanwhile is still to be had. The stream sees to the rest. */
  resume() {
    if (this.request?.body && !this.loading && !sameKey(this.loaded?.picture, this.request.picture))
      this.load();
  }

  /** @param {Loaded} loaded @param {Request} request */
  run(loaded, request) {
    this.loaded = loaded;
    if (!request.body) return;
    const { picture, pixels } = loaded;
    /** @type {Result} */
    const result = {
      picture,
      pixels,
      body: withPicture(request.body, picture),
      shape: null,
      maps: [],
      id: 0,
      shown: false,
      since: request.since,
    };
    this.pending = result;
    setTimeout(() => this.pending === result && this.say("more", result), SLOW);
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
        frame: (frame) => {
          result.id = frame.header.id;
          const size = result.shape ? stackOf(result.shape) : undefined;
          for (const map of featureMaps(frame, size)) result.maps[map.channel] = map;
          if (result.shown) this.say("more", result);
          else if (result.maps[pick()]) this.show(result);
        },
        done: () => {
          if (this.pending === result) this.pending = null;
          this.say("settled", result);
        },
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
    this.pending = null;
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

/** @param {Picture | undefined} a @param {Picture} b whether they differ at most in what is painted by hand */
function sameKey(a, b) {
  return a === b || (a !== undefined && JSON.stringify(unpainted(a)) === JSON.stringify(unpainted(b)));
}

/** @param {Picture} picture @returns {Picture} */
function unpainted({ edits, ...others }) {
  return others;
}

/** Cells painted by hand are set here as the server sets them, so that a stroke waits for no picture. @param {Loaded} loaded @param {Picture} picture @returns {Loaded} */
function painted(loaded, picture) {
  const { edits } = picture;
  if (loaded.picture.edits === edits) return loaded;
  return { ...loaded, picture, pixels: edits ? withEdits(loaded.bare, edits) : loaded.bare };
}
