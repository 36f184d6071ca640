import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { TABLE as LAB } from "../../../static/lab/state.js";
import { TABLE as NETWORK } from "../../../static/network/state.js";
import { CARRIED } from "../../../static/page/doors.js";
import { COLOURS, coded, FRAME, PICTURE } from "../../../static/page/table.js";

// Links that were sent keep their order, their names and what is left out of them.

test("the Lab's addresses keep their order", () => {
  const keys =
    "image size color frame crop edits op kernels bias activation map cell zoom colormap scale range split open a play speed of code lang theme";
  assert.deepEqual(Object.keys(LAB.entries), keys.split(" "));
});

test("the Network page's addresses keep their order", () => {
  const keys =
    "net image frame crop invert layer map cell from sort colormap scale range open of code lang theme";
  assert.deepEqual(Object.keys(NETWORK.entries), keys.split(" "));
});

test("what pages share stands at the same default in each of them", () => {
  const shared = { ...PICTURE, ...COLOURS, ...FRAME };
  const usual = Object.fromEntries(Object.entries(shared).map(([key, entry]) => [key, entry.default]));
  assert.deepEqual(usual, {
    ...{ image: "coffee", frame: 0, crop: null, colormap: "auto", scale: "map", range: [-255, 255] },
    ...{ lang: "auto", theme: "auto" },
  });
  for (const table of [LAB, NETWORK])
    for (const [key, value] of Object.entries(usual))
      assert.deepEqual(/** @type {any} */ (table.defaults())[key], value, key);
});

test("code is of the first view, in Python", () => {
  const { of, code } = coded(["run", "trace"]);
  assert.deepEqual([of.default, code.default], ["run", "python"]);
  assert.equal(of.parse("shape"), undefined);
});

test("links to other pages take the same along before and after the page's script is there", () => {
  assert.deepEqual(CARRIED, ["image", "frame", "crop", "lang", "theme"]);
  const early = readFileSync(new URL("../../../static/early.js", import.meta.url), "utf8");
  assert.ok(early.includes(`/^(${CARRIED.join("|")})=/`));
});
