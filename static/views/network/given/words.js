/**
 * The way from the photo to the input in words: what each step does, and whether it can be undone.
 *
 * @import { Translate } from "../../../types.js"
 * @typedef {object} Steps
 * @property {number[]} picture rows, columns, channels
 * @property {number[]} crop y, x, height, width in them
 * @property {number[]} square the same, of what is seen
 * @property {number[]} resized rows, columns
 * @property {boolean} invert
 * @property {string[]} channels
 * @property {number[]} subtract
 * @property {number[]} divide
 * @property {number[][]} levels least and greatest of each channel
 * @property {number[]} min after all steps
 * @property {number[]} max
 * @typedef {{key: string, what: string, back: string}} Sentence
 */

import { exact } from "../../../draw/numbers.js";

/** @param {Steps} steps @param {string[]} names of the channels, as the net takes them @param {Translate} t @returns {Sentence[]} */
export function sentences(steps, names, t) {
  const { picture, square, resized, invert, channels, divide } = steps;
  const [rows, columns, colours] = picture;
  const [y, x, side] = square;
  const [height, width] = resized;
  const separator = t("list.separator");
  const each = (/** @type {string} */ key, /** @type {number[]} */ numbers) =>
    names.map((name, at) => t(`net.given.each.${key}`, { name, number: exact(numbers[at]) })).join(separator);
  /** @param {string} key @param {Record<string, unknown>} [values] @returns {Sentence} */
  const step = (key, values) => ({
    ...{ key, what: t(`net.given.${key}`, values), back: t(`net.given.back.${key}`, values) },
  });
  const whole = side === rows && side === columns;
  const same = side === height && side === width;
  const sizes = { rows, columns, side, y, x, height, width };
  const grey = channels.length === 1;
  const found = [
    step(whole ? "whole" : "cut", sizes),
    step(same ? "fits" : "resize", sizes),
    grey ? step(colours === 1 ? "greyAlready" : "grey") : step("order", { names: names.join(separator) }),
  ];
  if (invert) found.splice(2, 0, step("invert"));
  found.push(step("subtract", { each: each("minus", steps.subtract), back: each("plus", steps.subtract) }));
  if (divides(steps)) found.push(step("divide", { each: each("by", divide), back: each("times", divide) }));
  return found;
}

/** @param {Steps} steps whether dividing changes anything */
export function divides({ divide }) {
  return divide.some((one) => one !== 1);
}

/**
 * How a cell's level becomes what the net is given: "255 − 132 = 123; (123 − 127) ÷ 128 = −0.03125".
 * @param {{resized: number, level: number, value: number}} cell @param {Steps} steps @param {number} channel
 */
export function cellText({ resized, level, value }, steps, channel) {
  const [less, by] = [steps.subtract[channel], steps.divide[channel]].map(exact);
  const before = steps.invert ? `255 − ${resized} = ${level}; ` : "";
  const centred = `${level} − ${less}`;
  return `${before}${divides(steps) ? `(${centred}) ÷ ${by}` : centred} = ${exact(value)}`;
}
