/**
 * How often cells are read, in words: of one cell, of each axis, and why it is not the same everywhere.
 *
 * @import { Axis, Translate } from "../../types.js"
 * @typedef {{from: number, to: number, count: number}} Run neighbours read equally often; the last one is in it
 */

/** More runs than this are named by the first and the last of them. */
const MANY = 13;
const KEPT = 6;

/** @param {number[]} counts @returns {Run[]} */
export function runsOf(counts) {
  /** @type {Run[]} */
  const runs = [];
  counts.forEach((count, cell) => {
    const last = runs.at(-1);
    if (last?.count === count) last.to = cell;
    else runs.push({ from: cell, to: cell, count });
  });
  return runs;
}

/** The runs that are written out: null stands where some are left out. @param {Run[]} runs @returns {(Run | null)[]} */
export function fewRuns(runs) {
  return runs.length <= MANY ? runs : [...runs.slice(0, KEPT), null, ...runs.slice(-KEPT)];
}

/** @param {Run} run */
export function runName({ from, to }) {
  return from === to ? String(from) : `${from}–${to}`;
}

/** The outputs along an axis that read a cell, each once. @param {Axis} axis @param {number} cell */
function windowsOf(axis, cell) {
  return axis.index.filter((reads) => reads.includes(cell)).length;
}

/** One cell, with its numbers. @param {Axis | null} rows @param {Axis} columns @param {{y: number, x: number}} cell @param {Translate} t */
export function cellWords(rows, columns, { y, x }, t) {
  const across = columns.coverage[x] ?? 0;
  const some = (/** @type {string} */ what, /** @type {number} */ many) =>
    t(`coverage.${what}.${many === 1 ? "one" : "many"}`, { count: many });
  if (!rows)
    return across
      ? t("coverage.place", { x, count: some("windows", across) })
      : t("coverage.placeUnread", { x });
  const down = rows.coverage[y] ?? 0;
  const count = down * across;
  if (count === 0) return t(`coverage.cellUnread.${down ? "x" : "y"}`, { y, x });
  const single = windowsOf(rows, y) === down && windowsOf(columns, x) === across;
  if (!single) return t("coverage.cellCopies", { y, x, down, across, count });
  const words = { down: some("rows", down), across: some("columns", across), count: some("windows", count) };
  return t("coverage.cell", { y, x, ...words });
}

/**
 * Why the counts are as they are: what is to be said of one axis, in sentences with their numbers.
 * @param {Axis} axis @returns {[string, Record<string, number>][]}
 */
export function whysOf({ coverage, unread, alternatives }) {
  const most = Math.max(...coverage);
  const runs = runsOf(coverage);
  const end = runs.at(-1);
  const tail = end && end.count === 0 && runs.length > 1 ? end.to - end.from + 1 : 0;
  const inner = tail ? coverage.slice(0, -tail) : coverage;
  /** @type {[string, Record<string, number>][]} */
  const said = [];
  const gaps = unread.length - tail;
  if (gaps > 0) said.push(["gaps", { count: gaps }]);
  else if (inner.every((count) => count === most)) said.push(["even", { count: most }]);
  else if (!alternatives) said.push(["varies", { least: Math.min(...inner), most }]);
  else {
    const [first, last] = [inner[0], inner.at(-1) ?? 0];
    if (Math.min(first, last) < most) said.push(["edge", { first, last, most }]);
    const least = Math.min(...coverage.slice(middleOf(runs, most).from, middleOf(runs, most).to + 1));
    if (least < most) said.push(["uneven", { least, most }]);
  }
  if (tail) said.push(["tail", { count: tail }]);
  return said;
}

/** From the first to the last cell read most often. @param {Run[]} runs @param {number} most */
function middleOf(runs, most) {
  const full = runs.filter((run) => run.count === most);
  return { from: full[0].from, to: full[full.length - 1].to };
}

/** Sentences of all axes; those that say the same say it once. @param {Axis[]} axes @param {Translate} t @returns {string[]} */
export function whyWords(axes, t) {
  /** @type {Map<string, {key: string, values: Record<string, number>, names: string[]}>} */
  const said = new Map();
  for (const axis of axes)
    for (const [key, values] of whysOf(axis)) {
      const same = JSON.stringify([key, values]);
      const entry = said.get(same) ?? { key, values, names: [] };
      entry.names.push(t(`axis.${axis.axis}`));
      said.set(same, entry);
    }
  return [...said.values()].map(({ key, values, names }) =>
    t(`coverage.why.${key}`, { ...values, axis: names.join(t("coverage.and")) }),
  );
}
