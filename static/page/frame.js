/** The views around every page. */

import { HeaderView } from "../views/frame/header.js";
import { StatusView } from "../views/frame/status.js";
import { place } from "./place.js";

/** @param {import("../types.js").Translate} t */
export function frameViews(t) {
  return { header: new HeaderView(place("header"), t), status: new StatusView(place("status"), t) };
}
