/* Runs in the page: drags the slider for so many seconds, a move a frame, and counts the tasks over 50 ms. */
async ({ slider, values, seconds }) => {
  const range = document.querySelector(slider);
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const long = [];
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) long.push(entry.duration);
  });
  observer.observe({ type: "longtask" });
  let painted = 0;
  const count = () => (painted += 1);
  document.addEventListener("convscope:painted", count);
  const end = performance.now() + 1000 * seconds;
  let moves = 0;
  for (; performance.now() < end; moves += 1) {
    range.value = String(values[moves % values.length]);
    range.dispatchEvent(new Event("input", { bubbles: true }));
    await frame();
  }
  await (await window.begun).rest();
  document.removeEventListener("convscope:painted", count);
  observer.disconnect();
  return { moves, painted, long };
}
