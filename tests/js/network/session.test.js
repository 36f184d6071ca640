import assert from "node:assert/strict";
import { test } from "node:test";
import { Session } from "../../../static/network/session.js";

/** A stream that keeps its wishes, to be answered by hand. */
function stage() {
  /** @type {{body: any, listener: any}[]} */
  const wishes = [];
  const stream = {
    wish: (/** @type {any} */ _, /** @type {any} */ body, /** @type {any} */ listener) =>
      wishes.push({ body, listener }),
  };
  const session = new Session(/** @type {any} */ (stream));
  /** @type {string[]} */
  const said = [];
  for (const type of ["input", "layer", "classes", "settled"])
    session.addEventListener(type, () => said.push(type));
  return { session, wishes, said };
}

const STATS = { min: 0, max: 1, mean: 0.5, deviation: 0.2, zeros: 0, strongest: [3, 1] };

/** @param {any} listener @param {number} level */
function answer(listener, level) {
  listener.message({ type: "input", height: 1, width: 1, channels: ["grey"] });
  listener.frame({
    header: { layer: "input", channels: [0], height: 1, width: 1, dtype: "uint8", min: [0], max: [255] },
    maps: [Uint8Array.of(level)],
  });
  listener.message({ type: "layer", layer: "conv1", shape: [4, 1, 1], stats: STATS, ms: 1 });
  listener.frame({
    header: {
      layer: "conv1",
      channels: [3, 1],
      height: 1,
      width: 1,
      dtype: "uint8",
      min: [0, 0],
      max: [1, 1],
    },
    maps: [Uint8Array.of(level), Uint8Array.of(0)],
  });
  listener.message({ type: "layer", layer: "softmax", shape: [2], stats: STATS, ms: 1 });
  listener.frame({
    header: { layer: "softmax", channels: [0], height: 1, width: 2, dtype: "float32", min: [0], max: [1] },
    maps: [Float32Array.of(0.25, 0.75)],
  });
  listener.message({ type: "classes", classes: [{ index: 1, name: "b", logit: 2, probability: 0.75 }] });
}

test("picture, layers and classes are there as soon as they are told", () => {
  const { session, wishes, said } = stage();
  session.want({ network: "n", image: "a" });
  assert.equal(wishes[0].body.image, "a");
  answer(wishes[0].listener, 7);
  assert.deepEqual(said, ["input", "layer", "layer", "layer", "layer", "classes"]);
  assert.deepEqual(session.given?.levels, [Uint8Array.of(7)]);
  const conv = session.layers.get("conv1");
  assert.deepEqual(
    conv?.thumbs.map(({ channel }) => channel),
    [3, 1],
  );
  assert.deepEqual(conv?.thumbs[0].levels, Uint8Array.of(7));
  assert.deepEqual([...(session.layers.get("softmax")?.values ?? [])], [0.25, 0.75]);
  assert.deepEqual([session.stale, session.concluded], [true, true]);
  wishes[0].listener.done();
  assert.equal(session.stale, false);
});

test("what was there of the picture before stays, marked as old, until its successor is here", () => {
  const { session, wishes } = stage();
  session.want({ network: "n", image: "a" });
  answer(wishes[0].listener, 7);
  wishes[0].listener.done();
  session.want({ network: "n", image: "b" });
  assert.deepEqual([session.stale, session.concluded], [true, false]);
  assert.equal(session.layers.get("conv1")?.stale, true);
  assert.equal(session.layers.get("conv1")?.thumbs.length, 2);
  assert.equal(session.classes?.length, 1);
  answer(wishes[1].listener, 9);
  assert.equal(session.layers.get("conv1")?.stale, false);
  assert.equal(session.concluded, true);
});

test("of another network nothing stays", () => {
  const { session, wishes } = stage();
  session.want({ network: "n", image: "a" });
  answer(wishes[0].listener, 7);
  session.want({ network: "m", image: "a" });
  assert.equal(session.layers.size, 0);
  assert.deepEqual([session.given, session.classes], [null, null]);
});
