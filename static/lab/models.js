/**
 * What each view is given, from state, registry and the last result. Pure: nothing here touches the page.
 *
 * @import { Operation, Preset, Sample, Shape, Kernel, Limit, ApiErrorBody, Translate, FeatureMap } from "../types.js"
 * @import { Values } from "../state.js"
 * @typedef {{operations: Operation[], presets: Preset[], samples: Sample[]}} Catalogue
 */

import { LONGEST_SIDE, MOST_KERNELS, parseBlock, resize, total, turn } from "./kernels.js";
import { defaultOf, firstOperation, hasBias, hasInput, shownParams } from "./params.js";
import { biasOf } from "./wishes.js";

/** Which control a refusal belongs to. @param {ApiErrorBody | null} error @param {Operation} operation */
export function placeOf(error, operation) {
  const [head = "", next = ""] = (error?.field ?? "").split(/[.[]/);
  const name = head === "params" ? next : head;
  if (shownParams(operation).some((param) => param.name === name)) return { kind: "param", name };
  if (hasInput(operation, "kernel") && (head === "weights" || head === "params"))
    return { kind: "kernel", name };
  if (head === "bias") return { kind: "bias", name };
  if (head === "input") return { kind: next === "image" ? "image" : "input", name: next };
  return { kind: error ? "other" : "none", name };
}

/** @param {Values} values @param {Catalogue} catalogue @returns {Operation} */
export function operationOf(values, { operations }) {
  return operations.find((one) => one.name === values.op) ?? firstOperation(operations);
}

/** @param {Values} values @param {Catalogue} catalogue @param {Shape | null} shape @param {ApiErrorBody | null} error @param {Translate} t */
export function controlsModel(values, catalogue, shape, error, t) {
  const operation = operationOf(values, catalogue);
  const known = shape?.operation === operation.name ? shape : null;
  const params = shownParams(operation);
  const place = placeOf(error, operation);
  const fields = params.map((param) => {
    const field = {
      value: values.params[param.name] ?? defaultOf(param),
      resolved: known?.params[param.name] ?? null,
      limit: known?.limits[param.name] ?? null,
      error: error && place.kind === "param" && place.name === param.name ? t.error(error, params) : "",
    };
    return [param.name, field];
  });
  return { operations: catalogue.operations, operation, params, fields: Object.fromEntries(fields) };
}

const ANY_SIZE = { min: 1, max: LONGEST_SIDE, values: null, min_reason: null, max_reason: null };

/** @param {Values} values @param {Catalogue} catalogue @param {Kernel[]} kernels @param {number} selected @param {Shape | null} shape @param {ApiErrorBody | null} error @param {Translate} t */
export function kernelModel(values, catalogue, kernels, selected, shape, error, t) {
  const operation = operationOf(values, catalogue);
  const known = shape?.operation === operation.name ? shape.limits.kernel_size : null;
  const limits =
    Array.isArray(known) && known.length > 0 ? [known[0], known[1] ?? known[0]] : [ANY_SIZE, ANY_SIZE];
  const { kind } = placeOf(error, operation);
  const said = error ? t.error(error, operation.params) : "";
  return {
    kernels,
    selected: Math.min(selected, kernels.length - 1),
    presets: catalogue.presets,
    limits,
    bias: hasBias(operation) ? biasOf(values.bias, kernels.length) : null,
    error: kind === "kernel" ? said : "",
    biasError: kind === "bias" ? said : "",
    tools: { resize, turn, total, parseBlock, most: MOST_KERNELS },
  };
}

/** @param {number} count of input channels @param {Translate} t */
export function channelNames(count, t) {
  if (count === 1) return [t("channel.grey")];
  return count === 3 ? [0, 1, 2].map((at) => t(`channel.${at}`)) : [];
}

/** Maps are named after the kernel or the channel they come from. @param {Shape} shape @param {Kernel[]} kernels empty where there are none @param {Preset[]} presets @param {Translate} t @returns {string[]} */
export function mapLabels(shape, kernels, presets, t) {
  const [channels] = shape.input_shape;
  const count = shape.output_shape[0];
  const inputs = channelNames(channels, t);
  const names = kernels.map((kernel, at) => {
    const preset = presets.find((one) => one.name === kernel.name);
    const name = preset ? t.local(preset.texts.title) : t("presets.own");
    return kernels.length > 1 ? `${at + 1} ${name}` : name;
  });
  return Array.from({ length: count }, (_, map) => {
    if (names.length === 0) return inputs[map] ?? t("maps.number", { map });
    if (count === names.length) return names[map];
    if (count === names.length * channels) {
      const channel = inputs[Math.floor(map / names.length)] ?? String(Math.floor(map / names.length));
      return names.length > 1 ? `${channel} · ${(map % names.length) + 1}` : channel;
    }
    return t("maps.number", { map });
  });
}

/** @param {Values} values @param {Sample[]} samples @param {{id: string, title: string, frames: number}[]} uploads @param {(id: string) => string} thumbnail @param {Translate} t */
export function galleryItems(values, samples, uploads, thumbnail, t) {
  const own = uploads.map(({ id, title }) => ({
    id,
    title,
    credit: t("gallery.own"),
    thumbnail: thumbnail(id),
  }));
  const given = samples.map(({ id, title, credit }) => ({
    id,
    title: t.local(title),
    credit,
    thumbnail: thumbnail(id),
  }));
  const known = [...own, ...given];
  const linked = known.some((item) => item.id === values.image) || values.image === "";
  return linked
    ? known
    : [
        { id: values.image, title: t("gallery.linked"), credit: "", thumbnail: thumbnail(values.image) },
        ...known,
      ];
}
