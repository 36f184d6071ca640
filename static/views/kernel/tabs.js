/**
 * The kernels side by side: which one is edited, one more, one less.
 *
 * @import { Translate } from "../../types.js"
 */

import { h, rebuild, show } from "../base/dom.js";

export class KernelTabs {
  /** @param {Translate} t @param {{select: (at: number) => void, add: () => void, remove: () => void}} listeners */
  constructor(t, { select, add, remove }) {
    this.select = select;
    this.add = h("button.small", { "data-testid": "kernel-add", click: add }, t("kernel.add"));
    this.remove = h("button.small", { "data-testid": "kernel-remove", click: remove }, t("kernel.remove"));
    this.tools = h("span.field-tools", this.remove, this.add);
    this.element = h("div.kernel-tabs", { role: "group", "aria-label": t("kernel.tabs") });
  }

  /** @param {string[]} names @param {number} selected @param {number} most */
  update(names, selected, most) {
    show(this.element, names.length > 1);
    show(this.remove, names.length > 1);
    this.add.disabled = names.length >= most;
    rebuild(this.element, JSON.stringify([names, selected]), () =>
      names.map((name, at) => {
        const pressed = String(at === selected);
        const click = () => this.select(at);
        return h("button.small", { "aria-pressed": pressed, click, "data-testid": `kernel-${at + 1}` }, name);
      }),
    );
  }
}
