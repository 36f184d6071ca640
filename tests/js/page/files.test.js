import assert from "node:assert/strict";
import { test } from "node:test";
import { Files } from "../../../static/page/files.js";
import { ApiError } from "../../../static/transport/http.js";

const wanted = { id: "npy", format: "npy", all: false, times: 1 };

/** @param {() => Promise<Blob>} file */
function made(file) {
  /** @type {boolean[]} whether it was busy when the page was told */
  const told = [];
  const host = {
    t: /** @type {any} */ ((/** @type {string} */ key) => key),
    defer: () => told.push(files.busy),
    problem: (/** @type {{code: string}} */ { code }) => `refused: ${code}`,
  };
  const offered = () => ({ label: "edge", without: ["all"] });
  /** @type {Files<typeof host>} */
  const files = new Files(host, { offered, name: ({ t }) => t("name"), file });
  return { files, told };
}

test("why a file could not be made is said, and another can be had", async () => {
  const { files, told } = made(async () => {
    throw new ApiError({ code: "too_large", message: "Too large." }, 413);
  });
  await files.save(wanted);
  assert.deepEqual(files.model, {
    ...{ label: "edge", without: ["all"] },
    ...{ busy: false, problem: "refused: too_large", saved: "" },
  });
  assert.deepEqual(told, [true, false]);
});

test("one at a time", async () => {
  let asked = 0;
  /** @type {(error: Error) => void} */
  let fail = () => {};
  const { files } = made(() => {
    asked += 1;
    return new Promise((_, reject) => {
      fail = reject;
    });
  });
  const first = files.save(wanted);
  await files.save(wanted);
  assert.equal(asked, 1);
  fail(new Error("gone"));
  await first;
  assert.equal(files.model.problem, "refused: page");
});
