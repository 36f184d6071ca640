import assert from "node:assert/strict";
import { test } from "node:test";
import en from "../../../static/messages/en.json" with { type: "json" };
import { translator } from "../../../static/page/i18n.js";
import { limitText } from "../../../static/views/fields/limits.js";

const t = translator("en", en);
const param = /** @type {any} */ ({ name: "stride", min: 1, label: { en: "Stride", zh: "步幅" } });
const other = { ...param, name: "other" };
/** @param {string} code @param {Record<string, unknown>} values */
const because = (code, values) => ({ code, message: "m", values });
const declared = because("range", { name: "stride", min: 1, max: 16 });

test("where the declared end is reached, it says so, and how to reach further", () => {
  const limit = { min: 1, max: 16, values: null, min_reason: declared, max_reason: declared };
  assert.match(limitText(t, limit, 16, param), /^16 is the most. It is the service's own limit .*MAX_STRIDE/);
  assert.equal(limitText(t, limit, 16, other), "16 is the most. Other values are not defined here.");
  assert.equal(limitText(t, limit, 15, param), "");
  assert.equal(limitText(t, limit, 1, param), "", "the smallest there is needs no reason");
});

test("where something else stops it, the reason is given", () => {
  const empty = because("empty_window", { axis: "height", padding: 3, max: 2 });
  const limit = { min: 2, max: 9, values: null, min_reason: declared, max_reason: empty };
  assert.match(
    limitText(t, limit, 9, param),
    /^9 is the most now: Padding 3 along the height leaves.* Pad less, or/,
  );
  assert.equal(limitText(t, limit, 2, param), "2 is the least now: Stride must be from 1 to 16.");
});

test("what to change depends on what one would change", () => {
  const reason = because("kernel_exceeds_input", {
    axis: "height",
    kernel: 4,
    dilation: 3,
    extent: 10,
    max: 3,
  });
  const limit = { min: 1, max: 3, values: null, min_reason: declared, max_reason: reason };
  assert.match(limitText(t, limit, 3, { ...param, name: "dilation" }), /To dilate more: pad more/);
  assert.match(limitText(t, limit, 3, param, "kernel_size"), /For a larger kernel: pad more, dilate less/);
  assert.match(limitText(t, limit, 3, param), /Pad more, dilate less, or take a smaller kernel/);
  assert.match(t.error(reason, [param]), /covers 10 cells.* Pad more, dilate less/);
});
