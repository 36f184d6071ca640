/**
 * Take it with you: maps and classes as files, and what is looked at in code.
 *
 * @import { Focus } from "../graph/focus.js"
 * @import { Pointing } from "../pointing.js"
 * @import { Values } from "../state.js"
 * @typedef {{focus: Focus | null, pointing: Pointing, state: {values: Values}}} Host
 */

import { codeChapter } from "../../page/code.js";
import { WANTED } from "../files.js";
import { pictureOf } from "../state.js";

export const code = codeChapter((/** @type {Host} */ { focus }) => focus !== null, calls, WANTED);

/** @param {Host} page @returns {Record<string, object>} */
function calls({ focus, pointing, state }) {
  if (!focus) return {};
  const { layer, map } = focus;
  const picture = pictureOf(state.values);
  const cell =
    pointing.place?.cell ??
    [map, ...layer.shape.slice(1).map((size) => size >> 1)].slice(0, layer.shape.length);
  const own = layer.shape.length > 1 ? { channels: [map] } : {};
  return {
    predict: picture,
    activations: { ...picture, layer: layer.name, ...own },
    network_trace: { ...picture, layer: layer.name, cell },
    explain: { ...picture, layer: layer.name, cell },
  };
}
