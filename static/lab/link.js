/** A link that opens what is seen, down to the cell whose sum is shown. @import { Lab } from "./lab.js" */

import { TABLE } from "../state.js";
import { copy } from "../views/copy.js";

/** The address with all that was set by now; while the window walks by itself, no cell is meant. @param {Lab} lab */
export function linkOf({ state, motion, pointing }) {
  const { values } = state;
  const seen = pointing.at?.pane === "output" && !motion.playing ? pointing.at : null;
  const cell = values.cell ?? (seen && { y: seen.y, x: seen.x });
  const link = new URL(location.href);
  link.hash = TABLE.format({ ...values, cell });
  return link.href;
}

/** @param {Lab} lab */
export async function copyLink(lab) {
  const link = linkOf(lab);
  // What waits to be written to the address is written now, so that both say the same.
  lab.address?.write();
  lab.views.header.copied((await copy(link)) ? "" : link);
}
