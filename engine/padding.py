"""Padding as a gather, and its adjoint: the window law says which cell stands where."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.arrays import Array, Float
from engine.axis import OUTSIDE
from engine.window import WindowAxis


def pad(array: Array, axes: Sequence[WindowAxis], fill: float = 0) -> Array:
    """Return ``array`` with its last ``len(axes)`` axes padded, and cut to what windows read.

    Shapes: (..., *sizes) to (..., *reaches). ``fill`` stands where the law says
    padding; the array's dtype is kept, so ``fill`` must be one of its values.
    """
    for place, axis in enumerate(axes):
        along = array.ndim - len(axes) + place
        array = _pad_axis(array, axis, along, fill)
    return array


def unpad(padded: Float, axes: Sequence[WindowAxis]) -> Float:
    """Return the adjoint of ``pad``: what stands on copies of a cell is added up in that cell.

    Shapes: (..., *reaches) to (..., *sizes).
    """
    for place, axis in enumerate(axes):
        along = padded.ndim - len(axes) + place
        sources = axis.sources
        inside = np.flatnonzero(sources != OUTSIDE)
        moved = np.moveaxis(padded, along, 0)
        total = np.zeros((axis.size, *moved.shape[1:]), padded.dtype)
        if axis.padding_mode == "zeros":
            total[sources[inside]] = moved[inside]
        else:
            np.add.at(total, sources[inside], moved[inside])
        padded = np.moveaxis(total, 0, along)
    return padded


def _pad_axis(array: Array, axis: WindowAxis, along: int, fill: float) -> Array:
    sources = axis.sources
    whole = (slice(None),) * along
    if axis.before == 0 and axis.reach <= axis.size:
        return array[(*whole, slice(0, axis.reach))]
    if axis.padding_mode != "zeros":
        return array.take(sources, axis=along)
    inside = np.flatnonzero(sources != OUTSIDE)
    shape = (*array.shape[:along], axis.reach, *array.shape[along + 1 :])
    padded = np.full(shape, fill, dtype=array.dtype)
    if inside.size:
        there = slice(int(inside[0]), int(inside[-1]) + 1)
        here = slice(int(sources[inside[0]]), int(sources[inside[-1]]) + 1)
        padded[(*whole, there)] = array[(*whole, here)]
    return padded
