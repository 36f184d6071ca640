/**
 * Messages: one flat catalogue per language, keys to text with {name} places.
 *
 * @import { Translate, Text, Param, ApiErrorBody } from "../types.js"
 * @typedef {"en" | "zh"} Lang
 */

/** @param {string} choice "auto" or a language @param {readonly string[]} preferred the browser's @returns {Lang} */
export function pickLanguage(choice, preferred) {
  if (choice === "en" || choice === "zh") return choice;
  const known = preferred
    .map((tag) => tag.toLowerCase().split("-")[0])
    .find((tag) => tag === "en" || tag === "zh");
  return known === "zh" ? "zh" : "en";
}

/** @param {Lang} lang @param {Record<string, string>} catalogue @returns {Translate} */
export function translator(lang, catalogue) {
  /** @param {string} key @param {Record<string, unknown>} [values] */
  const t = (key, values = {}) => fill(catalogue[key] ?? key, values);
  const has = (/** @type {string} */ key) => Object.hasOwn(catalogue, key);
  const local = (/** @type {Text | null | undefined} */ texts) => (texts ? (texts[lang] ?? texts.en) : "");
  /** The server's text, or one of the page's own; an axis is called by its word, a parameter by its label. @param {ApiErrorBody} refusal @param {Param[]} [params] */
  const error = ({ code, message, values = {}, text, advice }, params = []) => {
    const { axis, name } = values;
    const param = params.find((one) => one.name === name);
    const named = {
      ...Object.fromEntries(Object.entries(values).map(([key, value]) => [key, printed(value)])),
      ...(has(`axis.${axis}`) ? { axis: t(`axis.${axis}`) } : {}),
      ...(param ? { name: local(param.label) } : {}),
    };
    const said = fill(text ? local(text) : (catalogue[`problem.${code}`] ?? message), named);
    // Values that were too many for the envelope leave places open.
    return [PLACE.test(said) ? message : said, fill(local(advice), named)].filter(Boolean).join(" ");
  };
  return Object.assign(t, {
    lang,
    has,
    or: (/** @type {string} */ key, /** @type {string} */ other) => (has(key) ? t(key) : other),
    local,
    error,
  });
}

const PLACE = /\{(\w+)\}/;
const PLACES = new RegExp(PLACE, "g");

/** @param {string} text @param {Record<string, unknown>} values */
function fill(text, values) {
  return text.replace(PLACES, (place, name) => (Object.hasOwn(values, name) ? show(values[name]) : place));
}

/** @param {unknown} value */
function show(value) {
  return Array.isArray(value) ? value.join(", ") : String(value);
}

/** A value of a refusal as the server prints it: thousands apart, sizes in brackets. @param {unknown} value */
function printed(value) {
  if (Array.isArray(value)) return typeof value[0] === "string" ? value.join(", ") : `[${value.join(", ")}]`;
  if (typeof value !== "number") return value;
  return value.toLocaleString("en", Number.isInteger(value) ? {} : { maximumSignificantDigits: 8 });
}

/** @param {URL} root @param {Lang} lang @returns {Promise<Translate>} */
export async function loadMessages(root, lang) {
  const reply = await fetch(new URL(`static/messages/${lang}.json`, root));
  return translator(lang, await reply.json());
}
