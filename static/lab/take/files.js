/**
 * The chosen map, or all maps, as a file: a picture as it is coloured on the screen, made here; numbers by the engine.
 *
 * @import { FeatureMap, Translate } from "../../types.js"
 * @import { Making } from "../../page/files.js"
 * @import { Http } from "../../transport/http.js"
 * @import { Session } from "../session.js"
 * @import { Views } from "../views.js"
 * @typedef {{session: Session, shown: FeatureMap | null, labels: string[], views: Pick<Views, "stage">, http: Http,
 *   t: Translate}} Host
 */

import { LONGEST, pictureFile } from "../../page/saving.js";
import { stackOf } from "../stack.js";

/** @type {Making<Host>} */
export const FILES = {
  offered: ({ shown, labels, session }) => {
    const several = session.result?.shape ? stackOf(session.result.shape).maps > 1 : false;
    const label = several && shown ? (labels[shown.channel] ?? "") : "";
    const longest = 8 * Math.max(shown?.width ?? 0, shown?.height ?? 0);
    return { label, without: [...(several ? [] : ["all"]), ...(longest > LONGEST ? ["png8"] : [])] };
  },
  name: ({ shown, session }, { format, all, times }) => {
    const operation = session.result?.shape?.operation ?? "";
    const map = all ? "maps" : `map-${shown?.channel ?? 0}`;
    return `${operation}-${map}${times > 1 ? `-x${times}` : ""}.${format}`;
  },
  file: async ({ session, shown, views, http, t }, { format, all, times }) => {
    if (format === "png") return pictureFile(views.stage.bitmap("output"), times, t);
    const channels = all ? {} : { channels: [shown?.channel ?? 0] };
    return (await http.post("run", { ...session.result?.body, ...channels, format })).blob();
  },
};
