/** Files made in the page: handed to the browser, which saves them. */

/** Px of a side that browsers can surely make a picture of. */
export const LONGEST = 8192;

/** One pixel for each of a canvas, or so many a side. @param {HTMLCanvasElement} from @param {number} times @param {import("../types.js").Translate} t @returns {Promise<Blob>} */
export function pictureFile(from, times, t) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [from.width * times, from.height * times];
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.imageSmoothingEnabled = false;
  context.drawImage(from, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error(t("save.failed"))))),
  );
}

/** @param {Blob} blob @param {string} name */
export function saveFile(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
