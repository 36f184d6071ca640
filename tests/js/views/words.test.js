import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import en from "../../../static/messages/en.json" with { type: "json" };

const VIEWS = new URL("../../../static/views/", import.meta.url);

test("every text that a view asks for by its whole key is in the messages", () => {
  const files = readdirSync(VIEWS, { recursive: true }).filter((file) => file.endsWith(".js"));
  const asked = files.flatMap((file) => {
    const script = readFileSync(new URL(file, VIEWS), "utf8");
    return [...script.matchAll(/\b(?:t|word)\("([\w.]+)"/g)].map(([, key]) => key);
  });
  assert.ok(asked.length > 250, `${asked.length}`);
  assert.deepEqual(
    asked.filter((key) => !(key in en)),
    [],
  );
});
