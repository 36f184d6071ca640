/** The words around the two pictures: titles, shapes, the cell under the cursor, notes on padding and loss. */
import { middleRow, SIDES } from "../../draw/axes.js";
import { printed } from "../../draw/values.js";
import { setAttr, setText } from "../base/dom.js";
import { sidesText } from "../fields/padding.js";

/** @typedef {import("../../draw/types.js").StageModel} StageModel @typedef {import("../../draw/types.js").Translate} Translate */
/** @typedef {import("../pane/pane.js").Pane} Pane @typedef {import("../../draw/scene.js").Windows} Windows */

/** @param {number} width @param {number} height @param {number} channels */
export function shapeText(width, height, channels) {
  return `${width} × ${height} × ${channels}`;
}

/**
 * @param {Pane} pane @param {StageModel} model @param {Windows | null} windows @param {number | null} channel
 * @param {Translate} t
 */
export function describePane(pane, model, windows, channel, t) {
  const { input, output } = model;
  if (pane.kind === "input") {
    const title = channel === null ? t("stage.input") : t(`stage.channel_${channel}`);
    const channels = channel === null ? (input?.channels.length ?? 1) : 1;
    name(pane, title, input, channels, t);
    setText(pane.about, channel === null ? t("stage.input_about") : "");
    setText(pane.note, channel ? "" : inputNote(model, windows, t));
    return;
  }
  name(pane, t("stage.output"), output, model.maps, t);
  setText(pane.about, model.filtered ? t("stage.output_about") : "");
  setText(pane.old, t("stage.stale"));
  setText(pane.note, "");
}

/** @param {Pane} pane @param {string} title @param {{width: number, height: number} | null} picture @param {number} channels @param {Translate} t */
function name(pane, title, picture, channels, t) {
  setText(pane.title, title);
  setText(pane.shape, picture ? shapeText(picture.width, picture.height, channels) : "");
  const { width = 0, height = 0 } = picture ?? {};
  setAttr(pane.view, "aria-label", t("stage.pane_label", { title, width, height, channels }));
}

/** @param {StageModel} model @param {Windows | null} windows @param {Translate} t */
function inputNote({ shape }, windows, t) {
  if (!shape || !windows) return "";
  const { padding, axes } = shape;
  const sides = axes.flatMap(({ axis }) => SIDES[axis] ?? []);
  const cells = sides.map((side) => padding[side] ?? 0);
  const parts = [];
  if (axes.length === 1) parts.push(t("stage.signal", { y: middleRow(windows.rows.input) }));
  if (axes.length === 3) parts.push(t("stage.volume"));
  if (windows.columns.steps && cells.some((one) => one > 0)) {
    const even = cells.every((one) => one === cells[0]);
    // What fills the border without such a parameter is the operation's own business.
    const mode = shape.params.padding_mode;
    const filled = mode === undefined ? [] : [t(`stage.mode_${mode}`)];
    const text = even
      ? t("stage.padding_even", { sides: cells[0] })
      : t("stage.padding_sides", { sides: sidesText(sides, cells, t) });
    parts.push([text, ...filled].join(t("list.separator")));
  }
  const lost = axes
    .filter(({ unread }) => unread.length > 0)
    .map(({ axis, unread, input }) => t(`stage.unread_${axis}`, { count: unread.length, all: input }));
  if (lost.length) parts.push(t("stage.unread", { what: lost.join(t("stage.and")) }));
  return parts.join(" · ");
}

/**
 * What the cursor means in a pane, as short as can be: cells, and the value where it is known.
 * @param {"input" | "output"} kind @param {number | null} channel of the input shown apart
 * @param {StageModel} model @param {Windows | null} windows @param {Translate} t
 */
export function readoutText(kind, channel, model, windows, t) {
  const { cursor, pinned } = model;
  if (!cursor) return "";
  if (cursor.pane === kind) {
    const value = kind === "input" ? inputValue(model, channel) : outputValue(model);
    const text = t("stage.cell", { y: cursor.y, x: cursor.x, value });
    return pinned ? t("stage.pinned", { text }) : text;
  }
  if (!windows) return "";
  const { rows, columns } = windows;
  if (kind === "input") {
    const at = (/** @type {{at: number}[]} */ taps) => taps.map((tap) => tap.at);
    const [ys, xs] = [at(rows.taps(cursor.y)), at(columns.taps(cursor.x))];
    return ys.length && xs.length ? t("stage.window", { y: span(ys), x: span(xs) }) : "";
  }
  return t("stage.reached", { count: rows.reached(cursor.y).length * columns.reached(cursor.x).length });
}

/** @param {number[]} cells */
function span(cells) {
  const [first, last] = [Math.min(...cells), Math.max(...cells)];
  const sign = (/** @type {number} */ n) => String(n).replace("-", "−");
  return first === last ? sign(first) : `${sign(first)}…${sign(last)}`;
}

/** @param {StageModel} model @param {number | null} channel */
function inputValue({ input, cursor }, channel) {
  if (!input || !cursor) return "";
  const channels = channel === null ? input.channels : [input.channels[channel]];
  return channels.map((levels) => levels[cursor.y * input.width + cursor.x]).join(", ");
}

/** Exact where the exact values are at hand, else as near as the level tells. @param {StageModel} model */
function outputValue({ output, values, cursor }) {
  if (!output || !cursor) return "";
  const { y, x } = cursor;
  if (values) {
    const [top, left, height, width] = values.region;
    if (y >= top && x >= left && y < top + height && x < left + width) {
      return printed(values.data[(y - top) * width + x - left]);
    }
  }
  const step = (output.max - output.min) / 255;
  const near = output.min + output.levels[y * output.width + x] * step;
  if (!Number.isFinite(near)) return "";
  if (step === 0) return printed(near);
  const digits = Math.min(6, Math.max(0, Math.ceil(-Math.log10(step))));
  return `≈ ${printed(Number(near.toFixed(digits)))}`;
}
