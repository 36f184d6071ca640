"""The logistic function and its derivative, without overflow and without cancellation."""

from __future__ import annotations

import numpy as np

from engine.arrays import Float


def logistic(x: Float) -> Float:
    """Return 1 / (1 + exp(-x)), accurate relative to itself at both ends."""
    # exp(x) / (1 + exp(x)) below 0, and 1 / (1 + exp(-x)) above: neither exponential is of a number above 0.
    return np.exp(np.minimum(x, 0)) / (1 + np.exp(-np.abs(x)))


def logistic_slope(x: Float) -> Float:
    """Return the derivative, s (1 - s); 1 - s itself would cancel where s is nearly 1."""
    small = np.exp(-np.abs(x))
    return small / (1 + small) ** 2
