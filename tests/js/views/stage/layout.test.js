import assert from "node:assert/strict";
import { test } from "node:test";
import { Frame } from "../../../../static/draw/frame.js";
import { fitHeight, visibleRegion } from "../../../../static/views/stage/layout.js";

/** @param {Partial<Frame>} part */
function frameOf(part) {
  const frame = new Frame();
  const size = { width: 400, height: 300, columns: 100, rows: 50 };
  Object.assign(frame, size, { extent: { left: 0, top: 0, right: 100, bottom: 50 } }, part);
  return frame;
}

test("only whole blocks of visible cells are asked for, and only when they can be read", () => {
  assert.equal(visibleRegion(frameOf({ scale: 12 })), null);
  const frame = frameOf({ scale: 40, x: 13, y: 3 });
  assert.deepEqual(visibleRegion(frame), [0, 8, 16, 16]);
  frame.x = 95;
  assert.deepEqual(visibleRegion(frame), [0, 88, 16, 12]);
});

test("the height of a pane follows from the input and the window", () => {
  assert.equal(fitHeight({ width: 300, height: 300 }, 420, 2000, false), 420);
  assert.equal(fitHeight({ width: 300, height: 900 }, 420, 1000, false), 740);
  assert.equal(fitHeight({ width: 300, height: 900 }, 420, 1000, true), 420);
  assert.equal(fitHeight({ width: 900, height: 30 }, 400, 1000, false), 280);
});
