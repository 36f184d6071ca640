import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { State, Table } from "../../../static/page/address.js";
import { name, whole } from "../../../static/page/entries.js";
import { Address } from "../../../static/page/history.js";

/** @typedef {{layer: string, map: number, size: number}} Values */

/** A browser's history of one page. */
class Browser extends EventTarget {
  entries = [""];
  at = 0;
  writes = 0;
  setTimeout = setTimeout;

  get location() {
    const { entries, at } = this;
    return { hash: entries[at] && `#${entries[at]}`, pathname: "/network", search: "" };
  }

  /** @param {unknown} _state @param {string} _title @param {string} url */
  pushState(_state, _title, url) {
    this.entries = [...this.entries.slice(0, this.at + 1), url.replace(/^[^#]*#?/, "")];
    this.at += 1;
    this.writes += 1;
  }

  /** @param {unknown} _state @param {string} _title @param {string} url */
  replaceState(_state, _title, url) {
    this.entries[this.at] = url.replace(/^[^#]*#?/, "");
    this.writes += 1;
  }

  /** @param {number} by */
  go(by) {
    this.at += by;
    this.dispatchEvent(new Event("popstate"));
    this.dispatchEvent(new Event("hashchange"));
  }
}

/** @type {Browser} */
let browser;
/** @type {State<Values>} */
let state;
/** @type {Address<Values>} */
let address;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  let now = 0;
  performance.now = () => now;
  const tick = mock.timers.tick.bind(mock.timers);
  mock.timers.tick = (ms = 0) => {
    now += ms;
    tick(ms);
  };
  browser = new Browser();
  /** @type {Table<Values>} */
  const table = new Table({ layer: name("first"), map: whole(0, 0, 999), size: whole(320, 4, 512) });
  for (const key of ["window", "history"])
    Object.defineProperty(globalThis, key, { value: browser, configurable: true });
  Object.defineProperty(globalThis, "location", { get: () => browser.location, configurable: true });
  browser.setTimeout = setTimeout;
  state = new State(table.defaults());
  address = new Address(state, table, (hash) => table.parse(hash).values, ["layer", "map"]);
});

test("steps that follow each other at once each have an entry", () => {
  for (const layer of ["second", "third", "fourth"]) state.set({ layer });
  assert.deepEqual(browser.entries, ["", "layer=second", "layer=third", "layer=fourth"]);
  assert.ok(address.settled);
  browser.go(-1);
  assert.equal(state.values.layer, "third");
  browser.go(-2);
  assert.equal(state.values.layer, "first");
});

test("what is dragged rewrites the entry, once in a while", () => {
  for (let size = 100; size < 150; size++) state.set({ size });
  assert.equal(browser.writes, 0);
  assert.ok(!address.settled);
  mock.timers.tick(250);
  assert.deepEqual(browser.entries, ["size=149"]);
  assert.equal(browser.writes, 1);
  assert.ok(address.settled);
});

test("what waits is written before a step, so that back leads to it", () => {
  state.set({ size: 100 });
  state.set({ layer: "second" });
  state.set({ size: 200 });
  state.set({ layer: "third" });
  assert.deepEqual(browser.entries, ["size=100", "layer=second&size=200", "layer=third&size=200"]);
  browser.go(-2);
  assert.deepEqual([state.values.layer, state.values.size], ["first", 100]);
});

test("a back within the pause is not undone by what waited", () => {
  state.set({ layer: "second" });
  state.set({ size: 100 });
  browser.go(-1);
  mock.timers.tick(1000);
  assert.equal(browser.at, 0);
  assert.deepEqual(browser.entries, ["", "layer=second"]);
  assert.deepEqual([state.values.layer, state.values.size], ["first", 320]);
});

test("what changes while a back is on its way is not written into the entry that it leads to", () => {
  state.set({ layer: "second" });
  browser.at = 0;
  state.set({ size: 100 });
  assert.ok(!address.settled);
  address.write();
  browser.go(0);
  mock.timers.tick(1000);
  assert.deepEqual(browser.entries, ["", "layer=second"]);
  assert.equal(state.values.size, 320);
});

test("a walk has one entry, however far it goes, and back leads to where it began", () => {
  for (let map = 1; map < 50; map++) state.set({ map }, "walk");
  mock.timers.tick(250);
  assert.deepEqual(browser.entries, ["", "map=49"]);
  state.set({ layer: "second" });
  state.set({ map: 50 }, "walk");
  state.set({ map: 51 }, "walk");
  address.write();
  assert.deepEqual(browser.entries.slice(1), ["map=49", "layer=second&map=49", "layer=second&map=51"]);
});

test("what the page puts right by itself is no step", () => {
  state.set({ layer: "second" });
  state.set({ map: 3 }, "mend");
  address.write();
  assert.deepEqual(browser.entries, ["", "layer=second&map=3"]);
});

test("however long one drags, the step that follows is written at once", () => {
  for (let move = 0; move < 600; move++) {
    state.set({ size: 100 + (move % 300) });
    mock.timers.tick(100);
  }
  assert.equal(browser.writes, 90);
  state.set({ layer: "second" });
  assert.deepEqual(browser.entries, ["size=399", "layer=second&size=399"]);
  assert.ok(address.settled);
});

test("a flood of steps is written later, and none is lost", () => {
  for (let map = 1; map <= 200; map++) state.set({ map });
  assert.equal(browser.writes, 90);
  for (let seconds = 0; seconds < 90; seconds++) mock.timers.tick(1000);
  assert.equal(browser.entries.length, 201);
  assert.deepEqual(browser.entries.slice(-2), ["map=199", "map=200"]);
});
