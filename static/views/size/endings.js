/**
 * Rounding down, rounding up and TensorFlow's padding side by side, for the setting there is. Emits "apply" {change}.
 *
 * @import { Alternative, Axis, Ending, Endings, Shape } from "../../types.js"
 * @typedef {{shape: Shape, endings: Endings | null}} EndingsModel
 */

import { stripOf } from "../../draw/strip.js";
import { h, rebuild, show } from "../base/dom.js";
import { View } from "../base/view.js";
import { drawStrip } from "./strip.js";

/** @type {Ending[]} */
const ENDINGS = ["floor", "ceil", "same"];

/** @extends {View<EndingsModel>} */
export class EndingsView extends View {
  /** @override @param {EndingsModel} model */
  draw({ shape, endings }) {
    show(this.root, endings !== null);
    if (!endings) return;
    const { t } = this;
    const axes = shape.axes.filter((axis) => axis.alternatives);
    const told = axes.map(({ axis, input, alternatives }) => [axis, input, alternatives]);
    rebuild(this.root, [t.lang, endings, shape.params, told], () => {
      const alike = axes.every(({ alternatives: a }) => a && same(a.floor, a.ceil) && same(a.floor, a.same));
      const cards = ENDINGS.map((ending) => this.#card(ending, shape, axes, endings));
      return [
        h("h3", t("endings.title")),
        h("p.field-help", t(alike ? "endings.alike" : "endings.about")),
        h("div.endings-cards", ...cards),
        h("p.field-help", t("endings.legend")),
      ];
    });
  }

  /** @param {Ending} ending @param {Shape} shape @param {Axis[]} axes @param {Endings} endings */
  #card(ending, shape, axes, { current, changes }) {
    const { t } = this;
    const now = ending === current;
    const change = changes[ending];
    const apply = () => this.emit("apply", { change });
    const name = t(`endings.${ending}`);
    const action = now
      ? null
      : change
        ? h(
            "button.small",
            {
              click: apply,
              "data-testid": `apply-${ending}`,
              "aria-label": `${t("endings.apply")}: ${name}`,
            },
            t("endings.apply"),
          )
        : h("p.field-help", { "data-testid": `cannot-${ending}` }, this.#why(ending, axes));
    return h(
      "section.ending",
      { "data-testid": `ending-${ending}`, "data-now": now, "aria-label": name },
      h("h4", name, now ? h("span.ending-now", t("endings.now")) : null),
      ...axes.map((axis) => this.#axis(ending, shape, axis, now)),
      action,
    );
  }

  /** @param {Ending} ending @param {Shape} shape @param {Axis} axis @param {boolean} now */
  #axis(ending, shape, axis, now) {
    const { t } = this;
    const found = /** @type {Record<Ending, Alternative>} */ (axis.alternatives)[ending];
    const at = shape.axes.indexOf(axis);
    const number = (/** @type {string} */ name) => Number([shape.params[name] ?? 1].flat()[at] ?? 1);
    const sizes = {
      kernel: axis.index[0]?.length ?? 1,
      stride: number("stride"),
      dilation: number("dilation"),
    };
    const head = t("endings.size", { axis: t(`axis.${axis.axis}`), input: axis.input, output: found.output });
    const facts = [
      t("endings.padding", { before: found.padding[0], after: found.padding[1] }),
      t("endings.unread", { count: found.unread }),
      ...(found.beyond ? [t("endings.beyond", { count: found.beyond })] : []),
    ].join(t("list.separator"));
    return h(
      "figure",
      { "data-testid": `ending-${ending}-${axis.axis}` },
      h("figcaption", head),
      drawStrip(stripOf(axis, found, sizes, now), `${head}${t("list.separator")}${facts}`),
      h("p.ending-facts.note", facts),
    );
  }

  /** Why there is no button. @param {Ending} ending @param {Axis[]} axes */
  #why(ending, axes) {
    const { t } = this;
    if (ending === "same") return t("endings.noSame");
    const more = axes.filter(({ alternatives }) => alternatives?.ceil.beyond);
    const cells = more.map(({ axis, alternatives }) =>
      t("endings.pad", { axis: t(`axis.${axis}`), count: alternatives?.ceil.beyond }),
    );
    return [
      t("endings.noCeil"),
      ...(more.length > 0 ? [t("endings.padMore", { cells: cells.join(t("list.separator")) })] : []),
    ].join(" ");
  }
}

/** @param {Alternative} a @param {Alternative} b */
function same(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}
