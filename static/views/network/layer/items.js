/** What stands in a grid: a map made small, or a number with its bar. */

import { exact } from "../../../draw/numbers.js";
import { Thumbnail } from "../../../draw/thumbnail.js";
import { h, setText } from "../../base/dom.js";

/**
 * @typedef {import("./grid.js").Item} Item
 * @typedef {import("../../../types.js").FeatureMap} FeatureMap
 * @typedef {{lo: number, hi: number}} Ends
 * @typedef {{map: FeatureMap, ends: Ends, colormap: string, label: string}} Small
 * @typedef {{value: number, ends: Ends, name: string, label: string}} Bar
 */

/** @param {(index: number) => Small | null} look @returns {() => Item} */
export function smallMaps(look) {
  return () => {
    const picture = new Thumbnail();
    const label = h("span.grid-label");
    return {
      nodes: [h("span.grid-picture", picture.canvas), label],
      show: (index) => {
        const one = look(index);
        if (!one) return;
        picture.canvas.dataset.map = String(index);
        picture.show(one.map, one.ends, one.colormap);
        setText(label, one.label);
      },
    };
  };
}

/** @param {(index: number) => Bar | null} look @returns {() => Item} */
export function numberBars(look) {
  return () => {
    const label = h("span.grid-number");
    const name = h("span.grid-name");
    const bar = h("span.grid-bar");
    const value = h("span.grid-value");
    const track = h("span.grid-track", bar);
    return {
      nodes: [label, name, track, value],
      show: (index) => {
        const one = look(index);
        if (!one) return;
        setText(label, one.label);
        setText(name, one.name);
        setText(value, exact(one.value));
        const { lo, hi } = one.ends;
        const share = (/** @type {number} */ number) => (100 * (number - lo)) / (hi - lo || 1);
        const [from, to] = [Math.min(share(0), share(one.value)), Math.max(share(0), share(one.value))];
        track.style.setProperty("--zero", `${share(0)}%`);
        bar.dataset.sign = one.value < 0 ? "negative" : "positive";
        Object.assign(bar.style, { left: `${from}%`, width: `${to - from}%` });
      },
    };
  };
}
