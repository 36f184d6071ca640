/**
 * How large the output is, and what follows from it.
 *
 * @import { Operation } from "../../types.js"
 * @import { Chapter } from "../../page/chapters.js"
 * @import { Session } from "../session.js"
 * @typedef {{session: Session, catalogue: {operations: Operation[]}}} Host
 */

import { FormulaView } from "../../views/size/formula.js";

/** @type {Chapter<Host>} */
export const size = {
  name: "size",
  offered: (lab) => Boolean(lab.session.result?.shape),
  view: (place, t) => new FormulaView(place, t),
  model: (lab) => {
    const shape = lab.session.result?.shape ?? null;
    const operation = lab.catalogue.operations.find((one) => one.name === shape?.operation);
    return { shape, params: operation?.params ?? [] };
  },
  summary: (lab) => {
    const shape = lab.session.result?.shape;
    return shape ? `${shape.input_shape.join(" × ")} → ${shape.output_shape.join(" × ")}` : "";
  },
};
