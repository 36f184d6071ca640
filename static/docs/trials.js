/** Lets a call of the reference page be tried: sends the text as it stands, shows the answer as it comes. */

const MOST_SHOWN = 20_000;

/**
 * @param {HTMLFormElement} form
 * @returns {Promise<string>} status and body of the answer
 */
async function send(form) {
  const body = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea")).value;
  const reply = await fetch(String(form.dataset.path), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body,
  });
  const kind = reply.headers.get("Content-Type") ?? "";
  if (!kind.includes("json"))
    return `${reply.status} ${kind}, ${(await reply.arrayBuffer()).byteLength} bytes`;
  const text = await reply.text();
  return `${reply.status} ${reply.statusText}\n${text.slice(0, MOST_SHOWN)}${text.length > MOST_SHOWN ? " …" : ""}`;
}

/** @param {ParentNode} page */
export function bindTrials(page) {
  for (const form of page.querySelectorAll("form")) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const output = /** @type {HTMLOutputElement} */ (form.querySelector("output"));
      try {
        output.textContent = await send(form);
      } catch (error) {
        output.textContent = String(error);
      }
    });
  }
}
