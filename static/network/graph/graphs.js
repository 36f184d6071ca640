/**
 * What the networks are made of: asked once each.
 *
 * @import { Graph } from "../types.js"
 * @import { Http } from "../../transport/http.js"
 * @import { ApiErrorBody } from "../../types.js"
 * @typedef {{http: Http, state: {values: {net: string}}, refuse: (error: ApiErrorBody) => void, defer: () => void}} Host
 */

import { ApiError } from "../../transport/http.js";

export class Graphs {
  /** @param {Host} page */
  constructor(page) {
    this.page = page;
    /** @type {Map<string, Graph | null>} null: on its way */
    this.known = new Map();
  }

  /** @param {string} name @returns {Graph | null} */
  get(name) {
    return this.known.get(name) ?? null;
  }

  /** @param {string} name */
  async want(name) {
    if (this.known.has(name)) return;
    this.known.set(name, null);
    try {
      this.known.set(name, await this.page.http.json(`networks/${encodeURIComponent(name)}`));
    } catch (error) {
      // Asked anew when the service is back, or another network was looked at meanwhile.
      this.known.delete(name);
      if (error instanceof ApiError && error.status > 0 && name === this.page.state.values.net)
        this.page.refuse(error.body);
    }
    this.page.defer();
  }
}
