/**
 * Colour maps as look-up tables of 256 pixels, each a little-endian ABGR word as canvas memory holds it.
 *
 * They are made here, in OKLab (Björn Ottosson, "A perceptual color space for image processing", 2020,
 * public domain), from a handful of points, and are nobody else's tables: equal steps of value are equal
 * steps of lightness. Both ends of "diverging" stay apart for every common colour blindness (blue, orange).
 */

/** @typedef {"diverging" | "sequential" | "grey"} ColourMap */
/** @typedef {[number, number, number]} Triple lightness 0..1, chroma, hue in degrees; or L, a, b; or R, G, B */

/** The entry of "diverging" that stands for exactly zero. Entries 1..255 are symmetric around it. */
export const ZERO = 128;

/** @type {Triple[]} dark violet, blue, teal, green, yellow */
const SEQUENTIAL = [
  [0.23, 0.085, 302],
  [0.35, 0.125, 286],
  [0.47, 0.105, 255],
  [0.59, 0.1, 205],
  [0.71, 0.135, 163],
  [0.83, 0.17, 128],
  [0.95, 0.155, 106],
];
/** @type {Triple[]} from zero outwards, lightness the same in both arms */
const NEGATIVE = [
  [0.965, 0.0, 245],
  [0.84, 0.07, 241],
  [0.7, 0.125, 246],
  [0.54, 0.15, 254],
  [0.39, 0.12, 260],
  [0.28, 0.08, 264],
];
/** @type {Triple[]} */
const POSITIVE = [
  [0.965, 0.0, 60],
  [0.84, 0.08, 62],
  [0.7, 0.145, 50],
  [0.54, 0.155, 40],
  [0.39, 0.12, 34],
  [0.28, 0.08, 30],
];

/** @type {Map<string, Uint32Array>} */
const made = new Map();

/**
 * @param {string} name "diverging", "sequential" or "grey"
 * @returns {Uint32Array} 256 opaque pixels; do not write to it
 */
export function lut(name) {
  let table = made.get(name);
  if (!table) {
    table = name === "diverging" ? diverging() : name === "sequential" ? sequential() : grey();
    made.set(name, table);
  }
  return table;
}

/**
 * @param {number} r 0..255
 * @param {number} g
 * @param {number} b
 */
export function pixel(r, g, b) {
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
}

/**
 * Relative luminance of a pixel word as WCAG defines it: 0 black, 1 white.
 * @param {number} word
 */
export function luminance(word) {
  return (
    0.2126 * linear(word & 255) + 0.7152 * linear((word >> 8) & 255) + 0.0722 * linear((word >> 16) & 255)
  );
}

function grey() {
  return Uint32Array.from({ length: 256 }, (_, i) => pixel(i, i, i));
}

function sequential() {
  return Uint32Array.from({ length: 256 }, (_, i) => between(SEQUENTIAL, i / 255));
}

function diverging() {
  return Uint32Array.from({ length: 256 }, (_, i) => {
    const away = Math.min(1, Math.abs(i - ZERO) / 127);
    return between(i < ZERO ? NEGATIVE : POSITIVE, away);
  });
}

/**
 * The colour at t (0..1) along the points: lightness even in t, hue and chroma a smooth curve through them.
 * @param {Triple[]} points lightness monotone
 * @param {number} t
 */
function between(points, t) {
  const last = points.length - 1;
  const first = points[0][0];
  const light = first + t * (points[last][0] - first);
  const rising = points[last][0] > first;
  let i = 0;
  while (i < last - 1 && (rising ? points[i + 1][0] < light : points[i + 1][0] > light)) i++;
  const u = (light - points[i][0]) / (points[i + 1][0] - points[i][0]);
  const lab = points.map(toLab);
  const at = (/** @type {number} */ n) => lab[Math.min(last, Math.max(0, n))];
  const [, a, b] = [0, 1, 2].map((k) => spline(at(i - 1)[k], at(i)[k], at(i + 1)[k], at(i + 2)[k], u));
  return toPixel([light, a, b]);
}

/**
 * Catmull-Rom: through p1 at u = 0 and p2 at u = 1.
 * @param {number} p0 @param {number} p1 @param {number} p2 @param {number} p3 @param {number} u
 */
function spline(p0, p1, p2, p3, u) {
  return p1 + 0.5 * u * (p2 - p0 + u * (2 * p0 - 5 * p1 + 4 * p2 - p3 + u * (3 * (p1 - p2) + p3 - p0)));
}

/**
 * @param {Triple} lch
 * @returns {Triple}
 */
function toLab([light, chroma, hue]) {
  const angle = (hue * Math.PI) / 180;
  return [light, chroma * Math.cos(angle), chroma * Math.sin(angle)];
}

/** @param {Triple} lab OKLab */
function toPixel([light, a, b]) {
  const l = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (light - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return pixel(
    encode(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    encode(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    encode(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  );
}

/** @param {number} value linear light; @returns {number} sRGB byte */
function encode(value) {
  const v = Math.min(1, Math.max(0, value));
  return Math.round(255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055));
}

/** @param {number} byte */
function linear(byte) {
  const v = byte / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
}
