/**
 * Which picture the network looks at.
 *
 * @import { ApiErrorBody } from "../types.js"
 * @import { Sample } from "../types.js"
 * @import { State } from "../page/address.js"
 * @import { Values } from "./state.js"
 * @import { Listed } from "./types.js"
 * @typedef {{state: State<Values>, catalogue: {samples: Sample[], networks: Listed[]},
 *   dropped: (nonsense: string[]) => void}} Host
 */

const CLOTHES = "fashion-mnist";
const USUAL = "coffee";

export class Pictures {
  /** @param {Host} page */
  constructor(page) {
    this.page = page;
  }

  /** @param {string} id */
  choose(id) {
    this.page.state.set({ image: id, frame: 0, crop: null });
  }

  /** @param {string} net @returns {boolean} whether it knows nothing but clothes on black, in grey */
  #ofClothes(net) {
    return this.page.catalogue.networks.find(({ name }) => name === net)?.input?.[0] === 1;
  }

  /** The samples that make sense for the chosen network, those that make the most sense first. */
  get offered() {
    const { catalogue, state } = this.page;
    const clothes = catalogue.samples.filter((one) => one.set === CLOTHES);
    const others = catalogue.samples.filter((one) => one.set !== CLOTHES);
    return this.#ofClothes(state.values.net) ? [...clothes, ...others] : others;
  }

  /** A network that is chosen gets a sample of what it knows; what is one's own stays. @param {string} net */
  fitting(net) {
    const { samples } = this.page.catalogue;
    const shown = samples.find(({ id }) => id === this.page.state.values.image);
    const clothes = this.#ofClothes(net);
    if (!shown || shown.synthetic || (shown.set === CLOTHES) === clothes) return {};
    const other = clothes
      ? samples.find(({ set }) => set === CLOTHES)
      : (samples.find(({ id }) => id === USUAL) ?? samples[0]);
    return other ? { image: other.id, frame: 0, crop: null, invert: false } : {};
  }

  /** What a link says of a picture can fit no longer. @param {ApiErrorBody} error @returns {boolean} whether the picture is wanted otherwise now */
  mend({ code, field }) {
    const { state } = this.page;
    const { crop, frame } = state.values;
    if (code === "crop" && crop) {
      this.page.dropped([`crop=${crop}`]);
      state.set({ crop: null }, "mend");
    } else if (field === "frame" && frame > 0) {
      this.page.dropped([`frame=${frame}`]);
      state.set({ frame: 0 }, "mend");
    } else if (code === "unknown_network" && this.#other) {
      this.page.dropped([`net=${state.values.net}`]);
      state.set({ net: this.#other }, "mend");
    } else return false;
    return true;
  }

  /** A network there is, if possible one that works. */
  get #other() {
    const { networks } = this.page.catalogue;
    const other = (networks.find(({ available }) => available) ?? networks[0])?.name;
    return other === this.page.state.values.net ? undefined : other;
  }
}
