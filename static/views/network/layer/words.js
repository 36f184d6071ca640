/**
 * What a layer is, in words and numbers.
 *
 * @import { Translate } from "../../../types.js"
 * @import { Row } from "./stats.js"
 * @typedef {{axis: string, size: number, jump: number | null}} Field
 * @typedef {object} Layer
 * @property {string} name
 * @property {string} operation
 * @property {Record<string, unknown>} params
 * @property {Record<string, string>} inputs
 * @property {number[]} shape
 * @property {number} parameters
 * @property {number} macs
 * @property {Field[]} field
 */

import { exact } from "../../../draw/numbers.js";
import { grouped, percent } from "./stats.js";

/** The operation as one calls it: `conv2d(kernel_size=3, stride=2)`. @param {{operation: string, params: Record<string, unknown>}} layer */
export function codeOf({ operation, params }) {
  const given = Object.entries(params).map(([name, value]) => `${name}=${written(value)}`);
  return `${operation}(${given.join(", ")})`;
}

/** @param {unknown} value two equal numbers as one */
function written(value) {
  if (Array.isArray(value)) {
    const [first] = value;
    return value.every((one) => one === first) ? String(first) : `(${value.join(", ")})`;
  }
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "string" ? `"${value}"` : String(value);
}

/** Width, height and maps; or how many numbers. @param {number[]} shape @param {Translate} t */
export function sizeOf(shape, t) {
  const [maps, height, width] = shape.map((size) => grouped(size, t.lang));
  return height ? `${width} × ${height} × ${maps}` : t("net.layer.numbers", { count: maps });
}

/** "64 maps of 113 × 113". @param {number[]} shape @param {Translate} t */
export function mapsOf(shape, t) {
  const [maps, height, width] = shape;
  const count = grouped(maps, t.lang);
  return shape.length === 1
    ? t("net.layer.numbers", { count })
    : t("net.layer.maps", { count, height, width });
}

/** @param {Field[]} field @param {number[]} input the net's, as channels, height, width @param {Translate} t */
export function fieldOf(field, input, t) {
  const [down, across] = field;
  if (!down || !across || down.jump === null || across.jump === null) return t("net.layer.fieldAll");
  const size = { width: across.size, height: down.size, jump: across.jump };
  return t(down.size >= input[1] ? "net.layer.fieldOver" : "net.layer.field", size);
}

/** @param {Layer} layer @param {number[]} input @param {Translate} t @returns {Row[]} */
export function factRows(layer, input, t) {
  const name = (/** @type {string} */ key) => t(`net.layer.${key}`);
  const reads = Object.values(layer.inputs).map((one) => (one === "input" ? t("net.layer.picture") : one));
  return [
    { key: "code", name: name("operation"), value: codeOf(layer), code: true },
    { key: "reads", name: name("reads"), value: reads.join(t("list.separator")) },
    { key: "shape", name: name(layer.shape.length === 1 ? "gives" : "shape"), value: sizeOf(layer.shape, t) },
    { key: "field", name: name("receptive"), value: fieldOf(layer.field, input, t) },
    { key: "parameters", name: name("parameters"), value: grouped(layer.parameters, t.lang) },
    { key: "macs", name: name("macs"), value: grouped(layer.macs, t.lang) },
  ];
}

/** @typedef {{min: number | null, max: number | null, mean: number | null, deviation: number | null, zeros: number}} Stats */

/** @param {Stats} stats @param {number | null} dead maps that are zero everywhere @param {number} of @param {Translate} t @returns {Row[]} */
export function statRows(stats, dead, of, t) {
  const rows = /** @type {const} */ (["min", "max", "mean", "deviation"]).map((key) => ({
    key,
    name: t(`net.stats.${key}`),
    value: exact(stats[key]),
  }));
  rows.push(/** @type {any} */ ({ key: "zeros", name: t("net.stats.zeros"), value: percent(stats.zeros) }));
  const count = grouped(dead ?? 0, t.lang);
  if (dead !== null)
    rows.push(
      /** @type {any} */ ({
        key: "dead",
        name: t("net.stats.dead"),
        value: t("net.stats.deadOf", { count, of: grouped(of, t.lang) }),
      }),
    );
  return rows;
}
