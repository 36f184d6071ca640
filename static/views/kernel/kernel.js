/**
 * The kernels: tabs, presets, the grid, size, divisor, bias, and whether they are turned. All are of one size, as one
 * weight tensor needs. Emits "kernels" {kernels, selected, bias?}, "bias" {bias}, "param" {param, value} and
 * "light" {row, column} or null, for the weight that is pointed at.
 *
 * @import { Kernel, Param, Preset, Limit, Translate } from "../../types.js"
 * @import { Place } from "./grid_brush.js"
 * @typedef {object} KernelModel
 * @property {Kernel[]} kernels all of one size
 * @property {number} selected
 * @property {Preset[]} presets
 * @property {Limit[]} limits of rows and of columns
 * @property {Param} [size] the parameter that they belong to
 * @property {number[] | null} bias one per kernel, null where the operation has none
 * @property {string} error
 * @property {string} biasError
 * @property {Tools} tools
 * @property {{param: Param, value: boolean} | null} flip whether the kernel is turned; null where there is no choice
 * @property {"same" | "negated" | "other"} turned what turning makes of the kernels
 * @property {Place | null} [lit] the weight that another view points at
 * @typedef {(values: number[][], rows: number, columns: number) => number[][]} Resize
 * @typedef {(text: string) => {values: number[][]} | {problem: string, detail: Record<string, unknown>}} ParseBlock
 * @typedef {{resize: Resize, total: (values: number[][]) => number, parseBlock: ParseBlock, most: number,
 *   changes: Record<string, (values: number[][]) => number[][]>,
 *   random: (values: number[][], seed: number) => number[][]}} Tools
 */

import { h, setText } from "../base/dom.js";
import { View } from "../base/view.js";
import { brief, GridEditor } from "./grid.js";
import { KernelNumbers } from "./numbers.js";
import { PresetList } from "./presets.js";
import { KernelTabs } from "./tabs.js";
import { KernelTools } from "./tools.js";
import { KernelTurn } from "./turn.js";

/** @extends {View<KernelModel>} */
export class KernelView extends View {
  tabs = this.within(new KernelTabs(this.root, this.t));
  presets = this.within(new PresetList(this.root, this.t));
  tools = this.within(new KernelTools(this.root, this.t));
  numbers = this.within(new KernelNumbers(this.root, this.t));
  turn = this.within(new KernelTurn(this.root, this.t));
  problem = h("p.field-error", { role: "alert", "data-testid": "error-kernel" });
  grid = new GridEditor({
    emit: (values) => this.#change({ name: null, values }),
    paste: (text) => this.#paste(text),
    bad: (is) => setText(this.problem, is ? this.t("kernel.notNumber") : ""),
    light: (place) => this.emit("light", place),
    brush: () => this.tools.value,
  });
  sum = h("output.kernel-sum.note", { "data-testid": "kernel-sum" });
  refused = "";
  /** @type {Place | null} */
  lit = null;
  /** How many kernels were drawn at random: everybody draws the same ones. */
  drawn = 0;
  element = this.fill(
    h("div.field-head.row", h("h2", this.word("kernel.title")), this.tabs.tools),
    this.tabs.element,
    this.presets.element,
    this.tools.element,
    this.grid.element,
    this.problem,
    this.sum,
    this.numbers.element,
    this.turn.element,
    h("p.field-help", this.word("kernel.pasteHint")),
  );

