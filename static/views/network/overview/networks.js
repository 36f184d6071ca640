/**
 * Which network looks at the picture: the smallest first, those that cannot be used last and with the reason.
 * Emits "network" {name}.
 *
 * @import { ApiErrorBody, Text } from "../../../types.js"
 * @typedef {{name: string, title: Text, summary: Text | null, credit: string | null, available: boolean,
 *   problem: ApiErrorBody | null, parameters: number | null, macs: number | null}} Item
 * @typedef {{networks: Item[], chosen: string}} NetworksModel
 */

import { h, rebuild } from "../../base/dom.js";
import { View } from "../../base/view.js";

/** @extends {View<NetworksModel>} */
export class NetworksView extends View {
  group = h("div.segments", { role: "radiogroup", "aria-labelledby": "net-label" });
  about = h("p.field-help", { "data-testid": "net-about" });
  label = h("span.field-label", { id: "net-label" }, this.word("net.choice"));
  element = this.fill(h("div.net-choice.wrap", this.label, this.group), this.about);

  /** @override @param {NetworksModel} model */
  draw({ networks, chosen }) {
    const { t } = this;
    const sorted = [...networks].sort(
      (a, b) => Number(b.available) - Number(a.available) || (a.macs ?? 0) - (b.macs ?? 0),
    );
    rebuild(this.group, [t.lang, sorted], () => sorted.map((item) => this.#item(item)));
    for (const radio of this.group.querySelectorAll("input")) radio.checked = radio.value === chosen;
    const one = networks.find(({ name }) => name === chosen);
    const closed = sorted.filter(({ available, name }) => !available && name !== chosen);
    rebuild(this.about, [t.lang, one, closed], () => [
      ...(one ? [h("span", [t.local(one.summary), one.credit].filter(Boolean).join(" "))] : []),
      ...closed.map((item) => h("span.net-problem", this.#problem(item))),
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
    const change = () => this.emit("network", { name });
    const radio = h("input", {
      type: "radio",
      name: "net",
      value: name,
      disabled: !available,
      change,
      "data-testid": `net-${name}`,
    });
    const size =
      parameters !== null && macs !== null
        ? t("net.size", { parameters: brief(parameters), macs: brief(macs) })
        : t("net.unavailable");
    const words = h("span.segment", h("span.net-title", t.local(title)), h("span.net-size", size));
    return h("label", { title: this.#problem(item) || null }, radio, words);
  }
}

/** As 1.24 M: three digits and a thousandfold. @param {number} count */
export function brief(count) {
  const power = Math.min(Math.floor(Math.log10(Math.max(count, 1)) / 3), 4);
  const size = count / 1000 ** power;
  return `${power ? Number(size.toPrecision(3)) : size} ${["", "k", "M", "G", "T"][power]}`.trim();
}
