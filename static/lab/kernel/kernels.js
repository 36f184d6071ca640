/**
 * Kernels as tables of numbers: named or own, brought to one size, resized, turned, read from pasted text.
 *
 * @import { Kernel, KernelSpec, Preset } from "../../types.js"
 */

export const MOST_KERNELS = 8;
export const LONGEST_SIDE = 31;

/** The cell that stays in place when a side grows or shrinks. @param {number} size */
const anchor = (size) => Math.floor((size - 1) / 2);

/** @param {number[][]} values @param {number} rows @param {number} columns @returns {number[][]} zeros around, or cropped, about the centre */
export function resize(values, rows, columns) {
  const down = anchor(rows) - anchor(values.length);
  const right = anchor(columns) - anchor(values[0].length);
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => values[row - down]?.[column - right] ?? 0),
  );
}

/** Turned by 180 degrees: what makes cross-correlation the mathematician's convolution. @param {number[][]} values */
export function turn(values) {
  return values.map((row) => [...row].reverse()).reverse();
}

/** @param {number[][]} values */
export function total(values) {
  return values.flat().reduce((sum, value) => sum + value, 0);
}

/** @param {KernelSpec} spec @param {Preset[]} presets @returns {Kernel[]} none where the name is nobody's */
function named(spec, presets) {
  if (!("name" in spec)) return [{ name: null, values: spec.values, divisor: spec.divisor }];
  return presets.filter((preset) => preset.name === spec.name).slice(0, 1);
}

/** @param {KernelSpec[]} specs @param {Preset[]} presets @returns {Kernel[]} all of one size, as one weight tensor needs */
export function resolve(specs, presets) {
  const found = specs.flatMap((spec) => named(spec, presets));
  const rows = Math.max(...found.map((kernel) => kernel.values.length));
  const columns = Math.max(...found.map((kernel) => kernel.values[0].length));
  return found.map((kernel) => ({ ...kernel, values: resize(kernel.values, rows, columns) }));
}

/**
 * What the state keeps: a name where a kernel is still the named one; and what was not touched as it was,
 * so that a small kernel is small again when the large one beside it goes.
 * @param {Kernel[]} kernels edited @param {Kernel[]} resolved before @param {KernelSpec[]} specs that those came from
 * @returns {KernelSpec[]}
 */
export function toSpecs(kernels, resolved, specs) {
  return kernels.map((kernel) => {
    const { name, values, divisor } = kernel;
    const untouched = specs[resolved.indexOf(kernel)];
    return untouched ?? (name ? { name } : { values, divisor });
  });
}

/**
 * A block of numbers from a spreadsheet, a file or code: rows by line, semicolon or bracket; numbers by tab, comma or blank.
 * @param {string} text
 * @returns {{values: number[][]} | {problem: string, detail: Record<string, unknown>}}
 */
export function parseBlock(text) {
  const lines = text
    .split(/[\r\n;\]]+/)
    .map((line) => line.replace(/[[(){},\t]/g, " ").trim())
    .filter(Boolean);
  const rows = lines.map((line) => line.split(/\s+/));
  const odd = rows.flat().find((word) => !Number.isFinite(Number(word)));
  if (odd !== undefined) return { problem: "number", detail: { text: odd.slice(0, 20) } };
  const width = rows[0]?.length ?? 0;
  const ragged = rows.findIndex((row) => row.length !== width);
  if (width === 0) return { problem: "empty", detail: {} };
  if (ragged >= 0)
    return { problem: "ragged", detail: { row: ragged + 1, count: rows[ragged].length, width } };
  if (rows.length > LONGEST_SIDE || width > LONGEST_SIDE)
    return { problem: "large", detail: { rows: rows.length, columns: width, max: LONGEST_SIDE } };
  return { values: rows.map((row) => row.map(Number)) };
}
