/** Keeps an element as high as it has been, as long as its width and its kind stay: what stands below must not dance. */

export class Steady {
  /** @param {HTMLElement} element @param {() => boolean} wanted whether it changes by itself now */
  constructor(element, wanted) {
    this.element = element;
    this.height = 0;
    this.width = 0;
    new ResizeObserver(([{ borderBoxSize }]) => {
      const [{ blockSize, inlineSize }] = borderBoxSize;
      if (inlineSize !== this.width) this.forget();
      this.width = inlineSize;
      if (!wanted() || blockSize <= this.height) return;
      this.height = blockSize;
      element.style.minHeight = `${blockSize}px`;
    }).observe(element);
  }

  forget() {
    this.height = 0;
    this.element.style.minHeight = "";
  }
}
