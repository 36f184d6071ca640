import assert from "node:assert/strict";
import { test } from "node:test";
import en from "../../../static/messages/en.json" with { type: "json" };
import zh from "../../../static/messages/zh.json" with { type: "json" };
import { pickLanguage, translator } from "../../../static/page/i18n.js";

/** @type {Record<string, Record<string, string>>} */
const catalogues = { en, zh };
const places = (/** @type {string} */ text) =>
  [...new Set([...text.matchAll(/\{\w+\}/g)].map(String))].sort();

test("both catalogues have the same keys, none of them empty", () => {
  assert.deepEqual(Object.keys(en).sort(), Object.keys(zh).sort());
  for (const catalogue of Object.values(catalogues))
    for (const [key, text] of Object.entries(catalogue)) assert.ok(text.trim(), key);
});

test("a message names nothing in one language that it does not name in the other", () => {
  for (const [key, text] of Object.entries(catalogues.en)) {
    assert.deepEqual(places(catalogues.zh[key]), places(text), key);
  }
});

test("places are filled, lists are joined, unknown places and keys stay visible", () => {
  const t = translator("en", { a: "{x} of {y}, {z}" });
  assert.equal(t("a", { x: 1, y: [2, 3] }), "1 of 2, 3, {z}");
  assert.equal(t("b"), "b");
});

test("a refusal is said in the page's language, or in the server's English where that falls short", () => {
  const t = translator("zh", { "problem.away": "服务器没有应答。" });
  const text = { en: "{max} is the most", zh: "最大 {max}" };
  assert.equal(t.error({ code: "known", message: "m", text, values: { max: 3 } }), "最大 3");
  assert.equal(t.error({ code: "known", message: "m", text, values: {} }), "m");
  assert.equal(t.error({ code: "new", message: "The sentence." }), "The sentence.");
  assert.equal(t.error({ code: "away", message: "m" }), "服务器没有应答。");
});

test("a refusal calls a parameter by its label, where that is known, and an axis by its word", () => {
  const stride = /** @type {any} */ ({ name: "stride", label: { en: "Stride", zh: "步幅" } });
  const text = { en: "{name} must be from {min} to {max}.", zh: "{name}必须在 {min} 到 {max} 之间。" };
  const refusal = { code: "range", message: "m", text, values: { name: "stride", min: 1, max: 16 } };
  assert.equal(translator("en", en).error(refusal, [stride]), "Stride must be from 1 to 16.");
  assert.equal(translator("zh", zh).error(refusal, [stride]), "步幅必须在 1 到 16 之间。");
  assert.equal(translator("en", en).error(refusal), "stride must be from 1 to 16.");
  const along = { code: "c", message: "m", text: { en: "Along {axis}", zh: "沿{axis}" } };
  assert.equal(translator("zh", zh).error({ ...along, values: { axis: "height" } }), "沿高");
  assert.equal(translator("en", en).error({ ...along, values: { axis: 1 } }), "Along 1");
});

test("values are printed as the server prints them, and advice is filled as well", () => {
  const t = translator("en", en);
  const text = { en: "{shape} holds {asked}; there are {names}.", zh: "" };
  const values = { shape: [3, 4], asked: 16000000, names: ["a", "b"] };
  const advice = { en: "Take fewer than {asked}.", zh: "" };
  assert.equal(
    t.error({ code: "c", message: "m", text, values, advice }),
    "[3, 4] holds 16,000,000; there are a, b. Take fewer than 16,000,000.",
  );
});

test("the language is the one chosen, else the browser's first that is known, else English", () => {
  assert.equal(pickLanguage("zh", ["en"]), "zh");
  assert.equal(pickLanguage("auto", ["fr", "zh-CN", "en"]), "zh");
  assert.equal(pickLanguage("auto", ["fr"]), "en");
  const t = translator("zh", {});
  assert.equal(t.local({ en: "a", zh: "b" }), "b");
  assert.equal(t.local(null), "");
});
