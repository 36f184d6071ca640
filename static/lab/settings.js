/**
 * What is set, in words: for the figure that is printed, and for what differs between two settings.
 *
 * @import { Catalogue, Kernel, Param, ParamValue, Translate } from "../types.js"
 * @import { Values } from "./state.js"
 * @typedef {{catalogue: Catalogue, uploads: {list: {id: string, title: string}[]}, t: Translate}} Host
 * @typedef {{key: string, label: string, text: string, value?: string}} Setting value: what it is where the text does not say all
 */

import { editsKernel } from "./input/inputs.js";
import { resolve } from "./kernel/kernels.js";
import { defaultOf, hasBias, operationOf, shownParams } from "./params.js";
import { biasOf } from "./wishes.js";

/** Weights of a kernel of one's own that are written out; more are only counted. */
const WRITTEN = 25;

/** @param {Values} values @param {Host} lab @returns {Setting[]} */
export function settingsOf(values, lab) {
  const { catalogue, t } = lab;
  const operation = operationOf(values, catalogue.operations);
  const params = shownParams(operation).map((param) => {
    const value = param.name in values.params ? values.params[param.name] : defaultOf(param);
    return { key: `p.${param.name}`, label: t.local(param.label), text: paramText(param, value, lab) };
  });
  const { activation } = values;
  const after = catalogue.operations.find((one) => one.name === activation);
  return [
    { key: "op", label: t("operation.title"), text: t.local(operation.texts.title) },
    ...(editsKernel(operation) ? kernelSettings(values, hasBias(operation), lab) : []),
    ...params,
    ...(operation.elementwise
      ? []
      : [
          {
            key: "activation",
            label: t("activation.title"),
            text: after ? t.local(after.texts.title) : t("activation.none"),
          },
        ]),
    ...pictureSettings(values, lab),
    { key: "map", label: t("settings.map"), text: String(values.map) },
  ];
}

/** What is not the same in both, as "stride 1 → 2"; parameters that only one of them has say nothing. @param {Setting[]} a @param {Setting[]} b @returns {string[]} */
export function differences(a, b) {
  return a.flatMap(({ key, label, text, value }) => {
    const other = b.find((one) => one.key === key);
    if (!other || (other.value ?? other.text) === (value ?? text)) return [];
    return [`${label} ${text} ${other.text === text ? "≠" : "→"} ${other.text}`];
  });
}

/** @param {Param} param @param {ParamValue} value @param {Host} lab */
function paramText(param, value, { t }) {
  if (value === null) return t("field.automatic");
  if (typeof value === "boolean") return t(value ? "settings.on" : "settings.off");
  if (typeof value === "string") {
    const choice = param.choices?.find((one) => one.value === value);
    return choice ? t.local(choice.label) : value;
  }
  return listText(Array.isArray(value) ? value : [value], t);
}

/** Once, where all are alike. @param {number[]} list @param {Translate} t */
function listText(list, t) {
  return (list.every((one) => one === list[0]) ? list.slice(0, 1) : list).join(t("list.separator"));
}

/** @param {Values} values @param {boolean} biased @param {Host} lab @returns {Setting[]} */
function kernelSettings(values, biased, lab) {
  const { catalogue, t } = lab;
  const kernels = resolve(values.kernels, catalogue.kernels);
  const text = kernels.map((kernel) => kernelText(kernel, lab)).join("; ");
  const bias = biasOf(values.bias, kernels.length);
  return [
    { key: "kernels", label: t("kernel.title"), text, value: JSON.stringify(kernels) },
    ...(biased ? [{ key: "bias", label: t("kernel.bias"), text: listText(bias, t) }] : []),
  ];
}

/** @param {Kernel} kernel @param {Host} lab */
function kernelText({ name, values, divisor }, { catalogue, t }) {
  const preset = catalogue.kernels.find((one) => one.name === name);
  if (preset) return t.local(preset.texts.title);
  const few = values.flat().length <= WRITTEN;
  const rows = few
    ? values.map((row) => row.join(" ")).join(" | ")
    : `${values.length} × ${values[0].length}`;
  return `${t("presets.own")} (${rows})${divisor === 1 ? "" : ` / ${divisor}`}`;
}

/** @param {Values} values @param {Host} lab @returns {Setting[]} */
function pictureSettings({ image, size, color, frame, crop, edits }, { catalogue, uploads, t }) {
  const sample = catalogue.samples.find((one) => one.id === image);
  const own = uploads.list.find((one) => one.id === image);
  const name = sample ? t.local(sample.title) : (own?.title ?? t("gallery.linked"));
  const part = crop ? crop.join(t("list.separator")) : t("hand.whole");
  return [
    { key: "image", label: t("settings.picture"), text: name },
    { key: "size", label: t("input.size"), text: String(size) },
    { key: "color", label: t("input.color"), text: t(`input.color.${color}`) },
    { key: "frame", label: t("input.frame"), text: String(frame) },
    { key: "crop", label: t("hand.crop"), text: part },
    { key: "edits", label: t("settings.edits"), text: editsText(edits, t), value: JSON.stringify(edits) },
  ];
}

/** @param {Values["edits"]} edits @param {Translate} t */
function editsText(edits, t) {
  return edits.length > 0 ? t("settings.edited", { count: edits.length }) : t("settings.noEdits");
}
