/**
 * What takes long says how far it is, and can be called off; it lies over the page, so that nothing moves.
 * Emits "cancel".
 *
 * @typedef {{done: number, of: number}} ProgressModel maps that are there; of none: not known yet
 */

import { h, setAttr, setText, show } from "../base/dom.js";
import { View } from "../base/view.js";

/** @extends {View<ProgressModel | null>} */
export class ProgressView extends View {
  text = h("span", { id: "progress-text" });
  bar = h("progress", { "aria-labelledby": "progress-text" });
  button = h(
    "button",
    { "data-testid": "cancel", click: () => this.emit("cancel") },
    this.word("progress.cancel"),
  );
  element = h("div.progress", { hidden: true, "data-testid": "progress" }, this.text, this.bar, this.button);

  /** @param {ConstructorParameters<typeof View>} place */
  constructor(...place) {
    super(...place);
    this.root.append(this.element);
  }

  /** @override @param {ProgressModel | null} model */
  draw(model) {
    show(this.element, model !== null);
    if (!model) return;
    setText(this.text, this.t(model.of > 1 ? "progress.maps" : "progress.one", model));
    setAttr(this.bar, "max", model.of > 1 ? model.of : null);
    setAttr(this.bar, "value", model.of > 1 ? model.done : null);
  }
}
