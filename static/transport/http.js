/**
 * The calls that are not streamed. A refusal becomes an ApiError with the server's envelope in it.
 *
 * @import { ApiErrorBody, ImageInfo, Picture } from "../types.js"
 */

import { decodeFrame } from "./frames.js";

export class ApiError extends Error {
  /** @param {ApiErrorBody} body @param {number} status 0: nobody answered */
  constructor(body, status) {
    super(body.message);
    this.body = body;
    this.status = status;
  }
}

/** Whatever was thrown, as a refusal. @param {unknown} error @returns {ApiErrorBody} */
export function refusalOf(error) {
  return error instanceof ApiError ? error.body : { code: "page", message: String(error) };
}

export class Http {
  /** @param {URL} root where the page is served */
  constructor(root) {
    this.root = root;
    /** Calls under way. */
    this.asked = 0;
  }

  /** @param {string} path @returns {string} */
  url(path) {
    return new URL(`api/${path}`, this.root).href;
  }

  /** @template T @param {string} path @param {RequestInit | undefined} init @param {(reply: Response) => T | Promise<T>} read @returns {Promise<T>} */
  async call(path, init, read) {
    this.asked += 1;
    try {
      return await read(await this.#reply(path, init));
    } finally {
      this.asked -= 1;
    }
  }

  /** @param {string} path @param {RequestInit} [init] @returns {Promise<Response>} */
  async #reply(path, init) {
    const reply = await fetch(this.url(path), init).catch(() => null);
    if (!reply) throw new ApiError({ code: "away", message: "The server does not answer." }, 0);
    if (reply.ok) return reply;
    const body = await reply.json().catch(() => null);
    const { status } = reply;
    const plain = { code: "http", message: `The server answered ${status}.`, values: { status } };
    throw new ApiError(body?.error ?? plain, status);
  }

  /** @param {string} path @returns {Promise<any>} */
  json(path) {
    return this.call(path, undefined, (reply) => reply.json());
  }

  /** @param {string} path @param {object} body @returns {Promise<Response>} */
  post(path, body) {
    const headers = { "Content-Type": "application/json" };
    return this.call(path, { method: "POST", headers, body: JSON.stringify(body) }, (reply) => reply);
  }

  /** @param {Omit<Picture, "image">} how of the picture `id` @param {string} id @param {string} format */
  pixelsPath(id, how, format) {
    const { size, color, frame, crop, edits } = how;
    const part = crop ? `&crop=${crop}` : "";
    const painted = edits ? `&edits=${edits.map((one) => one.join(".")).join(";")}` : "";
    return `images/${encodeURIComponent(id)}/pixels?size=${size}&color=${color}&frame=${frame}${part}${painted}&format=${format}`;
  }

  /** @param {string} id @param {Omit<Picture, "image">} how @returns {Promise<import("../types.js").Pixels>} */
  async pixels(id, how) {
    const read = async (/** @type {Response} */ reply) => decodeFrame(await reply.arrayBuffer());
    const { header, maps } = await this.call(this.pixelsPath(id, how, "frame"), undefined, read);
    return { height: header.height, width: header.width, channels: /** @type {Uint8Array[]} */ (maps) };
  }

  /** @param {Blob} file @returns {Promise<ImageInfo>} */
  async upload(file) {
    const body = new FormData();
    body.append("file", file, file instanceof File ? file.name : "picture");
    return this.call("images", { method: "POST", body }, (reply) => reply.json());
  }
}
