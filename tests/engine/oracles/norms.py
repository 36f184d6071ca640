"""Normalisations and dropout, cell by cell; sums by ``math.fsum``, variances in two passes."""

from __future__ import annotations

import itertools
import math

import numpy as np


def value_of(params, name, default):
    given = params.get(name)
    return default if given is None else given


def cells(shape):
    """Every cell of an array of this shape, in reading order."""
    return itertools.product(*map(range, shape))


def channel_axis(array, params):
    return value_of(params, "channel_axis", 0 if array.ndim in (1, 3) else 1)


def mean_and_variance(values):
    mean = math.fsum(values) / len(values)
    return mean, squares(values, mean) / len(values)


def squares(values, mean):
    return math.fsum((value - mean) ** 2 for value in values)


def batch_norm(inputs, params):
    array = np.asarray(inputs["input"])
    axis, eps = channel_axis(array, params), value_of(params, "eps", 1e-5)
    momentum = value_of(params, "momentum", 0.1)
    output = np.zeros(array.shape)
    renewed: dict[str, list[float]] = {"running_mean": [], "running_var": []}
    for channel in range(array.shape[axis]):
        places = [cell for cell in cells(array.shape) if cell[axis] == channel]
        values = [float(array[cell]) for cell in places]
        if value_of(params, "training", False):
            mean, variance = mean_and_variance(values)
            count = len(values)
            unbiased = value_of(params, "unbiased", True)
            for name, new in (
                ("running_mean", mean),
                ("running_var", squares(values, mean) / (count - 1) if unbiased else variance),
            ):
                if name in inputs:
                    old = float(inputs[name][channel])
                    renewed[name].append((1 - momentum) * old + momentum * new)
        else:
            mean, variance = float(inputs["running_mean"][channel]), float(inputs["running_var"][channel])
        weight = float(inputs["weight"][channel]) if "weight" in inputs else 1.0
        bias = float(inputs["bias"][channel]) if "bias" in inputs else 0.0
        for cell, value in zip(places, values, strict=True):
            output[cell] = (value - mean) / math.sqrt(variance + eps) * weight + bias
    return {"output": output, **{name: numbers for name, numbers in renewed.items() if numbers}}


def layer_norm(inputs, params):
    array = np.asarray(inputs["input"])
    sizes = params.get("normalized_shape")
    if sizes is None:
        together = array.ndim if array.ndim in (1, 3) else array.ndim - 1
    else:
        together = 1 if isinstance(sizes, int) else len(sizes)
    eps = value_of(params, "eps", 1e-5)
    first = array.ndim - together
    output = np.zeros(array.shape)
    for picture in cells(array.shape[:first]):
        places = list(cells(array.shape[first:]))
        values = [float(array[(*picture, *place)]) for place in places]
        mean, variance = mean_and_variance(values)
        for place, value in zip(places, values, strict=True):
            weight = float(inputs["weight"][place]) if "weight" in inputs else 1.0
            bias = float(inputs["bias"][place]) if "bias" in inputs else 0.0
            output[(*picture, *place)] = (value - mean) / math.sqrt(variance + eps) * weight + bias
    return output


def local_response_norm(inputs, params):
    array = np.asarray(inputs["input"])
    axis, size = channel_axis(array, params), params["size"]
    alpha, beta = value_of(params, "alpha", 1e-4), value_of(params, "beta", 0.75)
    k = value_of(params, "k", 1.0)
    output = np.zeros(array.shape)
    for cell in cells(array.shape):
        together = [
            float(array[(*cell[:axis], channel, *cell[axis + 1 :])]) ** 2
            for channel in range(cell[axis] - size // 2, cell[axis] + (size - 1) // 2 + 1)
            if 0 <= channel < array.shape[axis]
        ]
        output[cell] = float(array[cell]) / (k + alpha * math.fsum(together) / size) ** beta
    return output


def dropout(inputs, params):
    """Which cells are dropped is NumPy's default generator's to say; the rest is written out."""
    array = np.asarray(inputs["input"])
    p, training = value_of(params, "p", 0.5), value_of(params, "training", True)
    drawn = np.random.default_rng(value_of(params, "seed", 0)).random(array.shape)
    output, mask = np.zeros(array.shape), np.zeros(array.shape)
    for cell in cells(array.shape):
        mask[cell] = 1 if not training or drawn[cell] >= p else 0
        if mask[cell]:
            output[cell] = float(array[cell]) / (1 - p if training else 1)
    return {"output": output, "mask": mask}


ORACLES = {
    "batch_norm": batch_norm,
    "layer_norm": layer_norm,
    "local_response_norm": local_response_norm,
    "dropout": dropout,
}
