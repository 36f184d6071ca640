/**
 * Which entries of the reference a few typed letters mean, the likeliest first.
 *
 * @typedef {object} Entry
 * @property {string} id its place on the page
 * @property {string} name as it is written in code
 * @property {string} title what it is called, or what it belongs to
 * @property {string} text what is said of it
 */

/** @param {Entry[]} entries @param {string} query @returns {Entry[]} those that hold every word of it */
export function find(entries, query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const ranked = entries.map((entry) => ({ entry, rank: rank(entry, words) }));
  return ranked
    .filter(({ rank }) => rank < Infinity)
    .sort((one, other) => one.rank - other.rank)
    .map(({ entry }) => entry);
}

/** The name itself, then how it begins, what it holds, the title, the text. @param {Entry} entry @param {string[]} words */
function rank(entry, words) {
  const [name, title, text] = [entry.name, entry.title, entry.text].map((part) => part.toLowerCase());
  const all = `${name} ${title} ${text}`;
  if (!words.every((word) => all.includes(word))) return Infinity;
  const whole = words.join(" ");
  if (name === whole) return 0;
  if (name.startsWith(whole)) return 1;
  if (words.every((word) => name.includes(word))) return 2;
  return words.every((word) => `${name} ${title}`.includes(word)) ? 3 : 4;
}
