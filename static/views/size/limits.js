/** Every limit of every setting as it is now: how far, why no further, what to change. @import { ChoiceLimit, Limit, Param, Shape, Translate } from "../../types.js" */

import { SIDES } from "../../draw/axes.js";
import { h } from "../base/dom.js";
import { AXES } from "../fields/integer.js";
import { endText } from "../fields/limits.js";

/** @param {Shape} shape @param {Param[]} params @param {Translate} t @returns {HTMLTableElement} */
export function limitsTable(shape, params, t) {
  const rows = params.flatMap((param) => {
    const limit = shape.limits[param.name];
    if (!limit) return [];
    return Array.isArray(limit) ? numberRows(param, limit, t) : choiceRows(param, limit, t);
  });
  const heads = ["setting", "from", "to", "why"].map((name) =>
    h("th", { scope: "col" }, t(`limits.${name}`)),
  );
  return h("table.limits", { "data-testid": "limits" }, h("thead", h("tr", ...heads)), h("tbody", ...rows));
}

/** Sides or axes that have the same limit share a row. @param {Param} param @param {Limit[]} limits @param {Translate} t */
function numberRows(param, limits, t) {
  const axes = AXES[param.axes ?? 0] ?? [];
  const names =
    limits.length === axes.length
      ? axes.map((axis) => t(`axis.${axis}`))
      : axes.flatMap((axis) => SIDES[axis].map((side) => t(`side.${side}`)));
  /** @type {Map<string, string[]>} */
  const found = new Map();
  limits.forEach((limit, at) => {
    const same = JSON.stringify([limit.min, limit.max, whysOf(limit, param, t)]);
    found.set(same, [...(found.get(same) ?? []), names[at] ?? ""]);
  });
  return [...found].map(([same, parts]) => {
    const [min, max, whys] = JSON.parse(same);
    const label =
      found.size > 1 ? `${t.local(param.label)} (${parts.join(t("list.separator"))})` : t.local(param.label);
    return row(param.name, label, String(min), String(max), whys);
  });
}

/** @param {Limit} limit @param {Param} param @param {Translate} t @returns {string[]} */
function whysOf(limit, param, t) {
  const { min, values } = limit;
  const declared = limit.min_reason === null || min <= (param.min ?? 0);
  return [
    ...(values ? [t("limits.values", { values })] : []),
    declared ? t("limits.smallest", { min }) : endText(t, limit, "min", param),
    endText(t, limit, "max", param),
  ].filter(Boolean);
}

/** @param {Param} param @param {ChoiceLimit} limit @param {Translate} t */
function choiceRows(param, { reasons }, t) {
  const whys = Object.entries(reasons).map(([word, reason]) => {
    const choice = (param.choices ?? []).find((one) => one.value === word);
    return t("limits.refused", {
      choice: t.local(choice?.label) || word,
      reason: t.error(reason, [param]),
    });
  });
  return whys.length > 0 ? [row(param.name, t.local(param.label), "", "", whys)] : [];
}

/** @param {string} name @param {string} label @param {string} from @param {string} to @param {string[]} whys */
function row(name, label, from, to, whys) {
  const cells = [from, to].map((text) => h("td.number", text));
  const why = h("td", ...whys.map((text) => h("p", text)));
  return h("tr", { "data-testid": `limits-${name}` }, h("th", { scope: "row" }, label), ...cells, why);
}
