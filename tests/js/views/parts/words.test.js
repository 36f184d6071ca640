import assert from "node:assert/strict";
import { test } from "node:test";
import en from "../../../../static/messages/en.json" with { type: "json" };
import { translator } from "../../../../static/page/i18n.js";
import { partsAt } from "../../../../static/views/parts/words.js";

const t = translator("en", en);

const NAMES = ["red", "green", "blue"];

/** @param {object} printed @returns {any} */
const traced = (printed) => ({
  reduction: "sum",
  printed: {
    ...{ partials: ["28", "-174", "186"], sum: "40", divisor: null, quotient: null, remainder: null },
    ...{ bias: null, before: null, steps: [], value: "40", residual: "0", ...printed },
  },
});

test("the numbers of the parts are the trace's, and the line says how they add up", () => {
  const plain = partsAt(traced({}), NAMES, "", t);
  assert.deepEqual(plain.each, ["28", "−174", "186"]);
  assert.equal(plain.line, "red 28 + green (−174) + blue 186 = 40");
  const biased = partsAt(traced({ bias: "-20", value: "20" }), NAMES, "", t);
  assert.equal(biased.line, "red 28 + green (−174) + blue 186 = 40 + bias (−20) = 20");
  assert.equal(biased.sum, "20");
  const steps = [{ operand: null, result: "0", residual: null }];
  const activated = partsAt(traced({ bias: "-50", before: "-10", steps, value: "0" }), NAMES, "ReLU", t);
  assert.equal(activated.line, "red 28 + green (−174) + blue 186 = 40 + bias (−50) = −10 → ReLU → 0");
  assert.deepEqual([activated.sum, activated.after], ["−10", "0"]);
});

test("a divisor stands under every part, with what is left over; one part alone is not added", () => {
  const printed = { divisor: "9", quotient: "4.4444", remainder: "0.0004", value: "4.4444" };
  const divided = partsAt(traced(printed), NAMES, "", t);
  assert.deepEqual(divided.each, ["28 ÷ 9", "−174 ÷ 9", "186 ÷ 9"]);
  assert.match(divided.line, /= 40 ÷ 9 = 4\.4444 \(remainder 0\.0004\)$/);
  assert.equal(partsAt(traced({ partials: ["40"] }), ["grey"], "", t).line, "grey 40");
});

test("where the trace has other parts than the pictures, only the whole is told", () => {
  const other = partsAt(traced({ partials: [] }), NAMES, "", t);
  assert.deepEqual([other.each, other.sum, other.line], [[], "40", "40"]);
  const planes = partsAt(traced({ partials: ["28", "12"] }), ["channel 0"], "", t);
  assert.deepEqual([planes.each, planes.line], [["40"], "channel 0 40"]);
});
