/** From a page to the service it came from. */

import { Http } from "../transport/http.js";
import { Stream } from "../transport/stream.js";

/** @param {URL} root where the service is */
export function connect(root) {
  const address = new URL("api/stream", root);
  address.protocol = address.protocol.replace("http", "ws");
  return { root, http: new Http(root), stream: new Stream(address.href) };
}

/**
 * A page that is open when the server comes back goes on by itself; until then it says that nobody answers.
 * @template T @param {() => Promise<T>} ask @returns {Promise<T>}
 */
export async function persist(ask) {
  const waiting = document.getElementById("waiting");
  for (let wait = 500; ; wait = Math.min(wait * 2, 4000)) {
    try {
      const found = await ask();
      waiting?.remove();
      return found;
    } catch {
      waiting?.removeAttribute("hidden");
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}
