/**
 * One WebSocket, many slots. In each slot one wish is under way and at most one, the newest, waits: a dragged slider
 * leaves no backlog, and because a wish is let finish before the next is sent, it does not starve the picture either.
 * Only a wish that takes long is overtaken, each time after twice the patience.
 *
 * @import { Frame, ApiErrorBody } from "../types.js"
 * @typedef {object} Listener what becomes of a wish; one that was overtaken is never heard of again
 * @property {(shape: import("../types.js").Shape) => void} [shape]
 * @property {(frame: Frame) => void} [frame]
 * @property {(limits: import("../types.js").Shape["limits"]) => void} [limits]
 * @property {(trace: import("../types.js").Trace) => void} [trace]
 * @property {(ms: number) => void} [done]
 * @property {(error: ApiErrorBody) => void} [error]
 * @property {(message: {type: string}) => void} [message] whatever else is said
 * @typedef {{id: number, body: object, listener: Listener}} Wish
 * @typedef {{current: Wish | null, next: Wish | null, last: Wish | null, patience: number, timer: any}} Slot
 */

import { decodeFrame } from "./frames.js";
import { withTexts } from "./limits.js";

const PATIENCE = 250;
/** Slots that are under way at once; the service allows eight, and forgets one a moment after its last message. */
const MOST = 6;
const BACKOFF = [200, 400, 800, 1600, 3000];

export class Stream extends EventTarget {
  /** @param {string} url @param {(url: string) => WebSocket} [open] */
  constructor(url, open = (address) => new WebSocket(address)) {
    super();
    this.url = url;
    this.open = open;
    this.counter = 0;
    this.attempts = 0;
    this.connected = false;
    /** @type {Map<string, Slot>} */
    this.slots = new Map();
    /** @type {WebSocket | null} */
    this.socket = null;
    this.connect();
  }

  connect() {
    const socket = this.open(this.url);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => this.opened();
    socket.onmessage = (event) => this.receive(event.data);
    socket.onclose = () => this.closed();
    this.socket = socket;
  }

  opened() {
    this.attempts = 0;
    this.connected = true;
    this.dispatchEvent(new Event("connected"));
    for (const slot of this.slots.values()) slot.next ??= slot.last;
    this.advance();
  }

  closed() {
    this.connected = false;
    for (const slot of this.slots.values()) {
      clearTimeout(slot.timer);
      slot.current = null;
    }
    const wait = BACKOFF[Math.min(this.attempts, BACKOFF.length - 1)];
    this.attempts += 1;
    setTimeout(() => this.connect(), wait);
    this.dispatchEvent(new Event("away"));
  }

  /** @param {string} name the slot @param {object} body @param {Listener} listener */
  wish(name, body, listener) {
    const slot = this.slot(name);
    const wish = { id: 0, body: { slot: name, ...body }, listener };
    slot.next = wish;
    if (!slot.current) this.advance();
    else if (!slot.timer && this.connected) slot.timer = setTimeout(() => this.overtake(slot), slot.patience);
  }

  /** What waits is sent, as far as it may be. */
  advance() {
    if (!this.connected) return;
    const slots = [...this.slots.values()];
    let under = slots.filter(({ current }) => current).length;
    for (const slot of slots) {
      const { next } = slot;
      if (!next || slot.current || under >= MOST) continue;
      under += 1;
      slot.next = null;
      this.send(slot, next);
    }
  }

  /** Nothing more is wanted in this slot. @param {string} name */
  cancel(name) {
    const slot = this.slots.get(name);
    if (!slot) return;
    const running = slot.current;
    this.settle(slot);
    slot.next = slot.last = null;
    if (!running || !this.connected) return;
    this.socket?.send(JSON.stringify({ id: running.id, slot: name, type: "cancel" }));
    this.advance();
  }

  /** Whether the newest wish of a slot is still to be fulfilled. @param {string} name */
  busy(name) {
    const slot = this.slots.get(name);
    return Boolean(slot?.current || slot?.next);
  }

  /** The slots whose newest wish is still to be fulfilled. */
  get asked() {
    return [...this.slots.keys()].filter((name) => this.busy(name));
  }

  /** @param {string} name @returns {Slot} */
  slot(name) {
    let slot = this.slots.get(name);
    if (!slot) {
      slot = { current: null, next: null, last: null, patience: PATIENCE, timer: 0 };
      this.slots.set(name, slot);
    }
    return slot;
  }

  /** @param {Slot} slot @param {Wish} wish */
  send(slot, wish) {
    this.counter += 1;
    wish.id = this.counter;
    slot.current = slot.last = wish;
    this.socket?.send(JSON.stringify({ id: wish.id, ...wish.body }));
  }

  /** @param {Slot} slot */
  overtake(slot) {
    slot.timer = 0;
    if (!slot.next || !this.connected) return;
    const wish = slot.next;
    slot.next = null;
    slot.patience *= 2;
    this.send(slot, wish);
  }

  /** @param {Slot} slot */
  settle(slot) {
    clearTimeout(slot.timer);
    slot.timer = 0;
    slot.current = null;
    slot.patience = PATIENCE;
  }

  /** @param {string | ArrayBuffer} data */
  receive(data) {
    const frame = typeof data === "string" ? null : decodeFrame(data);
    const message = frame ? frame.header : JSON.parse(/** @type {string} */ (data));
    const slot = [...this.slots.values()].find((one) => one.current?.id === message.id);
    if (!slot?.current) return;
    const { listener } = slot.current;
    if (frame) listener.frame?.(frame);
    else this.hear(slot, listener, message);
  }

  /** @param {Slot} slot @param {Listener} listener @param {any} message */
  hear(slot, listener, message) {
    if (message.type === "shape") listener.shape?.(message);
    if (message.type === "limits") listener.limits?.(withTexts(message));
    if (message.type === "trace") listener.trace?.(message);
    listener.message?.(message);
    if (message.type !== "done" && message.type !== "error") return;
    this.settle(slot);
    this.advance();
    if (message.type === "done") listener.done?.(message.ms);
    else listener.error?.(message.error);
  }
}
