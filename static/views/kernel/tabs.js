/** The kernels side by side: which one is edited. Emits "select" {at}; its tools emit "add" and "remove". */

import { h, rebuild, show } from "../base/dom.js";
import { View } from "../base/view.js";

/** @typedef {{names: string[], selected: number, most: number}} TabsModel */

/** @extends {View<TabsModel>} */
export class KernelTabs extends View {
  remove = h(
    "button.small",
    { "data-testid": "kernel-remove", click: () => this.emit("remove") },
    this.word("kernel.remove"),
  );
  add = h(
    "button.small",
    { "data-testid": "kernel-add", click: () => this.emit("add") },
    this.word("kernel.add"),
  );
  tools = h("span.field-tools.row", this.remove, this.add);
  element = h("div.kernel-tabs.wrap", { role: "group", "aria-label": this.word("kernel.tabs") });

  /** @override @param {TabsModel} model */
  draw({ names, selected, most }) {
    show(this.element, names.length > 1);
    show(this.remove, names.length > 1);
    this.add.disabled = names.length >= most;
    rebuild(this.element, [names, selected], () =>
      names.map((name, at) => {
        const click = () => this.emit("select", { at });
        return h(
          "button.small",
          { "aria-pressed": at === selected, click, "data-testid": `kernel-${at + 1}` },
          name,
        );
      }),
    );
  }
}
