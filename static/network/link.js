/** A link that opens what is seen. @import { NetworkPage } from "./page.js" */

import { copy } from "../views/copy.js";
import { TABLE } from "./state.js";

/** @param {NetworkPage} page */
export async function copyLink({ address, state, views }) {
  // What waits to be written to the address is written now, so that both say the same.
  address?.write();
  const link = new URL(location.href);
  link.hash = TABLE.format(state.values);
  views.header.copied((await copy(link.href)) ? "" : link.href);
}
