import assert from "node:assert/strict";
import { test } from "node:test";
import { translator } from "../../static/i18n.js";
import en from "../../static/messages/en.json" with { type: "json" };
import { limitText } from "../../static/views/fields/limits.js";

const t = translator("en", en);
const param = /** @type {any} */ ({ name: "stride", min: 1, label: { en: "Stride", zh: "步幅" } });
/** @param {string} code @param {Record<string, unknown>} values */
const because = (code, values) => ({ code, message: "m", values });
const declared = because("range", { name: "stride", min: 1, max: 16 });

test("where the declared end is reached, that is all there is to say", () => {
  const limit = { min: 1, max: 16, values: null, min_reason: declared, max_reason: declared };
  assert.equal(limitText(t, limit, 16, param), "16 is the most.");
  assert.equal(limitText(t, limit, 15, param), "");
  assert.equal(limitText(t, limit, 1, param), "", "the smallest there is needs no reason");
});

test("where something else stops it, the reason is given", () => {
  const empty = because("empty_window", { axis: "height", padding: 3, max: 2 });
  const limit = { min: 2, max: 9, values: null, min_reason: declared, max_reason: empty };
  assert.match(limitText(t, limit, 9, param), /^9 is the most now: Padding 3 along the height leaves/);
  assert.equal(limitText(t, limit, 2, param), "2 is the least now: Stride must be from 1 to 16.");
});
