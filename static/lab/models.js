/**
 * What each view is given, from state, registry and the last result. Pure: nothing here touches the page.
 *
 * @import { Catalogue, Operation, Preset, Shape, Kernel, Limit, ApiErrorBody, Translate, FeatureMap } from "../types.js"
 * @import { Values } from "./state.js"
 */

import { copiedInputs, drawnInputs, editsKernel, SEED } from "./input/inputs.js";
import { CHANGES, random, turned } from "./kernel/changes.js";
import { LONGEST_SIDE, MOST_KERNELS, parseBlock, resize, total } from "./kernel/kernels.js";
import { activations, defaultOf, flipParam, hasBias, operationOf, shownParams } from "./params.js";
import { stackOf } from "./stack.js";
import { biasOf } from "./wishes.js";

/** Which control a refusal belongs to. @param {ApiErrorBody | null} error @param {Operation} operation */
export function placeOf(error, operation) {
  const [head = "", next = ""] = (error?.field ?? "").split(/[.[]/);
  const name = head === "params" ? next : head;
  if (shownParams(operation).some((param) => param.name === name)) return { kind: "param", name };
  if (editsKernel(operation) && (head === "weights" || head === "params")) return { kind: "kernel", name };
  if (head === "bias" && hasBias(operation)) return { kind: "bias", name };
  if (head === "input") return { kind: next === "image" ? "image" : "input", name: next };
  return { kind: error ? "other" : "none", name };
}

/** @param {Values} values @param {Catalogue} catalogue @param {Shape | null} shape @param {ApiErrorBody | null} error @param {Translate} t */
export function controlsModel(values, catalogue, shape, error, t) {
  const operation = operationOf(values, catalogue.operations);
  const known = shape?.operation === operation.name ? shape : null;
  const flip = flipParam(operation);
  const params = shownParams(operation).filter((param) => param !== flip);
  const place = placeOf(error, operation);
  const fields = params.map((param) => {
    const field = {
      value: param.name in values.params ? values.params[param.name] : defaultOf(param),
      resolved: known?.params[param.name] ?? null,
      limit: known?.limits[param.name] ?? null,
      error: error && place.kind === "param" && place.name === param.name ? t.error(error, params) : "",
    };
    return [param.name, field];
  });
  const { operations } = catalogue;
  return {
    operations,
    operation,
    params,
    fields: Object.fromEntries(fields),
    sources: sourcesText(operation, t),
    activations: operation.elementwise ? null : activations(operations),
    activation: values.activation,
  };
}

/** Where the inputs come from that are not on the page, in words. @param {Operation} operation @param {Translate} t */
function sourcesText(operation, t) {
  const names = (/** @type {import("../types.js").OperationInput[]} */ inputs) =>
    inputs.map((input) => t.local(input.texts)).join(t("list.separator"));
  const [copied, drawn] = [copiedInputs(operation), drawnInputs(operation)].map(names);
  const parts = [
    copied && t("sources.copied", { names: copied }),
    drawn && t("sources.drawn", { names: drawn, seed: SEED }),
  ];
  return parts.filter(Boolean).join(" ");
}

const ANY_SIZE = { min: 1, max: LONGEST_SIDE, values: null, min_reason: null, max_reason: null };

/** @param {Values} values @param {Catalogue} catalogue @param {Kernel[]} kernels @param {number} selected @param {Shape | null} shape @param {ApiErrorBody | null} error @param {Translate} t */
export function kernelModel(values, catalogue, kernels, selected, shape, error, t) {
  const operation = operationOf(values, catalogue.operations);
  const known = shape?.operation === operation.name ? shape.limits.kernel_size : null;
  const limits =
    Array.isArray(known) && known.length > 0 ? [known[0], known[1] ?? known[0]] : [ANY_SIZE, ANY_SIZE];
  const { kind } = placeOf(error, operation);
  const flip = flipParam(operation);
  const said = error ? t.error(error, operation.params) : "";
  return {
    kernels,
    size: operation.params.find((param) => param.name === "kernel_size"),
    selected: Math.min(selected, kernels.length - 1),
    presets: catalogue.kernels,
    limits,
    bias: hasBias(operation) ? biasOf(values.bias, kernels.length) : null,
    error: kind === "kernel" ? said : "",
    biasError: kind === "bias" ? said : "",
    flip: flip && { param: flip, value: (values.params[flip.name] ?? flip.default) === true },
    turned: turned(kernels.map((one) => one.values)),
    tools: { resize, total, parseBlock, changes: CHANGES, random, most: MOST_KERNELS },
  };
}

/** @param {number} count of input channels @param {Translate} t */
export function channelNames(count, t) {
  if (count === 1) return [t("channel.grey")];
  return count === 3 ? [0, 1, 2].map((at) => t(`channel.${at}`)) : [];
}

/** Names of the input's channels, where its first axis is that. @param {Shape} shape @param {Translate} t */
export function inputNames({ input_shape: shape }, t) {
  return shape.length === 2 || shape.length === 3 ? channelNames(shape[0], t) : [];
}

/** Maps are named after the kernel or the channel they come from. @param {Shape} shape @param {Kernel[] | null} kernels empty where each channel goes its own way, null where they are not known @param {Preset[]} presets @param {Translate} t @returns {string[]} */
export function mapLabels(shape, kernels, presets, t) {
  const [channels] = shape.input_shape;
  const { maps: count } = stackOf(shape);
  const inputs = kernels ? inputNames(shape, t) : [];
  const list = kernels ?? [];
  const names = list.map((kernel, at) => {
    const preset = presets.find((one) => one.name === kernel.name);
    const name = preset ? t.local(preset.texts.title) : t("presets.own");
    return list.length > 1 ? `${at + 1} ${name}` : name;
  });
  const planes = shape.output_shape.length === 4 ? shape.output_shape[1] : 0;
  const numbered = (/** @type {number} */ map) =>
    planes
      ? t("maps.plane", { map: Math.floor(map / planes), plane: map % planes })
      : t("maps.number", { map });
  return Array.from({ length: count }, (_, map) => {
    if (names.length === 0) return (count === channels && inputs[map]) || numbered(map);
    if (count === names.length) return names[map];
    if (count === names.length * channels) {
      const channel = inputs[Math.floor(map / names.length)] ?? String(Math.floor(map / names.length));
      return names.length > 1 ? `${channel} · ${(map % names.length) + 1}` : channel;
    }
    return numbered(map);
  });
}
