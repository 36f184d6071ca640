/**
 * Rounding down, rounding up, TensorFlow's padding: which of them runs now, and what would have to be set for another.
 *
 * @import { Endings, Operation, Shape } from "../types.js"
 */

/** @param {Shape} shape @param {Operation} operation @returns {Endings | null} null where windows do not slide */
export function endingsOf({ axes, params }, { params: declared }) {
  if (!axes.some((axis) => axis.alternatives) || !params.kernel_size) return null;
  const rounds = declared.find((param) => param.name === "ceil_mode");
  const pads = declared.find((param) => param.name === "padding");
  const word = params.padding;
  // What stands for "same" now is kept as cells when only the rounding is to change.
  const sides = axes.flatMap(({ alternatives }) => alternatives?.floor.padding ?? [0, 0]);
  const even = sides.every((cells) => cells === sides[0]);
  /** @type {Record<string, import("../types.js").ParamValue>} */
  const kept = word === "same" ? { padding: even ? sides[0] : sides } : {};
  const current = word === "same" ? "same" : params.ceil_mode === true ? "ceil" : "floor";
  const words = (pads?.choices ?? []).map((choice) => (typeof choice === "string" ? choice : choice.value));
  return {
    current,
    changes: {
      floor: { ...kept, ...(rounds ? { ceil_mode: false } : {}) },
      ceil: rounds ? { ...kept, ceil_mode: true } : null,
      same: words.includes("same") ? { padding: "same", ...(rounds ? { ceil_mode: false } : {}) } : null,
    },
  };
}
