/** Printed numbers added without rounding: what is left of the engine's own decimals when some of them are shown. */

const PARTS = /^([-−]?)(\d+)(?:\.(\d*))?(?:e([-+]?\d+))?$/i;

/** @typedef {{digits: bigint, places: number}} Decimal digits divided by ten, so many times */

/** @param {string} text @returns {Decimal} */
function parse(text) {
  const [, sign, whole, part = "", power = "0"] = PARTS.exec(text.replace("e−", "e-")) ?? ["", "", "0"];
  const digits = BigInt(whole + part) * (sign ? -1n : 1n);
  const places = part.length - Number(power);
  return places < 0 ? { digits: digits * 10n ** BigInt(-places), places: 0 } : { digits, places };
}

/** @param {Decimal} number */
function format({ digits, places }) {
  const all = String(digits < 0n ? -digits : digits).padStart(places + 1, "0");
  const cut = all.length - places;
  const part = all.slice(cut).replace(/0+$/, "");
  return `${digits < 0n ? "-" : ""}${all.slice(0, cut)}${part ? `.${part}` : ""}`;
}

/** What a float32 is printed as by the engine: with as few digits as tell it from every other. @param {number} value */
export function shortest(value) {
  let digits = 1;
  while (digits < 9 && Math.fround(Number(value.toPrecision(digits))) !== value) digits += 1;
  return plain(value.toPrecision(digits));
}

/** Rounded to so many decimal places. @param {string} text @param {number} places */
export function roundedTo(text, places) {
  const { digits, places: had } = parse(text);
  if (had <= places) return text;
  const unit = 10n ** BigInt(had - places);
  const half = (digits < 0n ? -unit : unit) / 2n;
  return format({ digits: (digits + half) / unit, places });
}

/** Without an exponent. @param {string} text @returns {string} */
export function plain(text) {
  return format(parse(text));
}

/** @param {string[]} texts @returns {string} */
export function totalOf(texts) {
  const numbers = texts.map(parse);
  const places = Math.max(0, ...numbers.map((one) => one.places));
  const add = (/** @type {bigint} */ sum, /** @type {Decimal} */ one) =>
    sum + one.digits * 10n ** BigInt(places - one.places);
  return format({ digits: numbers.reduce(add, 0n), places });
}

/** @param {string} whole @param {string[]} texts what of it is shown @returns {string} the rest */
export function restOf(whole, texts) {
  const shown = totalOf(texts);
  return totalOf([whole, shown.startsWith("-") ? shown.slice(1) : `-${shown}`]);
}

/** How many zeros would stand under the longest fraction of a column, so that its points stand under one another. @param {string[]} texts @returns {string[]} */
export function padsOf(texts) {
  const parts = texts.map((text) => (text.includes(".") ? text.length - text.indexOf(".") : 0));
  const longest = Math.max(0, ...parts);
  return parts.map(
    (part) => (part === 0 && longest > 0 ? "." : "") + "0".repeat(Math.max(0, longest - Math.max(part, 1))),
  );
}
