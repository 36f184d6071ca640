"""Pictures changed at random, in ways that leave them what they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Array


@dataclass(frozen=True)
class Augmentation:
    """What is done to each training picture, drawn anew every time.

    ``flip``: left and right change places for half of them. ``shift``: up to so many cells up or down
    and left or right; what comes in is 0. ``erase``: with this probability a rectangle of at most
    ``erased`` of each side is filled with one level, drawn too (Zhong et al., "Random erasing data
    augmentation", 2020).
    """

    flip: bool = False
    shift: int = 0
    erase: float = 0.0
    erased: float = 0.5

    def __call__(self, pictures: Array, rng: np.random.Generator) -> Array:
        """Return pictures (N, H, W) of 0..255, changed; those given stay as they are."""
        if self.flip:
            pictures = _flipped(pictures, rng)
        if self.shift:
            pictures = _shifted(pictures, self.shift, rng)
        if self.erase:
            pictures = _erased(pictures, self.erase, self.erased, rng)
        return pictures


def _flipped(pictures: Array, rng: np.random.Generator) -> Array:
    chosen = rng.random(len(pictures)) < 0.5
    return np.where(chosen[:, None, None], pictures[:, :, ::-1], pictures)


def _shifted(pictures: Array, most: int, rng: np.random.Generator) -> Array:
    count, height, width = pictures.shape
    down, right = rng.integers(0, 2 * most + 1, (2, count), np.int64)
    padded = np.pad(pictures, [(0, 0), (most, most), (most, most)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, (height, width), axis=(1, 2))
    return windows[np.arange(count), down, right]


def _erased(pictures: Array, part: float, most: float, rng: np.random.Generator) -> Array:
    count, height, width = pictures.shape
    chosen = np.asarray(rng.random(count) < part, np.bool_)[:, None, None]
    rows, columns = _drawn(count, height, most, rng), _drawn(count, width, most, rng)
    inside = chosen & rows[:, :, None] & columns[:, None, :]
    levels = rng.integers(0, 256, count, np.uint8).astype(pictures.dtype)
    return np.where(inside, levels[:, None, None], pictures)


def _drawn(count: int, size: int, most: float, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Return for each picture a stretch of at most ``most`` of an axis, True inside, shape (count, size)."""
    length = rng.integers(1, max(int(most * size), 1) + 1, count, np.int64)
    first = np.multiply(rng.random(count), size - length + 1).astype(np.int64)
    place = np.arange(size, dtype=np.int64)
    return (place >= first[:, None]) & (place < (first + length)[:, None])
