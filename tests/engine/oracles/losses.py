"""Losses, example by example; sums by ``math.fsum``."""

from __future__ import annotations

import itertools
import math

import numpy as np


def value_of(params, name, default):
    given = params.get(name)
    return default if given is None else given


def examples(inputs, params):
    """Yield each example's place, its scores and its class."""
    array, target = np.asarray(inputs["input"]), np.asarray(inputs["target"])
    axis = value_of(params, "channel_axis", 0 if array.ndim in (1, 3) else 1)
    for place in itertools.product(*map(range, target.shape)):
        line = [float(array[(*place[:axis], c, *place[axis:])]) for c in range(array.shape[axis])]
        yield place, line, int(target[place])


def weights_of(inputs, count):
    return [float(w) for w in inputs["weight"]] if "weight" in inputs else [1.0] * count


def joined(losses, shape, params, divisor):
    reduction = value_of(params, "reduction", "mean")
    if reduction == "none":
        return np.array(losses, np.float64).reshape(shape)
    total = math.fsum(losses)
    if reduction == "sum":
        return total
    return total / divisor if divisor else math.nan


def cross_entropy(inputs, params):
    target = np.asarray(inputs["target"])
    smoothing, ignored = value_of(params, "label_smoothing", 0.0), value_of(params, "ignore_index", -100)
    losses, divisors, probabilities = [], [], np.zeros(np.shape(inputs["input"]))
    axis = value_of(params, "channel_axis", 0 if probabilities.ndim in (1, 3) else 1)
    for place, scores, right in examples(inputs, params):
        weights, highest = weights_of(inputs, len(scores)), max(scores)
        powers = [math.exp(score - highest) for score in scores]
        logarithm = math.log(math.fsum(powers))
        for c, power in enumerate(powers):
            probabilities[(*place[:axis], c, *place[axis:])] = power / math.fsum(powers)
        if right == ignored:
            losses.append(0.0)
            continue
        minus_logs = [logarithm - (score - highest) for score in scores]
        own = weights[right] * minus_logs[right]
        spread = math.fsum(w * m for w, m in zip(weights, minus_logs, strict=True)) / len(scores)
        losses.append((1 - smoothing) * own + (smoothing * spread if smoothing else 0))
        divisors.append(weights[right])
    return {
        "output": joined(losses, target.shape, params, math.fsum(divisors)),
        "probabilities": probabilities,
        "losses": np.array(losses, np.float64).reshape(target.shape),
    }


def multi_margin_loss(inputs, params):
    target, losses, classes = np.asarray(inputs["target"]), [], 1
    for _, scores, right in examples(inputs, params):
        weight = weights_of(inputs, len(scores))[right]
        hinges = [
            max(0.0, value_of(params, "margin", 1.0) + (score - scores[right])) ** value_of(params, "p", 1)
            for c, score in enumerate(scores)
            if c != right
        ]
        classes = len(scores) if value_of(params, "divide_by_classes", True) else 1
        losses.append(weight * math.fsum(hinges))
    if value_of(params, "reduction", "mean") == "mean":
        return joined(losses, target.shape, params, len(losses) * classes)
    return np.asarray(joined(losses, target.shape, params, 1)) / classes


def mse_loss(inputs, params):
    one, two = np.asarray(inputs["input"]), np.asarray(inputs["target"])
    pairs = zip(one.reshape(-1).tolist(), two.reshape(-1).tolist(), strict=True)
    squares = [(a - b) ** 2 for a, b in pairs]
    return joined(squares, one.shape, params, len(squares))


ORACLES = {"cross_entropy": cross_entropy, "multi_margin_loss": multi_margin_loss, "mse_loss": mse_loss}
