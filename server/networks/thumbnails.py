"""Maps made small: every cell of a thumbnail is the mean of the area that it covers."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Array


def thumbnails(maps: Array, side: int) -> Array:
    """Return maps (k, H, W) with at most ``side`` cells along each axis, in the same proportions."""
    _, height, width = maps.shape
    longest = max(height, width)
    if longest <= side:
        return maps
    rows, columns = (max(1, round(one * side / longest)) for one in (height, width))
    narrow = maps @ _means(width, columns).T
    small = _means(height, rows) @ narrow
    # Rounding must not give a map of one number a pattern.
    ends = maps.min(axis=(1, 2), keepdims=True), maps.max(axis=(1, 2), keepdims=True)
    return np.clip(small, *ends)


@lru_cache(maxsize=256)
def _means(size: int, cells: int) -> NDArray[np.float32]:
    """Return how much of each of ``size`` numbers goes into each of ``cells`` means of as long a stretch."""
    edges = np.linspace(0, size, cells + 1)
    place = np.arange(size)
    covered = np.minimum(edges[1:, None], place + 1) - np.maximum(edges[:-1, None], place)
    return (covered.clip(0) * (cells / size)).astype(np.float32)
