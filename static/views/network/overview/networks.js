/**
 * Which network looks at the picture: the smallest first, those that cannot be used last and with the reason.
 * Emits "network" {name}.
 *
 * @import { ApiErrorBody, Text, Translate } from "../../../types.js"
 * @typedef {{name: string, title: Text, summary: Text | null, credit: string | null, available: boolean,
 *   problem: ApiErrorBody | null, parameters: number | null, macs: number | null}} Item
 * @typedef {{networks: Item[], chosen: string}} NetworksModel
 */

import { h, rebuild, setText } from "../../base/dom.js";

export class NetworksView extends EventTarget {
  /** @param {HTMLElement} root @param {Translate} t */
  constructor(root, t) {
    super();
    this.t = t;
    this.label = h("span", { id: "net-label", class: "field-label" });
    this.group = h("div", { class: "segments", role: "radiogroup", "aria-labelledby": "net-label" });
    this.about = h("p", { class: "field-help", "data-testid": "net-about" });
    const choice = h("div", { class: "net-choice" }, this.label, this.group);
    root.replaceChildren(choice, this.about);
    /** @type {NetworksModel | null} */
    this.model = null;
  }

  /** @param {Translate} t */
  translate(t) {
    this.t = t;
    if (this.model) this.update(this.model);
  }

  /** @param {NetworksModel} model */
  update(model) {
    this.model = model;
    const { t } = this;
    const { networks, chosen } = model;
    setText(this.label, t("net.choice"));
    const sorted = [...networks].sort(
      (a, b) => Number(b.available) - Number(a.available) || (a.macs ?? 0) - (b.macs ?? 0),
    );
    rebuild(this.group, JSON.stringify([t.lang, sorted]), () => sorted.map((item) => this.#item(item)));
    for (const radio of this.group.querySelectorAll("input")) radio.checked = radio.value === chosen;
    const one = networks.find(({ name }) => name === chosen);
    const closed = sorted.filter(({ available, name }) => !available && name !== chosen);
    rebuild(this.about, JSON.stringify([t.lang, one, closed]), () => [
      ...(one ? [h("span", {}, [t.local(one.summary), one.credit].filter(Boolean).join(" "))] : []),
      ...closed.map((item) => h("span", { class: "net-problem" }, this.#problem(item))),
    ]);
  }

  /** @param {Item} item */
  #problem({ problem, title }) {
    return problem
      ? this.t.error({ ...problem, values: { ...problem.values, name: this.t.local(title) } })
      : "";
  }

  /** @param {Item} item */
  #item(item) {
    const { t } = this;
    const { name, title, available, parameters, macs } = item;
    const change = () => this.dispatchEvent(new CustomEvent("network", { detail: { name } }));
    const radio = h("input", {
      ...{
        type: "radio",
        name: "net",
        value: name,
        disabled: !available,
        change,
        "data-testid": `net-${name}`,
      },
    });
    const size =
      parameters !== null && macs !== null
        ? t("net.size", { parameters: brief(parameters), macs: brief(macs) })
        : t("net.unavailable");
    const words = h(
      "span",
      { class: "segment" },
      h("span", { class: "net-title" }, t.local(title)),
      h("span", { class: "net-size" }, size),
    );
    return h("label", { title: this.#problem(item) || null }, radio, words);
  }
}

/** As 1.24 M: three digits and a thousandfold. @param {number} count */
export function brief(count) {
  const power = Math.min(Math.floor(Math.log10(Math.max(count, 1)) / 3), 4);
  const size = count / 1000 ** power;
  return `${power ? Number(size.toPrecision(3)) : size} ${["", "k", "M", "G", "T"][power]}`.trim();
}
