import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeFrame } from "../../../static/transport/frames.js";

/** @param {object} header @param {Uint8Array} payload */
function frame(header, payload) {
  const text = JSON.stringify(header);
  const padded = new TextEncoder().encode(text.padEnd(Math.ceil(text.length / 4) * 4));
  const buffer = new ArrayBuffer(4 + padded.length + payload.length);
  new DataView(buffer).setUint32(0, padded.length, true);
  new Uint8Array(buffer).set(padded, 4);
  new Uint8Array(buffer).set(payload, 4 + padded.length);
  return buffer;
}

test("levels come back map by map", () => {
  const header = {
    id: 1,
    layer: "output",
    channels: [0, 3],
    height: 1,
    width: 2,
    dtype: "uint8",
    min: [0, 0],
    max: [1, 1],
  };
  const { header: read, maps } = decodeFrame(frame(header, Uint8Array.of(1, 2, 3, 4)));
  assert.deepEqual(read, header);
  assert.deepEqual(
    maps.map((map) => [...map]),
    [
      [1, 2],
      [3, 4],
    ],
  );
});

test("exact values come back as floats", () => {
  const header = {
    id: 1,
    layer: "output",
    channels: [0],
    height: 2,
    width: 1,
    dtype: "float32",
    min: [0],
    max: [1],
  };
  const { maps } = decodeFrame(frame(header, new Uint8Array(Float32Array.of(0.5, -2).buffer)));
  assert.deepEqual([...maps[0]], [0.5, -2]);
});

test("what is cut short, or too long, is refused", () => {
  const header = { channels: [0], height: 2, width: 2, dtype: "uint8" };
  assert.throws(() => decodeFrame(frame(header, Uint8Array.of(1, 2, 3))), /payload/);
  assert.throws(() => decodeFrame(new ArrayBuffer(2)), /length/);
  assert.throws(() => decodeFrame(Uint8Array.of(99, 0, 0, 0, 1).buffer), /cut short/);
});
