import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const ROOT = new URL("../../", import.meta.url);

/** Every module that the page's root leads to. @param {string} path @param {Set<string>} [seen] */
function modules(path, seen = new Set()) {
  if (seen.has(path)) return seen;
  seen.add(path);
  const text = readFileSync(new URL(path, ROOT), "utf8").replace(/\/\*.*?\*\//gs, "");
  for (const [, target] of text.matchAll(/^(?:import|export)\b[^;]*?from\s+"(\.[^"]+)"/gm)) {
    modules(new URL(target, new URL(path, ROOT)).href.slice(ROOT.href.length), seen);
  }
  return seen;
}

test("the page asks for all its modules at once, and for no other", () => {
  const page = readFileSync(new URL("templates/lab.html", ROOT), "utf8");
  const asked = [...page.matchAll(/rel="modulepreload" href="([^"]+)"/g)].map(([, path]) => path);
  assert.deepEqual([...asked, "static/app.js"].sort(), [...modules("static/app.js")].sort());
});
