import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { awaited, during, rest } from "../../../static/page/rest.js";

/** @type {any} */
let page;
let frames = 0;

beforeEach(() => {
  frames = 0;
  Object.defineProperty(globalThis, "requestAnimationFrame", {
    value: (/** @type {() => void} */ paint) => {
      frames += 1;
      setTimeout(paint);
    },
    configurable: true,
  });
  page = {
    http: { asked: 0 },
    stream: { asked: [], connected: true },
    chapters: { entries: [{ calling: false }] },
    address: { settled: true, write: () => {} },
    later: 0,
    unasked: [],
  };
});

/** Whether it is at rest once so many frames are over. @param {Promise<void>} rests @param {number} count */
async function within(rests, count) {
  const all = frames + count;
  let is = false;
  rests.then(() => {
    is = true;
  });
  while (frames < all && !is) await new Promise((resolve) => setTimeout(resolve));
  return is;
}

test("a page with nothing to do is at rest after two frames", async () => {
  assert.deepEqual(awaited(page), []);
  await rest(page);
  assert.equal(frames, 2);
});

for (const [what, begin, end] of /** @type {[string, () => void, () => void][]} */ ([
  ["an answer", () => page.stream.asked.push("main"), () => page.stream.asked.pop()],
  ["a call", () => (page.http.asked += 1), () => (page.http.asked -= 1)],
  [
    "a chapter's call",
    () => (page.chapters.entries[0].calling = true),
    () => (page.chapters.entries[0].calling = false),
  ],
  ["what was put off", () => (page.later = 1), () => (page.later = 0)],
  ["the connection", () => (page.stream.connected = false), () => (page.stream.connected = true)],
]))
  test(`it waits for ${what}`, async () => {
    begin();
    const rests = rest(page);
    assert.equal(await within(rests, 20), false);
    end();
    await rests;
  });

test("what comes between two frames is waited for too", async () => {
  const rests = rest(page);
  assert.equal(await within(rests, 1), false);
  page.later = 1;
  assert.equal(await within(rests, 20), false);
  page.later = 0;
  await rests;
});

test("it waits for work of the page's own, whatever comes of it", async () => {
  let finish = () => {};
  const work = during(
    new Promise((_, reject) => {
      finish = () => reject(new Error("in vain"));
    }),
  );
  const rests = rest(page);
  assert.equal(await within(rests, 20), false);
  finish();
  await assert.rejects(work);
  await rests;
});

test("the address is written once all else is done, and waited for", async () => {
  page.stream.asked.push("main");
  let written = 0;
  page.address = { settled: false, write: () => (written += 1) };
  const rests = rest(page);
  assert.equal(await within(rests, 10), false);
  assert.equal(written, 0);
  page.stream.asked.pop();
  assert.equal(await within(rests, 10), false);
  assert.ok(written > 0);
  page.address.settled = true;
  await rests;
});

test("what is asked for as long as a walk goes on is not waited for", async () => {
  page.stream.asked = ["trace"];
  page.unasked = ["trace"];
  await rest(page);
});
