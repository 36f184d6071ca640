"""Padding as a gather, and its adjoint: the window law says which cell stands where."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.arrays import Array, Float
from engine.windows.window import WindowAxis


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
        if axis.padding_mode == "zeros" and axis.before + axis.size <= axis.reach:
            padded = padded[(*(slice(None),) * along, slice(axis.before, axis.before + axis.size))]
            continue
        moved = np.moveaxis(padded, along, 0)
        total = np.zeros((axis.size, *moved.shape[1:]), padded.dtype)
        if axis.padding_mode == "zeros":
            there, here = _inside(axis)
            total[here] = moved[there]
        else:
            np.add.at(total, axis.sources, moved)
        padded = np.moveaxis(total, 0, along)
    return padded


def _pad_axis(array: Array, axis: WindowAxis, along: int, fill: float) -> Array:
    whole = (slice(None),) * along
    if axis.before == 0 and axis.reach <= axis.size:
        return array[(*whole, slice(0, axis.reach))]
    if axis.padding_mode != "zeros":
        return array.take(axis.sources, axis=along)
    shape = (*array.shape[:along], axis.reach, *array.shape[along + 1 :])
    padded = np.full(shape, fill, dtype=array.dtype)
    there, here = _inside(axis)
    padded[(*whole, there)] = array[(*whole, here)]
    return padded


def _inside(axis: WindowAxis) -> tuple[slice, slice]:
    """Return where the input stands in the padded axis, and which of its cells those are."""
    first = min(axis.before, axis.reach)
    past = min(axis.before + axis.size, axis.reach)
    return slice(first, past), slice(0, past - first)
