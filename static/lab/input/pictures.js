/**
 * Which picture is looked at, and how it enters. Cells painted by hand stay while the cells stay: another picture, size
 * or crop makes others of them; other colours and frames do not.
 *
 * @import { ApiErrorBody, Sample, Text } from "../../types.js"
 * @import { State } from "../../page/address.js"
 * @import { Http } from "../../transport/http.js"
 * @import { Values } from "../state.js"
 * @import { Edit } from "./edits.js"
 * @typedef {{frames: number, width: number, height: number, synthetic?: boolean, variant?: Text | null}} Info
 * @typedef {{state: State<Values>, http: Http, uploads: {list: (Info & {id: string})[]}, catalogue: {samples: Sample[]},
 *   hands: {renew: () => void, dropped: (edits: Edit[]) => void}, dropped: (nonsense: string[]) => void,
 *   defer: () => void}} Host
 */

import { TABLE } from "../state.js";
import { inside } from "./edits.js";

/** A drawn picture begins with so many cells where far more were set: each of them can be seen, and painted. */
const FEW = 12;
const MANY = 64;

export class Pictures {
  /** @param {Host} lab */
  constructor(lab) {
    this.lab = lab;
    const { size, color } = TABLE.defaults();
    /** How a photo entered last: it comes back so. */
    this.photo = { size, color };
    /** What the server says of pictures that came by a link. @type {Map<string, Info | null>} */
    this.asked = new Map();
  }

  /** @param {string} id @returns {Info | null} null as long as nothing is known */
  info(id) {
    const { uploads, catalogue } = this.lab;
    const known = [...uploads.list, ...catalogue.samples].find((one) => one.id === id);
    if (!known && !this.asked.has(id)) this.#ask(id);
    return known ?? this.asked.get(id) ?? null;
  }

  /** @param {string} id */
  async #ask(id) {
    this.asked.set(id, null);
    const info = await this.lab.http.json(`images/${encodeURIComponent(id)}`).catch(() => null);
    this.asked.set(id, info);
    if (info) this.lab.defer();
  }

  /** In what a crop of the present picture is counted. A drawn one has just the cells that are asked for. */
  get whole() {
    const { image, size } = this.lab.state.values;
    const info = this.info(image);
    return info?.synthetic ? { height: size, width: size } : info;
  }

  /** @param {string} id drawn pictures are small and of one colour, photos enter as they did before */
  choose(id) {
    const { image, size, color } = this.lab.state.values;
    if (id === image) return;
    this.lab.hands.renew();
    const [was, is] = [image, id].map((one) => this.info(one)?.synthetic === true);
    if (is && !was) this.photo = { size, color };
    const small = { size: size > MANY ? FEW : size, color: "grey" };
    this.change({ image: id, frame: 0, crop: null, ...(is && !was ? small : was && !is ? this.photo : {}) });
  }

  /** @param {Partial<Values>} patch */
  change(patch) {
    const { state, hands } = this.lab;
    const { values } = state;
    const next = { ...values, ...patch };
    const resized = next.size !== values.size;
    if (resized && values.crop && this.info(values.image)?.synthetic) next.crop = null;
    const others =
      resized || next.image !== values.image || String(next.crop ?? "") !== String(values.crop ?? "");
    const dropped = others && values.edits.length > 0;
    state.set({ ...patch, crop: next.crop, ...(dropped ? { edits: [] } : {}) });
    if (dropped) hands.dropped(values.edits);
  }

  /**
   * What a link says of a picture can fit no longer, or never did: what fits is kept.
   * @param {ApiErrorBody} error @returns {boolean} whether the picture is wanted otherwise now
   */
  mend({ code, field, values: allowed }) {
    const { state } = this.lab;
    const { crop, edits, frame } = state.values;
    const name = (field ?? "").replace(/^input\./, "").split(".")[0];
    if (code === "crop" && crop) {
      this.lab.dropped([`crop=${crop}`]);
      state.set({ crop: null });
    } else if (code === "edits" && edits.length > 0) {
      const kept = inside(edits, /** @type {any} */ (allowed));
      const lost = edits.filter((edit) => !kept.includes(edit)).map((edit) => edit.join("."));
      this.lab.dropped([`edits=${lost.slice(0, 6).join(";")}${lost.length > 6 ? "…" : ""}`]);
      state.set({ edits: kept.length < edits.length ? kept : [] });
    } else if (name === "frame" && frame > 0) {
      this.lab.dropped([`frame=${frame}`]);
      state.set({ frame: 0 });
    } else return false;
    return true;
  }
}
