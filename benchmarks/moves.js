/* Runs in the page: moves the slider, and takes the time until the map is painted and until the next frame. */
async ({ slider, values, pause }) => {
  const range = document.querySelector(slider);
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  // The page says so once the map is on the canvas.
  const told = () =>
    new Promise((resolve) =>
      document.addEventListener("convscope:painted", () => resolve(performance.now()), { once: true }),
    );
  const taken = [];
  for (const value of values) {
    const painted = told();
    range.value = String(value);
    const began = performance.now();
    range.dispatchEvent(new Event("input", { bubbles: true }));
    const at = await painted;
    await frame();
    taken.push({ painted: at - began, framed: performance.now() - began });
    // Frames come every 16.7 ms: moves must not always fall at the same place between two of them.
    if (pause) await wait(pause + 17 * Math.random());
  }
  return taken;
}
