/** The terms of a sum in another order: what counts most comes first. @import { Trace } from "../../types.js" */

/** @type {WeakMap<Trace, Trace>} */
const known = new WeakMap();

/**
 * The same trace, the maps that give most first; where terms lie one after another and not in windows, they themselves.
 * The numbers are the service's, and a sum does not depend on the order: they still add up.
 * @param {Trace} trace @returns {Trace}
 */
export function strongestFirst(trace) {
  let found = known.get(trace);
  if (!found) {
    found = sorted(trace);
    known.set(trace, found);
  }
  return found;
}

/** @param {Trace} trace @returns {Trace} */
function sorted(trace) {
  const { terms, partials, printed, reduction } = trace;
  if (reduction !== "sum" || terms.length < 2) return trace;
  const size = (/** @type {number | null} */ number) => Math.abs(number ?? 0);
  const blocks = [...partials.keys()].sort((a, b) => size(partials[b].sum) - size(partials[a].sum) || a - b);
  const order = blocks.flatMap((block) => {
    const { start, count } = partials[block];
    const own = Array.from({ length: count }, (_, at) => start + at);
    const inLine = own.every((at) => terms[at].kernel.length < 2);
    return inLine ? own.sort((a, b) => size(terms[b].product) - size(terms[a].product) || a - b) : own;
  });
  let start = 0;
  const moved = blocks.map((block) => {
    const part = { ...partials[block], start };
    start += part.count;
    return part;
  });
  /** @template T @param {T[]} list @returns {T[]} */
  const put = (list) => order.map((at) => list[at]);
  return {
    ...trace,
    terms: put(terms),
    partials: moved,
    printed: {
      ...printed,
      values: put(printed.values),
      weights: printed.weights && put(printed.weights),
      products: put(printed.products),
      partials: printed.partials && blocks.map((block) => /** @type {string[]} */ (printed.partials)[block]),
    },
  };
}
