/**
 * The page's promise of rest: nothing is asked, nothing is late, no frame is to come, and the address says what is set.
 * Tests and benchmarks wait for it; a window that walks by itself goes on meanwhile.
 *
 * @typedef {object} Host the page, as far as its rest needs it
 * @property {import("../transport/http.js").Http} http
 * @property {import("../transport/stream.js").Stream} stream
 * @property {number} later what is put off until after a frame; 0: nothing
 * @property {{settled: boolean, write: () => void} | undefined} address not there until the page has begun
 * @property {{entries: {calling: boolean}[]}} chapters
 * @property {string[]} unasked slots whose answers nobody waits for
 */

import { copying } from "../views/base/copy.js";
import { holding } from "./press.js";

/** In the first frame views draw what they were given, in the second what became of their sizes. */
const FRAMES = 2;

let under = 0;

/** What is awaited beside the service's answers. @template T @param {Promise<T>} promise @returns {Promise<T>} */
export async function during(promise) {
  under += 1;
  try {
    return await promise;
  } finally {
    under -= 1;
  }
}

/** What there is to wait for, by name, but for the address. @param {Host} host @returns {string[]} */
export function awaited({ http, stream, later, chapters, unasked }) {
  const names = stream.asked.filter((slot) => !unasked.includes(slot));
  if (!stream.connected) names.push("connection");
  if (http.asked > 0 || chapters.entries.some(({ calling }) => calling)) names.push("call");
  if (later) names.push("refreshing");
  if (under > 0 || copying() || holding()) names.push("work");
  return names;
}

/** Resolved once the page is at rest; while the service is away it is not. @param {Host} host */
export async function rest(host) {
  for (let quiet = 0; quiet < FRAMES; ) {
    await frame();
    const busy = awaited(host).length > 0;
    // Whoever waits for rest moves nothing any more: the address need not wait for more to come.
    if (!busy) host.address?.write();
    quiet = !busy && host.address?.settled ? quiet + 1 : 0;
  }
}

/** A frame, and the tasks that it left behind. */
async function frame() {
  await new Promise(requestAnimationFrame);
  for (let task = 0; task < 2; task++) await new Promise((resolve) => setTimeout(resolve));
}
