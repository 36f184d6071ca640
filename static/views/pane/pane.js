/** One picture in a viewport: its two canvases (picture, marks), its words, and the hands laid on it. */
import { Frame } from "../../draw/frame.js";
import { h } from "../base/dom.js";
import { Emitter } from "../base/emitter.js";
import { moved, wished } from "./keys.js";
import { listenToPointer } from "./pointer.js";

/**
 * Emits: "point" {y, x, by: "pointer" | "keys"}, "pin" {y, x}, "leave", "drag" {dx, dy, px, py},
 * "scale" {factor, px, py}, "wish" {wish: "in" | "out" | "fit"}, "play", "size".
 */
export class Pane extends Emitter {
  frame = new Frame();
  /** The last cell told with "point". @type {{y: number, x: number} | null} */
  pointed = null;
  title = h("span.pane-title");
  about = h("span.pane-about");
  shape = h("span.pane-shape");
  /** Shown while the picture is older than what is set. */
  old = h("span.pane-old");
  readout = h("span.pane-readout");
  note = h("p.pane-note.note");
  marks = canvas("pane-marks");

  /**
   * @param {"input" | "output"} kind
   * @param {string} testid of the picture's canvas
   * @param {string} hint id of the element that describes the keys
   */
  constructor(kind, testid, hint) {
    super();
    this.kind = kind;
    this.picture = canvas("pane-picture", testid);
    /** Under this stands faded what is not made yet. */
    this.fade = kind === "output" ? canvas("pane-fade") : null;
    this.layers = [this.picture, this.fade, this.marks].flatMap((layer) => layer?.canvas ?? []);
    this.view = h(
      "div.pane-view",
      { tabindex: "0", role: "application", "aria-describedby": hint },
      ...this.layers,
    );
    const { title, about, shape, old, readout } = this;
    const caption = h("figcaption.pane-caption", title, about, shape, old, readout);
    this.element = h(`figure.pane.pane-${kind}`, caption, this.view, this.note);
    this.#listen();
    new ResizeObserver(([entry]) => this.#resize(entry)).observe(this.view);
  }

  /** Where the keyboard starts when there is no cursor here: set by the stage. @returns {{y: number, x: number}} */
  start = () => {
    const { left, top, right, bottom } = this.frame.visible();
    return { y: (top + bottom) >> 1, x: (left + right) >> 1 };
  };

  #listen() {
    listenToPointer(this.view, {
      hover: (px, py) => this.#hover(px, py),
      leave: () => this.#leave(),
      click: (px, py) => {
        this.pointed = null;
        if (this.#hover(px, py)) this.emit("pin", this.pointed);
      },
      drag: (dx, dy, px, py) => this.emit("drag", { dx, dy, px, py }),
      zoom: (factor, px, py) => this.emit("scale", { factor, px, py }),
      loose: () => this.frame.loose,
    });
    this.view.addEventListener("keydown", (event) => this.#key(event));
    this.view.addEventListener("blur", () => this.#leave());
  }

  #leave() {
    this.pointed = null;
    this.emit("leave");
  }

  /** @param {number} px @param {number} py */
  #hover(px, py) {
    const cell = this.frame.cellAt(px, py);
    const { pointed } = this;
    if (cell && (cell.y !== pointed?.y || cell.x !== pointed?.x))
      this.emit("point", { ...cell, by: "pointer" });
    if (!cell && pointed) this.emit("leave");
    this.pointed = cell;
    return cell;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { rows, columns, height, scale } = this.frame;
    const page = Math.max(1, Math.floor((height / scale) * 0.8));
    const cell = moved(event, this.start(), { rows, columns, page });
    const wish = cell ? null : wished(event);
    if (!cell && !wish) return;
    // Escape is also the page's: it may let go of a pinned cell.
    if (wish !== "leave") event.preventDefault();
    this.pointed = null;
    if (cell) this.emit("point", { ...cell, by: "keys" });
    else if (wish === "leave" || wish === "play") this.emit(wish);
    else if (wish === "pin") this.emit("pin", this.start());
    else this.emit("wish", { wish });
  }

  /** @param {ResizeObserverEntry} entry */
  #resize(entry) {
    const { width, height } = entry.contentRect;
    const ratio = window.devicePixelRatio || 1;
    const { frame } = this;
    if (width === frame.width && height === frame.height && ratio === frame.ratio) return;
    Object.assign(frame, { width, height, ratio });
    for (const canvas of this.layers) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    this.emit("size");
  }
}

/** @param {string} name @param {string} [testid] */
function canvas(name, testid) {
  const made = h(`canvas.${name}`, { width: 1, height: 1, "data-testid": testid });
  return /** @type {CanvasRenderingContext2D} */ (made.getContext("2d"));
}
