import assert from "node:assert/strict";
import { test } from "node:test";
import { codeChapter } from "../../../static/page/code.js";

const calls = (/** @type {{calls: Record<string, object>}} */ host) => host.calls;
const chapter = codeChapter(() => true, calls);
const FILES = {
  model: { label: "", without: [], busy: false, problem: "", saved: "" },
  save: async () => {},
};

/** @param {string} of @param {Record<string, object>} offered */
function host(of, offered) {
  return { calls: offered, files: FILES, state: { values: { of, code: "curl" }, set: () => {} } };
}

test("the chosen view is asked for as long as there is one", () => {
  const request = chapter.request?.(host("trace", { run: { a: 1 }, trace: { b: 2 } }));
  assert.deepEqual(request, { post: "code", body: { view: "trace", call: { b: 2 } } });
});

test("else the usual one, which stands first; of nothing, nothing", () => {
  const request = chapter.request?.(host("curve", { run: { a: 1 }, trace: { b: 2 } }));
  assert.deepEqual(request, { post: "code", body: { view: "run", call: { a: 1 } } });
  assert.equal(chapter.request?.(host("curve", {})), null);
});

test("an answer fits only what is asked now", () => {
  const one = host("run", { run: { a: 1 } });
  const request = /** @type {object} */ (chapter.request?.(one));
  const answer = { request, messages: { reply: { curl: "curl …" } }, maps: {} };
  const said = (/** @type {any} */ page) => /** @type {any} */ (chapter.model(page, answer)).code;
  assert.deepEqual(
    [said(one).of, said(one).language, said(one).texts.curl, said(one).fits],
    ["run", "curl", "curl …", true],
  );
  assert.equal(said(host("run", { run: { a: 2 } })).fits, false);
});
