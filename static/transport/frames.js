/**
 * Binary frames: four bytes of header length (little-endian), a JSON header, then the maps one after another.
 *
 * @import { Frame } from "../types.js"
 */

const decoder = new TextDecoder();

/** @param {ArrayBuffer} buffer @returns {Frame} its maps are views of the buffer, nothing is copied */
export function decodeFrame(buffer) {
  if (buffer.byteLength < 4) throw new Error("frame: shorter than its own length");
  const length = new DataView(buffer).getUint32(0, true);
  const start = 4 + length;
  if (start > buffer.byteLength) throw new Error("frame: the header is cut short");
  const header = JSON.parse(decoder.decode(new Uint8Array(buffer, 4, length)));
  const cells = header.height * header.width;
  const wide = header.dtype === "float32";
  const stride = cells * (wide ? 4 : 1);
  if (buffer.byteLength !== start + stride * header.channels.length)
    throw new Error("frame: the payload has another size");
  const maps = header.channels.map((/** @type {number} */ _, /** @type {number} */ at) =>
    wide
      ? new Float32Array(buffer, start + at * stride, cells)
      : new Uint8Array(buffer, start + at * stride, cells),
  );
  return { header, maps };
}
