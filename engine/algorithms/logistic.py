"""The logistic function and its derivative, without overflow and without cancellation."""

from __future__ import annotations

import numpy as np

from engine.arrays import Float


def logistic(x: Float) -> Float:
    """Return 1 / (1 + exp(-x)), accurate relative to itself at both ends."""
    small = np.exp(-np.abs(x))
    return np.where(x < 0, small, 1) / (1 + small)


def logistic_slope(x: Float) -> Float:
    """Return the derivative, s (1 - s); 1 - s itself would cancel where s is nearly 1."""
    small = np.exp(-np.abs(x))
    return small / (1 + small) ** 2
