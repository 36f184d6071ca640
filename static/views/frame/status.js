/**
 * What the page has to say for itself: the server is away, an address held nonsense, a wish was refused.
 * Emits "dismiss" {at}.
 *
 * @typedef {{away: boolean, refusal: string, notices: string[]}} StatusModel
 */

import { h, rebuild, say } from "../base/dom.js";
import { View } from "../base/view.js";

/** @extends {View<StatusModel>} */
export class StatusView extends View {
  away = h("p.status.away", { role: "status", hidden: true, "data-testid": "away" });
  refusal = h("p.status.refused", { role: "alert", hidden: true, "data-testid": "refusal" });
  notices = h("div", { "aria-live": "polite", "data-testid": "notices" });
  element = this.fill(this.away, this.refusal, this.notices);

  /** @override @param {StatusModel} model */
  draw({ away, refusal, notices }) {
    say(this.away, away ? this.t("status.away") : "");
    say(this.refusal, refusal);
    rebuild(this.notices, [this.t.lang, notices], () =>
      notices.map((text, at) => {
        const click = () => this.emit("dismiss", { at });
        return h("p.status", text, h("button.close", { "aria-label": this.t("status.dismiss"), click }, "×"));
      }),
    );
  }
}
