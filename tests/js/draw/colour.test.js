import assert from "node:assert/strict";
import { test } from "node:test";
import { luminance, lut, pixel, ZERO } from "../../../static/draw/colour.js";

const channels = (/** @type {number} */ word) => [word & 255, (word >>> 8) & 255, (word >>> 16) & 255];

/** CIE lightness 0..100. @param {number} word */
function lightness(word) {
  const y = luminance(word);
  return y > 0.008856 ? 116 * Math.cbrt(y) - 16 : 903.3 * y;
}

/**
 * What a red-blind or green-blind eye keeps of a colour (Viénot, Brettel and Mollon 1999, in linear light).
 * @param {number} word @param {"protan" | "deutan"} kind
 */
function asSeen(word, kind) {
  const [r, g, b] = channels(word).map((byte) => (byte / 255) ** 2.2);
  const [x, y] = kind === "protan" ? [0.11238, 0.88762] : [0.29275, 0.70725];
  const z = kind === "protan" ? 0.00401 : -0.02234;
  const yellow = x * r + y * g;
  return [yellow, z * r - z * g + b];
}

test("every table has 256 opaque pixels", () => {
  for (const name of ["diverging", "sequential", "grey"]) {
    const table = lut(name);
    assert.equal(table.length, 256);
    assert.ok(
      table.every((word) => word >>> 24 === 255),
      name,
    );
    assert.equal(lut(name), table);
  }
});

test("pixel words are little-endian RGBA", () => {
  assert.equal(pixel(1, 2, 3), 0xff030201);
  assert.deepEqual([...new Uint8Array(Uint32Array.of(pixel(1, 2, 3)).buffer)], [1, 2, 3, 255]);
});

test("grey is the level itself", () => {
  assert.ok(lut("grey").every((word, i) => channels(word).every((byte) => byte === i)));
});

test("diverging is neutral and lightest at zero, and as dark on either side", () => {
  const table = lut("diverging");
  const [r, g, b] = channels(table[ZERO]);
  assert.ok(Math.max(r, g, b) - Math.min(r, g, b) <= 1);
  for (let away = 1; away <= 127; away++) {
    const [below, above] = [lightness(table[ZERO - away]), lightness(table[ZERO + away])];
    assert.ok(
      below < lightness(table[ZERO - away + 1]) + 1e-9 && above < lightness(table[ZERO + away - 1]) + 1e-9,
    );
    assert.ok(Math.abs(below - above) < 6, `${away}: ${below} and ${above}`);
  }
});

test("the two arms of diverging stay apart for red-blind and green-blind eyes", () => {
  const table = lut("diverging");
  for (const kind of /** @type {const} */ (["protan", "deutan"])) {
    for (const away of [32, 64, 96]) {
      const [yellowBelow, blueBelow] = asSeen(table[ZERO - away], kind);
      const [yellowAbove, blueAbove] = asSeen(table[ZERO + away], kind);
      assert.ok(blueBelow / yellowBelow > 2 * (blueAbove / yellowAbove), `${kind} at ${away}`);
    }
  }
});

test("sequential rises evenly in lightness, from dark to bright", () => {
  const light = [...lut("sequential")].map(lightness);
  const steps = light.slice(1).map((value, i) => value - light[i]);
  const mean = (light[255] - light[0]) / 255;
  assert.ok(light[0] < 20 && light[255] > 90, `${light[0]} to ${light[255]}`);
  assert.ok(steps.every((step) => step > -0.3 && step < 3 * mean));
  for (let i = 0; i + 16 < 256; i += 16) {
    const part = (light[i + 16] - light[i]) / 16;
    assert.ok(part > 0.6 * mean && part < 1.5 * mean, `${i}: ${part} against ${mean}`);
  }
});
