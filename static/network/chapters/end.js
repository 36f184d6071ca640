/**
 * From numbers to classes: softmax, with the engine's own exponentials, their sum and the shares of it.
 *
 * @import { Answer, Chapter } from "../../page/chapters.js"
 * @import { Trace } from "../../types.js"
 * @import { Translate } from "../../types.js"
 * @import { Session } from "../session.js"
 * @import { Values } from "../state.js"
 * @import { Graph } from "../types.js"
 * @typedef {{graph: Graph | null, session: Session, state: {values: Values}, t: Translate,
 *   look: (layer: string, map: number) => void}} Host
 */

import { on } from "../../page/events.js";
import { restOf, roundedTo, shortest, totalOf } from "../../views/network/end/decimals.js";
import { EndView } from "../../views/network/end/end.js";
import { cellOf, chosenClass } from "../graph/ending.js";
import { pictureOf } from "../state.js";

/** So many classes have a row of their own. */
const SHOWN = 8;

/** @type {Chapter<Host>} */
export const end = {
  name: "end",
  offered: ({ graph }) =>
    Boolean(graph?.layers.some(({ name, shares }) => shares && name === graph.probabilities)),
  view: (place, t) => new EndView(place, t),
  request,
  model: (page, answer) => (answer ? softmaxOf(page, answer) : {}),
  summary: ({ t, graph, session }) => {
    const first = session.classes?.[0];
    return first && graph
      ? t("net.end.summary", {
          name: className(first.index, { t, graph }),
          percent: (100 * first.probability).toFixed(1),
        })
      : "";
  },
  listen: (page, view) => on(view, "look", ({ index }) => page.look(page.graph?.logits ?? "", index)),
};

/** @param {Host} page */
function request(page) {
  const { graph, state } = page;
  const layer = graph?.layers.find(({ name }) => name === graph.probabilities);
  if (!layer) return null;
  const { network, ...picture } = pictureOf(state.values);
  const body = { ...picture, layer: layer.name, cell: cellOf(layer, chosenClass(page)) };
  return { post: `networks/${encodeURIComponent(network)}/trace`, body };
}

/** @param {number} index @param {Pick<Host, "graph" | "t">} page */
export function className(index, { t, graph }) {
  const texts = graph?.classes[index];
  return texts ? t.local({ zh: texts.en, ...texts }) : String(index);
}

/** @param {Host} page @param {Answer} answer */
function softmaxOf(page, answer) {
  const { graph, session } = page;
  const { steps, cell } = answer.messages.reply;
  /** @type {Trace} */
  const trace = steps.at(-1).trace;
  const shares = session.layers.get(graph?.probabilities ?? "")?.values;
  if (!shares || shares.length !== trace.terms.length) return {};
  const own = cell[0];
  const order = [...shares.keys()].sort((a, b) => shares[b] - shares[a] || a - b);
  const first = order.slice(0, SHOWN);
  if (!first.includes(own)) first.push(own);
  const others = order.filter((index) => !first.includes(index));
  const { values, products, sum } = trace.printed;
  const printed = Array.from(shares, (share) => shortest(share));
  const rows = first.map((index) => ({
    ...{ index, name: className(index, page), chosen: index === own, part: shares[index] },
    ...{ logit: values[index], power: products[index], share: printed[index] },
  }));
  const power = restOf(
    sum ?? "0",
    rows.map((row) => row.power),
  );
  // So small a part is not printed anywhere else: as many places as the rows above have are enough.
  const places = Math.max(...rows.map((row) => row.share.split(".")[1]?.length ?? 0));
  const share = roundedTo(totalOf(others.map((index) => printed[index])), places);
  const [raised, divided] = trace.printed.steps;
  return {
    rows,
    rest: others.length > 0 ? { count: others.length, power, share, part: Number(share) } : null,
    total: {
      power: sum ?? "",
      share: totalOf([...rows.map((row) => row.share), share]),
      greatest: values[order[0]],
    },
    own: {
      ...{ name: className(own, page), logit: values[own], power: raised.result },
      ...{ sum: divided.operand ?? "", share: divided.result },
    },
  };
}
