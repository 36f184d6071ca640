/** What the stage draws before it is told anything, and what a change makes of it. */

/** @typedef {import("../../draw/types.js").StageModel} StageModel */

/** @type {StageModel} */
export const EMPTY = {
  input: null,
  output: null,
  maps: 1,
  filtered: true,
  shape: null,
  cursor: null,
  pinned: false,
  zoom: "fit",
  colormap: "grey",
  scale: { lo: 0, hi: 255 },
  values: null,
  split: false,
  stale: false,
  announce: "",
  hand: "point",
  lit: null,
  present: null,
  winner: null,
  filling: false,
  brisk: false,
};

/**
 * A scale told again with the same ends stays the same object, so that nothing is painted for it.
 * @param {StageModel} old @param {Partial<StageModel>} change
 * @returns {StageModel}
 */
export function changed(old, change) {
  const model = { ...old, ...change };
  if (model.scale.lo === old.scale.lo && model.scale.hi === old.scale.hi) model.scale = old.scale;
  return model;
}
