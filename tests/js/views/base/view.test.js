import assert from "node:assert/strict";
import { test } from "node:test";
import { translator } from "../../../../static/page/i18n.js";
import { Emitter } from "../../../../static/views/base/emitter.js";
import { View } from "../../../../static/views/base/view.js";

const en = translator("en", { greeting: "Good morning, {name}", page: "Page" });
const zh = translator("zh", { greeting: "早上好，{name}", page: "页" });
const root = /** @type {any} */ ({});

/** @extends {View<{count: number}>} */
class Told extends View {
  /** @type {string[]} */
  drawn = [];

  /** @override @param {{count: number}} model */
  draw({ count }) {
    this.drawn.push(`${this.t("page")} ${count}`);
  }
}

test("a view draws what it is told, and the same again in another language", () => {
  const view = new Told(root, en);
  view.translate(zh);
  assert.deepEqual(view.drawn, [], "nothing was told yet");
  view.update({ count: 2 });
  view.translate(en);
  view.refresh();
  assert.deepEqual(view.drawn, ["页 2", "Page 2", "Page 2"]);
});

test("words follow the language, those of views within it too, before it is drawn again", () => {
  const view = new Told(root, en);
  const inner = view.within(new Told(root, en));
  /** @type {string[]} */
  const said = [];
  view.word("greeting", { name: "Ada" }).tell((text) => said.push(text));
  inner.word("page").tell((text) => said.push(text));
  assert.deepEqual(said, ["Good morning, Ada", "Page"]);
  view.translate(zh);
  assert.deepEqual(said.slice(2).toSorted(), ["早上好，Ada", "页"].toSorted());
  assert.equal(inner.t, zh);
});

test("what a part tells is passed on with what there is to know", () => {
  const [part, whole] = [new Emitter(), new Emitter()];
  /** @type {unknown[]} */
  const heard = [];
  whole.pass(part, "look", "leave");
  whole.on("look", (detail) => heard.push(detail));
  whole.on("leave", (detail) => heard.push(detail));
  part.emit("look", { index: 3 });
  part.emit("leave");
  part.emit("other", 1);
  assert.deepEqual(heard, [{ index: 3 }, {}]);
});
