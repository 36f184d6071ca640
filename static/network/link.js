/** A link that opens what is seen. @import { NetworkPage } from "./page.js" */

import { writeAddress } from "../page/address.js";
import { copy } from "../views/base/copy.js";
import { TABLE } from "./state.js";

/** @param {NetworkPage} page */
export async function copyLink({ state, views }) {
  const hash = TABLE.format(state.values);
  // What waits to be written to the address is written now, so that both say the same.
  writeAddress(hash);
  const link = new URL(location.href);
  link.hash = hash;
  views.header.copied((await copy(link.href)) ? "" : link.href);
}
