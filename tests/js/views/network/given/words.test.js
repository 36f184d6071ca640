import assert from "node:assert/strict";
import { test } from "node:test";
import en from "../../../../../static/messages/en.json" with { type: "json" };
import { translator } from "../../../../../static/page/i18n.js";
import { cellText, sentences } from "../../../../../static/views/network/given/words.js";

const t = translator("en", en);

/** What the engine says of a photo that SqueezeNet is given. */
const STEPS = {
  picture: [400, 600, 3],
  crop: [0, 0, 400, 600],
  square: [0, 100, 400, 400],
  resized: [227, 227],
  invert: false,
  channels: ["blue", "green", "red"],
  subtract: [104.006, 116.669, 122.679],
  divide: [1, 1, 1],
  levels: [
    [0, 255],
    [0, 255],
    [4, 255],
  ],
  min: [-104.006, -116.669, -118.679],
  max: [150.994, 138.331, 132.321],
};

test("each step from the photo says whether it can be undone", () => {
  const names = ["blue", "green", "red"];
  const keys = (/** @type {any} */ steps) => sentences(steps, names, t).map(({ key }) => key);
  assert.deepEqual(keys(STEPS), ["cut", "resize", "order", "subtract"]);
  const told = sentences(STEPS, names, t);
  assert.match(told[0].what, /400 × 400 of 600 × 400 pixels, from y 0, x 100/);
  assert.match(told[1].back, /^Cannot be undone: 227 × 227 .* 400 × 400/);
  assert.match(told[3].back, /^Undone exactly: blue \+ 104.006, green \+ 116.669, red \+ 122.679/);
  const drawn = {
    ...STEPS,
    picture: [227, 227, 1],
    square: [0, 0, 227, 227],
    divide: [2, 2, 2],
    invert: true,
  };
  assert.deepEqual(keys(drawn), ["whole", "fits", "invert", "order", "subtract", "divide"]);
  const grey = { ...STEPS, channels: ["grey"], subtract: [72], divide: [90] };
  assert.match(sentences(grey, ["grey"], t)[2].back, /many colours/);
});

test("a cell's way is written with the numbers of its channel", () => {
  const cell = { resized: 246, level: 246, value: 141.994 };
  assert.equal(cellText(cell, STEPS, 0), "246 − 104.006 = 141.994");
  const both = { ...STEPS, invert: true, subtract: [127], divide: [128] };
  assert.equal(
    cellText({ resized: 248, level: 7, value: -0.9375 }, both, 0),
    "255 − 248 = 7; (7 − 127) ÷ 128 = −0.9375",
  );
});
