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
import { brief, GridEditor } from "./grid.js";
import { KernelNumbers } from "./numbers.js";
import { PresetList } from "./presets.js";
import { KernelTabs } from "./tabs.js";
import { KernelTools } from "./tools.js";
import { KernelTurn } from "./turn.js";

export class KernelView extends EventTarget {
  /** @param {HTMLElement} root @param {Translate} t */
  constructor(root, t) {
    super();
    this.root = root;
    this.t = t;
    /** @type {KernelModel | null} */
    this.model = null;
    this.refused = "";
    /** How many kernels were drawn at random: everybody draws the same ones. */
    this.drawn = 0;
    this.parts = this.#build();
  }

  /** @param {KernelTools} [before] */
  #build(before) {
    const { t, root } = this;
    const tabs = new KernelTabs(t, {
      select: (at) => this.#say("kernels", { kernels: this.model?.kernels, selected: at }),
      add: () => this.#count(1),
      remove: () => this.#count(-1),
    });
    const presets = new PresetList(t, (name) => this.#choose(name));
    const tools = new KernelTools(
      t,
      {
        mode: (painting) => grid.paint(painting),
        change: (name) => this.#whole(name),
      },
      before,
    );
    const problem = h("p", { class: "field-error", role: "alert", "data-testid": "error-kernel" });
    const grid = new GridEditor({
      emit: (values) => this.#change({ name: null, values }),
      paste: (text) => this.#paste(text),
      bad: (is) => setText(problem, is ? t("kernel.notNumber") : ""),
      light: (place) => this.#say("light", place),
      brush: () => tools.value,
    });
    const sum = h("output", { class: "kernel-sum", "data-testid": "kernel-sum" });
    const turn = new KernelTurn(t, (param, value) => this.#say("param", { param, value }));
    const numbers = new KernelNumbers(t, (name, value) => this.#numbered(name, value));
    root.replaceChildren(
      h("div", { class: "field-head" }, h("h2", {}, t("kernel.title")), tabs.tools),
      tabs.element,
      presets.element,
      tools.element,
      grid.element,
      problem,
      sum,
      numbers.element,
      turn.element,
      h("p", { class: "field-help" }, t("kernel.pasteHint")),
    );
    return { tabs, presets, tools, problem, grid, sum, numbers, turn };
  }

  /** @param {Translate} t */
  translate(t) {
    this.t = t;
    this.parts = this.#build(this.parts.tools);
    if (this.model) this.update(this.model);
    this.parts.grid.paint(this.parts.tools.painting);
  }

  /** @param {Partial<Kernel>} patch of the kernel that is being edited */
  #change(patch) {
    if (!this.model) return;
    const { kernels, selected } = this.model;
    this.#say("kernels", { kernels: kernels.with(selected, { ...kernels[selected], ...patch }), selected });
  }

  /** The kernel as a whole is made another. @param {string} name */
  #whole(name) {
    if (!this.model) return;
    const { kernels, selected, tools } = this.model;
    const { values, divisor } = kernels[selected];
    const { problem } = this.parts;
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
    else if (name === "bias") this.#say("bias", { bias: bias?.with(selected, value) });
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
    this.#say("kernels", { kernels: resized, selected });
  }

  /** @param {string} text */
  #paste(text) {
    const read = this.model?.tools.parseBlock(text);
    if (!read) return false;
    const { problem } = this.parts;
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
    this.#say("kernels", { kernels: list, selected: next, bias: biases });
  }

  /** @param {KernelModel | {lit: Place | null}} change all of it, or just what is lit */
  update(change) {
    const model = /** @type {KernelModel} */ ({ ...this.model, ...change });
    this.model = model;
    this.parts.grid.light(model.lit ?? null);
    if ("kernels" in change) this.#update(model);
  }

  /** @param {KernelModel} model */
  #update(model) {
    const { t, parts } = this;
    const { kernels, selected, presets, tools, bias, limits } = model;
    const kernel = kernels[selected];
    const [rows, columns] = [kernel.values.length, kernel.values[0].length];
    parts.tabs.update(
      kernels.map((one, at) => `${at + 1} ${this.#name(one, presets)}`),
      selected,
      tools.most,
    );
    parts.presets.update({ presets, name: kernel.name });
    parts.grid.update(kernel.values, t("kernel.grid", { rows, columns }), (row, column) =>
      t("kernel.cell", { row, column }),
    );
    setText(parts.sum, this.#sum(exact(tools.total(kernel.values)), kernel.divisor));
    parts.turn.update({
      flip: model.flip,
      turned: model.turned,
      several: kernels.length > 1,
      values: kernel.values,
    });
    parts.numbers.update({
      rows: { value: rows, limit: limits[0] },
      columns: { value: columns, limit: limits[1] },
      divisor: { value: kernel.divisor },
      bias: { value: bias?.[selected] ?? 0, hidden: bias === null, error: model.biasError },
    });
    if (model.error || this.refused) setText(parts.problem, model.error);
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

  /** @param {string} type @param {unknown} detail */
  #say(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** Without the last digits, in which only rounding is left. @param {number} value */
function exact(value) {
  return Number(value.toPrecision(12));
}
