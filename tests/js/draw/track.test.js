import assert from "node:assert/strict";
import { test } from "node:test";
import { GAP, Track } from "../../../static/draw/track.js";

test("a long axis shows its two ends, and cells find their place and back", () => {
  const track = new Track(320, 9);
  assert.equal(track.cells.length, 19);
  assert.equal(track.cells[9], GAP);
  for (const cell of track.cells) if (cell !== GAP) assert.equal(track.cell(track.at(cell) + 0.5), cell);
  assert.equal(track.cell(9.5), null);
  assert.equal(track.cell(track.units), null);
  assert.equal(track.cell(-1), null);
  assert.ok(!track.shows(100) && track.shows(311) && track.shows(8));
  assert.ok(track.at(100) > 8 && track.at(100) < track.at(311));
});

test("a short axis is whole", () => {
  const track = new Track(20, 9);
  assert.ok(track.whole);
  assert.deepEqual(track.cells, [...Array(20).keys()]);
  assert.equal(track.cell(19.9), 19);
});
