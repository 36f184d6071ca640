"""Activations from their definitions: one number at a time, with Python's own functions."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

Inputs = Mapping[str, np.ndarray]
Given = Mapping[str, Any]


def value(params: Given, name: str, default: Any) -> Any:
    """A parameter as given, or its default."""
    return default if params.get(name) is None else params[name]


def each(array: np.ndarray, function: Callable[[float], float]) -> np.ndarray:
    """The function of every number."""
    return np.array([function(x) for x in array.ravel().tolist()], np.float64).reshape(array.shape)


def exp(x: float) -> float:
    return math.inf if x > 709 else math.exp(x)


def relu(inputs: Inputs, params: Given) -> np.ndarray:
    return each(inputs["input"], lambda x: max(0, x))


def relu6(inputs: Inputs, params: Given) -> np.ndarray:
    return each(inputs["input"], lambda x: x if math.isnan(x) else min(max(0, x), 6))


def leaky_relu(inputs: Inputs, params: Given) -> np.ndarray:
    slope = value(params, "negative_slope", 0.01)
    return each(inputs["input"], lambda x: max(0, x) + slope * min(0, x))


def channels_along(shape: Sequence[int], asked: int | None) -> int:
    """Axis 0 of (C) and (C, H, W), axis 1 of all else."""
    if asked is not None:
        return asked
    return 0 if len(shape) in (1, 3) else 1


def prelu(inputs: Inputs, params: Given) -> np.ndarray:
    array, weight = inputs["input"], inputs["weight"]
    output = np.zeros(array.shape)
    for cell in np.ndindex(array.shape):
        x = array[cell].item()
        if weight.size == 1:
            slope = weight.ravel()[0].item()
        elif weight.ndim == 1:
            slope = weight[cell[channels_along(array.shape, params.get("channel_axis"))]].item()
        else:
            there = tuple(min(place, size - 1) for place, size in zip(cell, weight.shape, strict=True))
            slope = weight[there].item()
        output[cell] = x if x > 0 else slope * x
    return output


def rrelu(inputs: Inputs, params: Given) -> np.ndarray:
    array = inputs["input"]
    lower, upper = value(params, "lower", 1 / 8), value(params, "upper", 1 / 3)
    slopes = [(lower + upper) / 2] * array.size
    if params.get("training"):
        rng = np.random.default_rng(value(params, "seed", 0))
        slopes = [rng.uniform(lower, upper) for _ in slopes]
    pairs = zip(array.ravel().tolist(), slopes, strict=True)
    return np.array([x if x > 0 else slope * x for x, slope in pairs]).reshape(array.shape)


def elu(inputs: Inputs, params: Given) -> np.ndarray:
    alpha = value(params, "alpha", 1.0)
    return each(inputs["input"], lambda x: x if x > 0 else alpha * (exp(x) - 1))


def selu(inputs: Inputs, params: Given) -> np.ndarray:
    alpha = value(params, "alpha", 1.6732632423543772848170429916717)
    gamma = value(params, "gamma", 1.0507009873554804934193349852946)
    return each(inputs["input"], lambda x: gamma * (x if x > 0 else alpha * (exp(x) - 1)))


def gelu(inputs: Inputs, params: Given) -> np.ndarray:
    # (1 + tanh(u)) / 2 is 1 / (1 + exp(-2u)), and 1 + erf(x) is erfc(-x): without cancellation.
    if params.get("approximate") == "tanh":
        twice = 2 * math.sqrt(2 / math.pi)
        return each(inputs["input"], lambda x: x / (1 + exp(-twice * (x + 0.044715 * x**3))))
    return each(inputs["input"], lambda x: x / 2 * math.erfc(-x / math.sqrt(2)))


def silu(inputs: Inputs, params: Given) -> np.ndarray:
    alpha = value(params, "alpha", 1.0)
    return each(inputs["input"], lambda x: x / (1 + exp(-alpha * x)))


def softplus(inputs: Inputs, params: Given) -> np.ndarray:
    beta, threshold = value(params, "beta", 1.0), value(params, "threshold", 20.0)

    def curve(x: float) -> float:
        if beta * x > threshold or beta * x > 700:
            return x
        return math.log1p(math.exp(beta * x)) / beta

    return each(inputs["input"], curve)


def sigmoid(inputs: Inputs, params: Given) -> np.ndarray:
    return each(inputs["input"], lambda x: 1 / (1 + exp(-x)))


def tanh(inputs: Inputs, params: Given) -> np.ndarray:
    return each(inputs["input"], math.tanh)


def hardsigmoid(inputs: Inputs, params: Given) -> np.ndarray:
    alpha, beta = value(params, "alpha", 1 / 6), value(params, "beta", 0.5)
    return each(inputs["input"], lambda x: max(0.0, min(1.0, alpha * x + beta)))


def hardswish(inputs: Inputs, params: Given) -> np.ndarray:
    return each(inputs["input"], lambda x: x * min(max(x + 3, 0), 6) / 6)


def lines(inputs: Inputs, params: Given, function: Callable[[list[float]], list[float]]) -> np.ndarray:
    """The function of every line along ``dim``."""
    array, asked = inputs["input"], params.get("dim")
    dim = channels_along(array.shape, asked) % array.ndim
    output = np.zeros(array.shape)
    across = [size for axis, size in enumerate(array.shape) if axis != dim]
    for place in np.ndindex(*across):
        cells = [(*place[:dim], number, *place[dim:]) for number in range(array.shape[dim])]
        for cell, result in zip(cells, function([float(array[cell]) for cell in cells]), strict=True):
            output[cell] = result
    return output


def softmax(inputs: Inputs, params: Given) -> np.ndarray:
    def shares(line: list[float]) -> list[float]:
        exponentials = [math.exp(x - max(line)) for x in line]
        return [e / math.fsum(exponentials) for e in exponentials]

    return lines(inputs, params, shares)


def log_softmax(inputs: Inputs, params: Given) -> np.ndarray:
    def logarithms(line: list[float]) -> list[float]:
        total = math.fsum(math.exp(x - max(line)) for x in line)
        return [x - max(line) - math.log(total) for x in line]

    return lines(inputs, params, logarithms)


ORACLES = {
    oracle.__name__: oracle
    for oracle in (
        relu,
        relu6,
        leaky_relu,
        prelu,
        rrelu,
        elu,
        selu,
        gelu,
        silu,
        softplus,
        sigmoid,
        tanh,
        hardsigmoid,
        hardswish,
        softmax,
        log_softmax,
    )
}
