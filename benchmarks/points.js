/* Runs in the page: moves the pointer over the output, and takes the time until the window is lit in the input. */
async ({ moves, pause }) => {
  const output = document.querySelector(".pane-output .pane-view");
  const marks = document.querySelector(".pane-input .pane-marks");
  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  // Marks are wiped and drawn in one task: what stands when it ends is what is seen.
  let lit = () => {};
  const { clearRect } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    clearRect.apply(this, box);
    if (this.canvas === marks) queueMicrotask(() => lit(performance.now()));
  };
  output.scrollIntoView({ block: "center" });
  const { left, top, width, height } = output.getBoundingClientRect();
  const taken = [];
  for (let at = 0; at < moves; at += 1) {
    const seen = Promise.race([new Promise((resolve) => (lit = resolve)), wait(1000).then(() => Number.NaN)]);
    const clientX = left + width * (0.3 + 0.4 * ((at * 0.618) % 1));
    const clientY = top + height * (0.3 + (0.4 * at) / moves);
    const began = performance.now();
    output.dispatchEvent(
      new PointerEvent("pointermove", { clientX, clientY, bubbles: true, pointerType: "mouse", pointerId: 1 }),
    );
    taken.push((await seen) - began);
    await wait(pause + 17 * Math.random());
  }
  CanvasRenderingContext2D.prototype.clearRect = clearRect;
  return taken;
}
