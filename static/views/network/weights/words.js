/**
 * The weights of a layer in words and numbers.
 *
 * @import { Translate } from "../../../types.js"
 * @import { Row } from "../layer/stats.js"
 */

import { exact } from "../../../draw/numbers.js";
import { grouped } from "../layer/stats.js";

/** @typedef {"first" | "grey" | "depthwise" | "deep" | "point" | "dense" | "spread" | "norm"} Kind how the kernels are best looked at */

/**
 * What the pictures are.
 * @param {Kind} kind @param {{kernels?: number[], mapName: string, source: string}} of kernels: maps, channels, height, width
 * @param {Translate} t
 */
export function aboutKernels(kind, { kernels, mapName, source }, t) {
  const [maps = 0, channels = 0, height, width] = kernels ?? [];
  const [count, reads] = [maps, channels].map((one) => grouped(one, t.lang));
  return t(`net.weights.about.${kind}`, { count, channels: reads, height, width, map: mapName, source });
}

/** Numbers that a map has of its own. @param {Record<string, number[]>} vectors of the layer itself @param {Record<string, Record<string, number[]>>} unit those of the layers after it @param {number} map @param {Translate} t @returns {Row[]} */
export function ownRows(vectors, unit, map, t) {
  const row = (/** @type {string} */ key, /** @type {string} */ text, /** @type {number[]} */ numbers) => ({
    ...{ key, name: t(`net.weights.${text}`), value: exact(numbers[map] ?? null) },
  });
  const norm = (/** @type {string} */ layer, /** @type {Record<string, number[]>} */ arrays) =>
    /** @type {const} */ (["weight", "bias", "running_mean", "running_var"]).flatMap((name) =>
      arrays[name] ? [row(`${layer}.${name}`, `norm.${name}`, arrays[name])] : [],
    );
  if (vectors.weight) return norm("", vectors);
  const own = vectors.bias ? [row("bias", "bias", vectors.bias)] : [];
  const after = Object.entries(unit).flatMap(([layer, arrays]) => norm(layer, arrays));
  return [...own, ...after];
}

/** @param {{min: number, max: number, mean: number, deviation: number}} stats @param {Translate} t @returns {Row[]} */
export function spreadRows(stats, t) {
  return /** @type {const} */ (["min", "max", "mean", "deviation"]).map((key) => ({
    ...{ key, name: t(`net.stats.${key}`), value: exact(stats[key]) },
  }));
}
