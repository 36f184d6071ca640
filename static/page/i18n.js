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
  const t = (key, values = {}) =>
    (catalogue[key] ?? key).replace(/\{(\w+)\}/g, (place, name) =>
      Object.hasOwn(values, name) ? show(values[name]) : place,
    );
  const has = (/** @type {string} */ key) => Object.hasOwn(catalogue, key);
  /** @param {ApiErrorBody} error @param {Param[]} [params] */
  const reason = ({ code, message, values }, params = []) => {
    const { axis, name } = values ?? {};
    const param = params.find((one) => one.name === name);
    const named = {
      ...values,
      ...(axis === undefined ? {} : { axis: t(`axis.${axis}`) }),
      ...(param ? { name: param.label[lang] ?? param.label.en } : {}),
    };
    const text = has(`error.${code}`) ? t(`error.${code}`, named) : "";
    return text && !/\{\w+\}/.test(text) ? text : message;
  };
  return Object.assign(t, {
    lang,
    has,
    or: (/** @type {string} */ key, /** @type {string} */ other) => (has(key) ? t(key) : other),
    local: (/** @type {Text | null | undefined} */ texts) => (texts ? (texts[lang] ?? texts.en) : ""),
    reason,
    error: (/** @type {ApiErrorBody} */ error, /** @type {Param[]} */ params = []) => {
      const advice = `advice.${error.code}`;
      return reason(error, params) + (has(advice) ? ` ${t(advice, error.values)}` : "");
    },
  });
}

/** @param {unknown} value */
function show(value) {
  return Array.isArray(value) ? value.join(", ") : String(value);
}

/** @param {URL} root @param {Lang} lang @returns {Promise<Translate>} */
export async function loadMessages(root, lang) {
  const reply = await fetch(new URL(`static/messages/${lang}.json`, root));
  return translator(lang, await reply.json());
}
