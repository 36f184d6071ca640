/**
 * A press and its release are one click only as long as what was pressed stays: meanwhile nothing is built anew.
 */

/** What is dragged is no press: a slider may stand in a label. */
const CLICKED = ":is(button, a, label, summary, input:is([type=radio], [type=checkbox]))";

let pressed = false;
/** What is done after the release, each once. @type {Set<() => void>} */
const held = new Set();

/** @param {Event} event */
function press(event) {
  if (event instanceof KeyboardEvent && event.key !== " ") return;
  const found = event.target instanceof Element && event.target.closest(`${CLICKED}, input`);
  pressed = found instanceof Element && found.matches(CLICKED);
}

function release() {
  pressed = false;
  // The click itself comes in this very task.
  setTimeout(() => {
    const acts = [...held];
    held.clear();
    for (const act of acts) act();
  });
}

export function watchPresses() {
  for (const type of ["pointerdown", "keydown"]) addEventListener(type, press, true);
  for (const type of ["pointerup", "pointercancel", "keyup"]) addEventListener(type, release, true);
  // The window's own: with another one in front there is no release to come.
  addEventListener("blur", release);
}

/** Whether something is held back. */
export function holding() {
  return held.size > 0;
}

/** @param {() => void} act done at once, or after the release of what is pressed */
export function afterPress(act) {
  if (pressed) held.add(act);
  else act();
}
