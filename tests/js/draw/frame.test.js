import assert from "node:assert/strict";
import { test } from "node:test";
import { CLOSEST, Frame, MARGIN } from "../../../static/draw/frame.js";

/** @param {Partial<Frame>} part */
function frameOf(part) {
  const frame = new Frame();
  const size = { width: 400, height: 300, columns: 100, rows: 50 };
  Object.assign(frame, size, { extent: { left: 0, top: 0, right: 100, bottom: 50 } }, part);
  return frame;
}

test("fitting shows all, and narrow padding does not shrink the picture", () => {
  const bare = frameOf({});
  assert.equal(bare.fit(), (400 - 2 * MARGIN) / 100);
  assert.equal(frameOf({ extent: { left: -1, top: -1, right: 101, bottom: 51 } }).fit(), bare.fit());
  assert.equal(frameOf({ extent: { left: -50, top: 0, right: 150, bottom: 50 } }).fit(), 396 / 200);
  assert.equal(
    frameOf({ columns: 2, rows: 2, extent: { left: 0, top: 0, right: 2, bottom: 2 } }).fit(),
    CLOSEST,
  );
});

test("a small picture stands in the middle", () => {
  const frame = frameOf({ scale: 2 });
  frame.clamp();
  assert.equal(frame.toX(0), 100);
  assert.equal(frame.toX(100), 300);
  assert.equal(frame.toY(0), 100);
  assert.equal(frame.loose, false);
});

test("cells are found where they are drawn, and nowhere else", () => {
  const frame = frameOf({ scale: 2 });
  frame.clamp();
  assert.deepEqual(frame.cellAt(100, 100), { y: 0, x: 0 });
  assert.deepEqual(frame.cellAt(299.9, 199.9), { y: 49, x: 99 });
  assert.equal(frame.cellAt(99, 100), null);
  assert.equal(frame.cellAt(300, 100), null);
});

test("zooming keeps what is under the pointer", () => {
  const frame = frameOf({ scale: 8 });
  frame.put(50, 25, 200, 150);
  const before = frame.placeAt(130, 90);
  frame.zoom(16, 130, 90);
  const after = frame.placeAt(130, 90);
  assert.ok(Math.abs(after[0] - before[0]) < 1e-9 && Math.abs(after[1] - before[1]) < 1e-9);
  assert.equal(frame.loose, true);
});

test("panning stops at the edges", () => {
  const frame = frameOf({ scale: 16 });
  frame.put(-500, 500, 0, 0);
  assert.equal(frame.x, -MARGIN / 16);
  assert.equal(frame.y, 50 + MARGIN / 16 - 300 / 16);
});

test("revealing moves only as far as needed", () => {
  const frame = frameOf({ scale: 20, x: 10, y: 10 });
  assert.equal(frame.reveal({ left: 15, right: 16, top: 15, bottom: 16 }), false);
  assert.equal(frame.reveal({ left: 40, right: 41, top: 15, bottom: 16 }), true);
  const right = frame.x + 400 / 20;
  assert.ok(right >= 41 && right < 42.5);
  assert.equal(frame.y, 10);
});

test("few cells are still seen, and a row alone is a band", () => {
  const row = frameOf({ columns: 100, rows: 1, scale: 2 });
  assert.deepEqual([row.cellWidth, row.cellHeight], [2, 40]);
  const few = frameOf({ columns: 4, rows: 2, scale: 2 });
  assert.deepEqual([few.cellWidth, few.cellHeight], [10, 10]);
  row.extent = { left: 0, top: 0, right: 100, bottom: 1 };
  row.clamp();
  assert.deepEqual(row.cellAt(100, 131), { y: 0, x: 0 });
  assert.equal(row.cellAt(100, 129), null);
});