  /** @param {HTMLElement} root @param {Translate} t */
  constructor(root, t) {
    super(root, t);
    const { tabs, presets, tools, turn, numbers, grid } = this;
    tabs.on("select", ({ at }) => this.emit("kernels", { kernels: this.model?.kernels, selected: at }));
    tabs.on("add", () => this.#count(1));
    tabs.on("remove", () => this.#count(-1));
    presets.on("choose", ({ name }) => this.#choose(name));
    tools.on("mode", ({ painting }) => grid.paint(painting));
    tools.on("change", ({ name }) => this.#whole(name));
    numbers.on("number", ({ name, value }) => this.#numbered(name, value));
    this.pass(turn, "param");
  }

  /** @param {Partial<Kernel>} patch of the kernel that is being edited */
  #change(patch) {
    if (!this.model) return;
    const { kernels, selected } = this.model;
    this.emit("kernels", { kernels: kernels.with(selected, { ...kernels[selected], ...patch }), selected });
  }

  /** The kernel as a whole is made another. @param {string} name */
  #whole(name) {
    if (!this.model) return;
    const { kernels, selected, tools } = this.model;
    const { values, divisor } = kernels[selected];
    const { problem } = this;
    setText(problem, "");
    if (name === "normalise") {
      const sum = exact(tools.total(values));
      if (sum === 0) setText(problem, this.t("kernel.sumZero"));
      else if (sum !== divisor) this.#change({ name: null, divisor: sum });
    } else if (name === "random") {
      this.drawn += 1;
      this.#change({ name: null, values: tools.random(values, this.drawn), divisor: 1 });
    } else {
      const next = tools.changes[name](values);
      if (String(next) !== String(values) || next.length !== values.length)
        this.#change({ name: null, values: next });
    }
  }

  /** @param {string} name of a preset */
  #choose(name) {
    const preset = this.model?.presets.find((one) => one.name === name);
    if (preset) this.#change({ name, values: preset.values, divisor: preset.divisor });
  }

  /** @param {string} name @param {number} value */
  #numbered(name, value) {
    if (!this.model) return;
    const { bias, selected } = this.model;
    if (name === "divisor") this.#change({ name: null, divisor: value });
    else if (name === "bias") this.emit("bias", { bias: bias?.with(selected, value) });
    else this.#resize(name, value);
  }

  /** All kernels change together. @param {string} side @param {number} value */
  #resize(side, value) {
    if (!this.model) return;
    const { kernels, selected, tools } = this.model;
    const { values } = kernels[0];
    const [down, across] = side === "rows" ? [value, values[0].length] : [values.length, value];
    const resized = kernels.map((kernel) => ({
      ...kernel,
      name: null,
      values: tools.resize(kernel.values, down, across),
    }));
    this.emit("kernels", { kernels: resized, selected });
  }

  /** @param {string} text */
  #paste(text) {
    const read = this.model?.tools.parseBlock(text);
    if (!read) return false;
    const { problem } = this;
    if ("problem" in read) setText(problem, this.t(`paste.${read.problem}`, read.detail));
    else {
      setText(problem, "");
      this.#change({ name: null, values: read.values, divisor: 1 });
    }
    return true;
  }

  /** @param {number} step add one (a copy of the present one) or take the present one away */
  #count(step) {
    if (!this.model) return;
    const { kernels, selected, bias } = this.model;
    const list =
      step > 0 ? kernels.toSpliced(selected + 1, 0, kernels[selected]) : kernels.toSpliced(selected, 1);
    const next = Math.min(step > 0 ? selected + 1 : selected, list.length - 1);
    const biases = step > 0 ? bias?.toSpliced(selected + 1, 0, 0) : bias?.toSpliced(selected, 1);
    this.emit("kernels", { kernels: list, selected: next, bias: biases });
  }

  /** @override @param {KernelModel | {lit: Place | null}} change all of it, or just what is lit */
  update(change) {
    if (change.lit !== undefined) this.lit = change.lit;
    this.grid.light(this.lit);
    if ("kernels" in change) super.update(change);
  }

  /** @override @param {KernelModel} model */
  draw(model) {
    const { t } = this;
    const { kernels, selected, presets, tools, bias, limits, flip, turned, size: param } = model;
    const { values, name, divisor } = kernels[selected];
    const [rows, columns] = [values.length, values[0].length];
    const names = kernels.map((one, at) => `${at + 1} ${this.#name(one, presets)}`);
    this.tabs.update({ names, selected, most: tools.most });
    this.presets.update({ presets, name });
    this.grid.update(values, t("kernel.grid", { rows, columns }), (row, column) =>
      t("kernel.cell", { row, column }),
    );
    setText(this.sum, this.#sum(exact(tools.total(values)), divisor));
    this.turn.update({ flip, turned, several: kernels.length > 1, values });
    this.numbers.update({
      rows: { value: rows, limit: limits[0], param },
      columns: { value: columns, limit: limits[1], param },
      divisor: { value: divisor },
      bias: { value: bias?.[selected] ?? 0, hidden: bias === null, error: model.biasError },
    });
    if (model.error || this.refused) setText(this.problem, model.error);
    this.refused = model.error;
  }

  /** @param {number} sum @param {number} divisor */
  #sum(sum, divisor) {
    if (divisor === 1) return this.t("kernel.sum", { sum: brief(sum) });
    const quotient = brief(exact(sum / divisor));
    return this.t("kernel.sumDivided", { sum: brief(sum), divisor: brief(divisor), quotient });
  }

  /** @param {Kernel} kernel @param {Preset[]} presets */
  #name(kernel, presets) {
    const preset = presets.find((one) => one.name === kernel.name);
    return preset ? this.t.local(preset.texts.title) : this.t("presets.own");
  }
}

/** Without the last digits, in which only rounding is left. @param {number} value */
function exact(value) {
  return Number(value.toPrecision(12));
}
