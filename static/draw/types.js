/**
 * The plain data the pictures are drawn from. Types only: no other module loads this one at run time.
 *
 * @typedef {{height: number, width: number, channels: Uint8Array[]}} Maps the input: 1 or 3 channels of levels 0..255
 * @typedef {{channel: number, height: number, width: number, min: number, max: number, levels: Uint8Array}} LevelMap
 *   one output map; level q stands for min + q (max - min) / 255
 * @typedef {{lo: number, hi: number}} Scale the values at the two ends of the colour map
 * @typedef {{axis: string, input: number, output: number, index: number[][], coverage: number[], unread: number[]}} Axis
 *   index[output][kernel position] is the input cell read there, -1 is padding
 * @typedef {{input_shape: number[], output_shape: number[], spreads: boolean, params: Record<string, unknown>,
 *   padding: Record<string, number>, axes: Axis[]}} Shape the reply of /api/shape, as far as the pictures need it;
 *   axes are length, or height and width, or depth, height and width, or none
 * @typedef {{pane: "input" | "output", y: number, x: number}} Cursor
 * @typedef {{y: number, x: number, channel: number, cells: {y: number, x: number}[]}} Winner the output cell, and the
 *   input cells of one channel that it took its value from
 * @typedef {{region: [number, number, number, number], data: Float32Array}} Values exact values of [y, x, h, w]
 * @typedef {{
 *   input: Maps | null, output: LevelMap | null, maps: number, filtered: boolean, shape: Shape | null, cursor: Cursor | null, pinned: boolean,
 *   zoom: number | "fit", colormap: string, scale: Scale, values: Values | null, split: boolean, stale: boolean,
 *   announce: string, hand: "point" | "paint" | "crop", lit: {y: number, x: number} | null,
 *   present: {y: number, x: number} | null, winner: Winner | null,
 *   filling: boolean, brisk: boolean
 * }} StageModel lit: an input cell to point out; present: the output
 *   cell that the sum is of, marked while the cursor is in the input; filling: what comes after the cursor's cell is not made yet; brisk: the
 *   cursor moves too fast for words
 * @typedef {(key: string, values?: Record<string, string | number>) => string} Translate
 */
export {};
