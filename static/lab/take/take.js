/**
 * Out of the page and back: the pin beside the pictures, and the figure that is printed.
 *
 * @import { Host as Settings } from "../settings.js"
 * @import { Pointing } from "../hand/pointing.js"
 * @import { Present } from "../chapters/compare.js"
 * @import { Operation } from "../../types.js"
 * @import { Session } from "../session.js"
 * @import { Views } from "../views.js"
 * @typedef {Settings & Present & {session: Session, operation: Operation, labels: string[], link: string,
 *   pointing: Pick<Pointing, "trace" | "seen" | "channels">, views: Pick<Views, "stage" | "legend" | "pin">,
 *   refresh: () => void}} Host
 */

import { on } from "../../page/events.js";
import { FigureView } from "../../views/frame/figure.js";
import { pin } from "../chapters/compare.js";
import { activationOf } from "../chapters/sum.js";
import { settingsOf } from "../settings.js";
import { TABLE } from "../state.js";

/** What is only told where it is not as usual. */
const UNTOLD = ["frame", "crop", "edits", "map", "activation", "bias"];

/** @param {Host} lab */
export function listenToTaking(lab) {
  const { views } = lab;
  on(views.pin, "pin", () => {
    pin(lab);
    lab.refresh();
    const chapter = document.querySelector('[data-chapter="compare"]');
    chapter?.scrollIntoView({ block: "nearest" });
    /** @type {HTMLElement | null | undefined} */ (chapter?.querySelector(".chapter-title"))?.focus();
  });
  const figure = new FigureView(lab.t);
  // Once: with the page gone from the paper, its pictures have no size.
  const print = () => figure.element.childElementCount === 0 && fill(figure, lab);
  window.addEventListener("beforeprint", print);
  window.addEventListener("afterprint", () => figure.clear());
  // A printer that is only pretended, as in developer tools, says it in this way.
  matchMedia("print").addEventListener("change", ({ matches }) => (matches ? print() : figure.clear()));
}

/** @param {FigureView} figure @param {Host} lab */
function fill(figure, lab) {
  const { session, shown, views, state, operation, pointing, t } = lab;
  const { shape } = session.result ?? {};
  const legend = views.legend.model;
  if (!shape || !shown || !legend) return figure.clear();
  const { trace, seen } = pointing;
  const several = lab.labels.length > 1 ? ` · ${lab.labels[shown.channel]}` : "";
  const values = { ...state.values, map: shown.channel };
  const unset = settingsOf(TABLE.defaults(), lab).filter(({ key }) => UNTOLD.includes(key));
  const plain = new Set(unset.map(({ key, text }) => `${key}=${text}`));
  figure.update(
    {
      title: t.local(operation.texts.title) + several,
      stage: views.stage,
      legend,
      settings: settingsOf(values, lab).filter(({ key, text }) => !plain.has(`${key}=${text}`)),
      shape,
      sum: trace && {
        trace,
        titles: pointing.channels,
        activation: activationOf(
          lab,
          lab.catalogue.operations.find(({ name }) => name === trace.operation),
        ),
        where: t("stage.window", { y: seen.y, x: seen.x }),
      },
      link: lab.link,
    },
    t,
  );
}
