/**
 * The pointer in a picture: hovering, clicking, dragging, pinching, the wheel. Told in CSS px from the corner of
 * the element. A plain wheel scrolls the page as ever; with Ctrl or Command, and by pinch, it zooms.
 */

/**
 * @typedef {{
 *   hover: (px: number, py: number) => void, leave: () => void, click: (px: number, py: number) => void,
 *   drag: (dx: number, dy: number, px: number, py: number) => void,
 *   zoom: (factor: number, px: number, py: number) => void, loose: () => boolean
 * }} Gestures loose: is there anything to drag? If not, dragging hovers
 */

/** Px a press may wander and still be a click: mouse, finger. */
const STILL = { mouse: 4, touch: 10 };

/** @param {HTMLElement} element @param {Gestures} gestures */
export function listenToPointer(element, gestures) {
  const corner = cornerOf(element);
  /** @type {Map<number, [number, number]>} */
  const down = new Map();
  let pressed = /** @type {[number, number] | null} */ (null);

  const at = (/** @type {MouseEvent} */ event) => {
    const [left, top] = corner();
    return /** @type {[number, number]} */ ([event.clientX - left, event.clientY - top]);
  };

  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    down.set(event.pointerId, at(event));
    pressed = down.size === 1 ? at(event) : null;
    element.setPointerCapture(event.pointerId);
  });

  element.addEventListener("pointermove", (event) => {
    const [px, py] = at(event);
    const before = down.get(event.pointerId);
    if (!before) {
      if (event.pointerType !== "touch") gestures.hover(px, py);
      return;
    }
    if (down.size === 2) pinch(event.pointerId, before, [px, py]);
    const still = event.pointerType === "touch" ? STILL.touch : STILL.mouse;
    if (pressed && Math.hypot(px - pressed[0], py - pressed[1]) > still) pressed = null;
    if (down.size === 1 && !pressed) {
      if (gestures.loose()) gestures.drag(px - before[0], py - before[1], px, py);
      else gestures.hover(px, py);
    }
    if (!pressed) down.set(event.pointerId, [px, py]);
    element.toggleAttribute("data-dragging", !pressed && gestures.loose());
  });

  /** @param {number} id @param {[number, number]} before @param {[number, number]} now */
  function pinch(id, before, now) {
    const other = [...down].find(([key]) => key !== id)?.[1] ?? before;
    const [was, is] = [before, now].map(([x, y]) => Math.hypot(x - other[0], y - other[1]));
    const [px, py] = [(now[0] + other[0]) / 2, (now[1] + other[1]) / 2];
    gestures.drag((now[0] - before[0]) / 2, (now[1] - before[1]) / 2, px, py);
    if (was > 0 && is > 0) gestures.zoom(is / was, px, py);
  }

  /** @param {PointerEvent} event */
  function release(event) {
    const known = down.delete(event.pointerId);
    element.removeAttribute("data-dragging");
    if (known && pressed && event.type === "pointerup") gestures.click(...at(event));
    pressed = null;
  }
  element.addEventListener("pointerup", release);
  element.addEventListener("pointercancel", release);
  element.addEventListener("pointerleave", (event) => {
    // A finger leaves with every tap; what it has tapped stays.
    if (event.pointerType !== "touch" && !down.size) gestures.leave();
  });

  element.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      const turn = Math.max(-120, Math.min(120, event.deltaY * lines));
      gestures.zoom(Math.exp(-turn * 0.0025), ...at(event));
    },
    { passive: false },
  );
}

/**
 * The element's corner on the screen, measured again only after something may have moved it, so that pointer
 * moves ask for no layout.
 * @param {HTMLElement} element
 */
function cornerOf(element) {
  /** @type {[number, number] | null} */
  let corner = null;
  const forget = () => {
    corner = null;
  };
  window.addEventListener("scroll", forget, { capture: true, passive: true });
  window.addEventListener("resize", forget, { passive: true });
  new ResizeObserver(forget).observe(element);
  element.addEventListener("pointerenter", forget);
  return () => {
    if (!corner) {
      const { left, top } = element.getBoundingClientRect();
      corner = [left + element.clientLeft, top + element.clientTop];
    }
    return corner;
  };
}
