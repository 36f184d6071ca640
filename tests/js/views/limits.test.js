import assert from "node:assert/strict";
import { test } from "node:test";
import en from "../../../static/messages/en.json" with { type: "json" };
import { translator } from "../../../static/page/i18n.js";
import { limitText } from "../../../static/views/fields/limits.js";

const t = translator("en", en);
const reach = { en: "It is the service's own limit (CONVSCOPE_MAX_STRIDE).", zh: "" };
const none = { en: "Other values are not defined here.", zh: "" };
const param = /** @type {any} */ ({
  ...{ name: "stride", min: 1, label: { en: "Stride", zh: "步幅" } },
  advice: reach,
});
const other = { ...param, name: "other", advice: none };
/** @param {string} en @param {Record<string, unknown>} values @param {string} [said] what to change */
const because = (en, values, said) => ({
  ...{ code: "c", message: "m", text: { en, zh: "" }, values },
  ...(said ? { advice: { en: said, zh: "" } } : {}),
});
const declared = because("{name} must be from {min} to {max}.", { name: "stride", min: 1, max: 16 });

test("where the declared end is reached, it says so, and how to reach further", () => {
  const limit = { min: 1, max: 16, values: null, min_reason: declared, max_reason: declared };
  assert.match(limitText(t, limit, 16, param), /^16 is the most. It is the service's own limit .*MAX_STRIDE/);
  assert.equal(limitText(t, limit, 16, other), "16 is the most. Other values are not defined here.");
  assert.equal(limitText(t, limit, 15, param), "");
  assert.equal(limitText(t, limit, 1, param), "", "the smallest there is needs no reason");
});

test("where something else stops it, the reason is given, and what to change", () => {
  const text = "Along the {axis}, padding {padding} leaves a window empty; {max} is possible.";
  const empty = because(
    text,
    { axis: "height", padding: 3, max: 2 },
    "Pad less, or let the window span more.",
  );
  const limit = { min: 2, max: 9, values: null, min_reason: declared, max_reason: empty };
  assert.match(
    limitText(t, limit, 9, param),
    /^9 is the most now: Along the height, padding 3 leaves.* Pad less, or/,
  );
  assert.equal(limitText(t, limit, 2, param), "2 is the least now: Stride must be from 1 to 16.");
});
