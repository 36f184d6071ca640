import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Stream } from "../../../static/transport/stream.js";

/** A socket that remembers what was sent. */
class Fake {
  /** @type {any[]} */
  sent = [];
  onopen = () => {};
  onclose = () => {};
  onmessage = (/** @type {{data: string}} */ _) => {};
  /** @param {string} text */
  send(text) {
    this.sent.push(JSON.parse(text));
  }
  /** @param {object} message */
  say(message) {
    this.onmessage({ data: JSON.stringify(message) });
  }
}

/** @type {Fake[]} */
let sockets = [];
const open = () => {
  sockets.push(new Fake());
  return /** @type {WebSocket} */ (/** @type {unknown} */ (sockets[sockets.length - 1]));
};
const connected = () => {
  const stream = new Stream("ws://here", open);
  sockets[0].onopen();
  return { stream, socket: sockets[0] };
};

beforeEach(() => {
  sockets = [];
  mock.timers.enable({ apis: ["setTimeout"] });
});
afterEach(() => mock.timers.reset());

test("sixty fast wishes: one under way, the newest after it, nothing between", () => {
  const { stream, socket } = connected();
  /** @type {number[]} */
  const done = [];
  for (let n = 1; n <= 60; n++) stream.wish("main", { n }, { done: () => done.push(n) });
  assert.deepEqual(
    socket.sent.map((wish) => wish.n),
    [1],
  );
  socket.say({ id: socket.sent[0].id, type: "done", ms: 1 });
  assert.deepEqual(
    socket.sent.map((wish) => wish.n),
    [1, 60],
  );
  socket.say({ id: socket.sent[1].id, type: "done", ms: 1 });
  assert.deepEqual(done, [1, 60]);
  assert.equal(stream.busy("main"), false);
});

test("slots do not wait for each other", () => {
  const { stream, socket } = connected();
  stream.wish("main", {}, {});
  stream.wish("trace", {}, {});
  assert.deepEqual(
    socket.sent.map((wish) => wish.slot),
    ["main", "trace"],
  );
});

test("an error settles a slot too, and is told", () => {
  const { stream, socket } = connected();
  let code = "";
  stream.wish(
    "main",
    { n: 1 },
    {
      error: (error) => {
        code = error.code;
      },
    },
  );
  stream.wish("main", { n: 2 }, {});
  socket.say({ id: 1, type: "error", error: { code: "no", message: "No." } });
  assert.equal(code, "no");
  assert.equal(socket.sent[1].n, 2);
});

test("a wish that takes long is overtaken, the next one only after twice the patience", () => {
  const { stream, socket } = connected();
  let heard = 0;
  stream.wish(
    "main",
    { n: 1 },
    {
      done: () => {
        heard += 1;
      },
    },
  );
  stream.wish("main", { n: 2 }, {});
  mock.timers.tick(250);
  assert.deepEqual(
    socket.sent.map((wish) => wish.n),
    [1, 2],
  );
  socket.say({ id: 1, type: "done", ms: 1 });
  assert.equal(heard, 0, "what was overtaken is never heard of again");
  stream.wish("main", { n: 3 }, {});
  mock.timers.tick(250);
  assert.equal(socket.sent.length, 2);
  mock.timers.tick(250);
  assert.equal(socket.sent[2].n, 3);
});

test("after a break it connects again and sends the newest wish of each slot", () => {
  const { stream, socket } = connected();
  /** @type {string[]} */
  const told = [];
  for (const type of ["connected", "away"]) stream.addEventListener(type, () => told.push(type));
  stream.wish("main", { n: 1 }, {});
  socket.say({ id: 1, type: "done", ms: 1 });
  stream.wish("trace", { n: 2 }, {});
  socket.onclose();
  stream.wish("main", { n: 3 }, {});
  mock.timers.tick(200);
  sockets[1].onclose();
  mock.timers.tick(399);
  assert.equal(sockets.length, 2, "it waits longer each time");
  mock.timers.tick(1);
  sockets[2].onopen();
  assert.deepEqual(
    sockets[2].sent.map((wish) => wish.n),
    [3, 2],
  );
  assert.deepEqual(told, ["away", "away", "connected"]);
});

test("a cancelled slot is forgotten, also by the server", () => {
  const { stream, socket } = connected();
  stream.wish("trace", {}, {});
  stream.cancel("trace");
  assert.deepEqual(socket.sent[1], { id: 1, slot: "trace", type: "cancel" });
  assert.equal(stream.busy("trace"), false);
});

test("more slots than may be under way wait for their turn, and the newest of each is sent", () => {
  const { stream, socket } = connected();
  for (let n = 0; n < 10; n++) stream.wish(`s${n}`, { n }, {});
  stream.wish("s9", { n: 19 }, {});
  assert.deepEqual(
    socket.sent.map(({ n }) => n),
    [0, 1, 2, 3, 4, 5],
  );
  socket.say({ id: socket.sent[2].id, type: "done" });
  stream.cancel("s0");
  for (const { id } of socket.sent.slice(3, 6)) socket.say({ id, type: "done" });
  const wishes = socket.sent.filter(({ type }) => type !== "cancel");
  assert.deepEqual(
    wishes.map(({ n }) => n),
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 19],
  );
});
