import assert from "node:assert/strict";
import { test } from "node:test";
import en from "../../../../../static/messages/en.json" with { type: "json" };
import { translator } from "../../../../../static/page/i18n.js";
import { ownRows } from "../../../../../static/views/network/weights/words.js";

const t = translator("en", en);

test("a map's own numbers are its bias and those of the normalisation after it", () => {
  const norm = { weight: [1, 2], bias: [3, 4], running_mean: [5, 6], running_var: [7, 8.5] };
  const told = (/** @type {any} */ own, /** @type {any} */ unit) =>
    ownRows(own, unit, 1, t).map(({ key, value }) => `${key} ${value}`);
  assert.deepEqual(told({ bias: [0, -0.5] }, {}), ["bias −0.5"]);
  const four = ["weight 2", "bias 4", "running_mean 6", "running_var 8.5"];
  assert.deepEqual(
    told({}, { "stem/norm": norm }),
    four.map((one) => `stem/norm.${one}`),
  );
  assert.deepEqual(
    told(norm, {}),
    four.map((one) => `.${one}`),
  );
});
