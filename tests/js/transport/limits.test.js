import assert from "node:assert/strict";
import { test } from "node:test";
import { withTexts } from "../../../static/transport/limits.js";

test("each reason gets the texts that it names by their places", () => {
  const [text, advice] = [
    { en: "Too much.", zh: "太多。" },
    { en: "Take less.", zh: "请减少。" },
  ];
  const reason = { code: "c", message: "m", text: 0, advice: 1 };
  const declared = { code: "range", message: "m" };
  const limit = { min: 0, max: 1, values: null, min_reason: null, max_reason: { ...reason } };
  const limits = /** @type {any} */ ({
    padding: [limit, { ...limit, min_reason: declared, max_reason: { ...reason } }],
    mode: { choices: [], reasons: { reflect: { ...reason } } },
  });
  const said = /** @type {any} */ (withTexts({ limits, texts: [text, advice] }));
  for (const one of [said.padding[0].max_reason, said.padding[1].max_reason, said.mode.reasons.reflect])
    assert.deepEqual(one, { ...reason, text, advice });
  assert.equal(said.padding[0].min_reason, null);
  assert.equal(said.padding[1].min_reason.text, undefined);
});
