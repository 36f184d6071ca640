"""Arrays seen channel by channel, in blocks small enough to stay in the processor's cache.

Work in float64 on a large float32 array costs little if no float64 copy of the whole is ever made: each
block is widened, worked on and rounded while it is at hand. Arrays are (before, C, after), and what
there is one of for each channel is (C, 1).
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import TypeAlias, TypeVar

import numpy as np

from engine.arrays import Array, Float
from engine.families.statistics import Statistics

_CELLS = 2**15
"""A quarter of a megabyte in float64, a few of which fit into the second cache."""

A = TypeVar("A", Array, Float)
Block: TypeAlias = "tuple[slice, slice]"


def by_channel(array: A, axis: int) -> A:
    """Return the array as (before, C, after), where the channels lie along ``axis``; a copy if need be."""
    shape = array.shape
    return array.reshape(prod(shape[:axis]), shape[axis], prod(shape[axis + 1 :]))


def widened(array: Array) -> Iterator[tuple[Block, Float]]:
    """Yield each block's place and its cells in float64, in room that the next block takes again."""
    before, channels, after = array.shape
    wide = max(1, min(channels, _CELLS // max(after, 1)))
    deep = max(1, min(before, _CELLS // max(wide * after, 1)))
    room = np.empty(deep * wide * after)
    for channel in range(0, channels, wide):
        for first in range(0, before, deep):
            block = slice(first, first + deep), slice(channel, channel + wide)
            read = array[block]
            cells = room[: read.size].reshape(read.shape)
            np.copyto(cells, read)
            yield block, cells


def measured(array: Array) -> Statistics:
    """Return mean and (biased) variance of each channel, in float64.

    In two passes, as ``engine.families.statistics.statistics`` does, and for the same reason.
    """
    channels = array.shape[1]
    count = array.shape[0] * array.shape[2]
    total, squares = np.zeros((channels, 1)), np.zeros((channels, 1))
    for (_, at), cells in widened(array):
        total[at] += _summed(cells)
    mean = total / max(count, 1)
    for (_, at), cells in widened(array):
        cells -= mean[at]
        squares[at] += _product(cells, cells)
    return Statistics(mean, squares / max(count, 1), squares, count)


def mapped_single(array: Float, mean: Float, scale: Float, bias: Float | None) -> Float:
    """Return (array - mean) * scale + bias, all in float32; for a mean that float32 holds.

    The mean is subtracted first, so that a large one takes no digits from a small spread.
    """
    mean, scale = mean.astype(np.float32), scale.astype(np.float32)
    bias = None if bias is None else bias.astype(np.float32)
    result = np.empty_like(array)
    wide = max(1, 4 * _CELLS // max(array.shape[0] * array.shape[2], 1))
    for first in range(0, array.shape[1], wide):
        at = slice(first, first + wide)
        cells = np.subtract(array[:, at], mean[at], out=result[:, at])
        cells *= scale[at]
        if bias is not None:
            cells += bias[at]
    return result


def mapped(
    array: Array,
    kind: np.dtype[np.floating],
    mean: Float,
    by: Float,
    weight: Float | None,
    bias: Float | None,
) -> Float:
    """Return (array - mean) / by * weight + bias, worked out in float64 and rounded once to ``kind``."""
    result = np.empty(array.shape, kind)
    for (before, at), cells in widened(array):
        cells -= mean[at]
        cells /= by[at]
        if weight is not None:
            cells *= weight[at]
        if bias is not None:
            cells += bias[at]
        result[before, at] = cells
    return result


def gradient_sums(array: Array, gradient: Float, mean: Float, by: Float) -> tuple[Float, Float]:
    """Return per channel the gradient added up, and the gradient times (array - mean) / by added up."""
    channels = array.shape[1]
    plain, weighed = np.zeros((channels, 1)), np.zeros((channels, 1))
    for ((_, at), cells), (_, sent) in zip(widened(array), widened(gradient), strict=True):
        cells -= mean[at]
        plain[at] += _summed(sent)
        weighed[at] += _product(cells, sent)
    return plain, weighed / by


def combined(array: Array, gradient: Float, mean: Float, factors: tuple[Float, Float, Float]) -> Float:
    """Return gradient * a + (array - mean) * b + c, where a, b and c are the ``factors``."""
    a, b, c = factors
    result = np.empty(gradient.shape, gradient.dtype)
    for ((before, at), cells), (_, sent) in zip(widened(array), widened(gradient), strict=True):
        cells -= mean[at]
        cells *= b[at]
        sent *= a[at]
        cells += sent
        cells += c[at]
        result[before, at] = cells
    return result


def scaled(gradient: Float, factor: Float) -> Float:
    """Return gradient * factor, in float64, rounded once to the gradient's type."""
    result = np.empty(gradient.shape, gradient.dtype)
    for (before, at), sent in widened(gradient):
        sent *= factor[at]
        result[before, at] = sent
    return result


def _summed(cells: Float) -> Float:
    """Return the sum of each channel of a block."""
    return np.asarray(cells.sum(axis=2).sum(axis=0))[:, None]


def _product(cells: Float, others: Float) -> Float:
    """Return the sum of cells * others of each channel of a block."""
    return np.asarray(np.einsum("ncx,ncx->nc", cells, others).sum(axis=0))[:, None]
