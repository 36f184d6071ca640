/** One picture in a viewport: its two canvases (picture, marks), its words, and the hands laid on it. */
import { Frame } from "../../draw/frame.js";
import { moved, wished } from "./keys.js";
import { listenToPointer } from "./pointer.js";

/**
 * Emits: "point" {y, x, by: "pointer" | "keys"}, "pin" {y, x}, "leave", "drag" {dx, dy, px, py},
 * "scale" {factor, px, py}, "wish" {wish: "in" | "out" | "fit"}, "play", "size".
 */
export class Pane extends EventTarget {
  /**
   * @param {"input" | "output"} kind
   * @param {string} testid of the picture's canvas
   * @param {string} hint id of the element that describes the keys
   */
  constructor(kind, testid, hint) {
    super();
    this.kind = kind;
    this.frame = new Frame();
    /** The last cell told with "point". @type {{y: number, x: number} | null} */
    this.pointed = null;
    this.title = words("span", "pane-title");
    this.about = words("span", "pane-about");
    this.shape = words("span", "pane-shape");
    /** Shown while the picture is older than what is set. */
    this.old = words("span", "pane-old");
    this.readout = words("span", "pane-readout");
    this.note = words("p", "pane-note");
    this.view = words("div", "pane-view");
    this.view.tabIndex = 0;
    this.view.setAttribute("role", "application");
    this.view.setAttribute("aria-describedby", hint);
    this.picture = canvas("pane-picture");
    /** Under this stands faded what is not made yet. */
    this.fade = kind === "output" ? canvas("pane-fade") : null;
    this.marks = canvas("pane-marks");
    this.picture.canvas.dataset.testid = testid;
    this.layers = [this.picture, this.fade, this.marks].flatMap((layer) => layer?.canvas ?? []);
    this.view.append(...this.layers);
    const caption = words("figcaption", "pane-caption");
    caption.append(this.title, this.about, this.shape, this.old, this.readout);
    this.element = words("figure", `pane pane-${kind}`);
    this.element.append(caption, this.view, this.note);
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
      leave: () => this.#emit("leave"),
      click: (px, py) => {
        this.pointed = null;
        if (this.#hover(px, py)) this.#emit("pin", this.pointed);
      },
      drag: (dx, dy, px, py) => this.#emit("drag", { dx, dy, px, py }),
      zoom: (factor, px, py) => this.#emit("scale", { factor, px, py }),
      loose: () => this.frame.loose,
    });
    this.view.addEventListener("keydown", (event) => this.#key(event));
    this.view.addEventListener("blur", () => this.#emit("leave"));
  }

  /** @param {number} px @param {number} py */
  #hover(px, py) {
    const cell = this.frame.cellAt(px, py);
    const { pointed } = this;
    if (cell && (cell.y !== pointed?.y || cell.x !== pointed?.x))
      this.#emit("point", { ...cell, by: "pointer" });
    if (!cell && pointed) this.#emit("leave");
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
    if (cell) this.#emit("point", { ...cell, by: "keys" });
    else if (wish === "leave" || wish === "play") this.#emit(wish);
    else if (wish === "pin") this.#emit("pin", this.start());
    else this.#emit("wish", { wish });
  }

  /** @param {string} type @param {unknown} [detail] */
  #emit(type, detail = {}) {
    if (type === "leave") this.pointed = null;
    this.dispatchEvent(new CustomEvent(type, { detail }));
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
    this.#emit("size");
  }
}

/** @param {string} tag @param {string} name @returns {HTMLElement} */
function words(tag, name) {
  const element = document.createElement(tag);
  element.className = name;
  return element;
}

/** @param {string} name @returns {CanvasRenderingContext2D} */
function canvas(name) {
  const element = document.createElement("canvas");
  element.className = name;
  element.width = element.height = 1;
  return /** @type {CanvasRenderingContext2D} */ (element.getContext("2d"));
}
