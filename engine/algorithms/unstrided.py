"""The two ways back through a convolution of stride 1, as a few large matrix products.

Laid out in one row, a padded picture is read by kernel position (i, j) at the output's own place plus a
constant, i times the width plus j, if the outputs stand on the padded picture's grid, with 0 where there
is none. So no window is gathered: each position is a shift of the whole row. Pictures are taken a few
at a time, and positions too, so that what is in work stays in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import prod

import numpy as np

from engine.arrays import Array, Float, Shape
from engine.windows.window import WindowAxis

_CELLS = 2**17
"""Half a megabyte in float32: what is in work at a time, more or less."""


def fits(factors: Array, axes: Sequence[WindowAxis]) -> bool:
    """Tell whether these ways may be taken: a 0 must make nothing of every one of the ``factors``."""
    return all(axis.stride == 1 for axis in axes) and bool(np.isfinite(factors.sum(dtype=np.float64)))


def spread_back(
    outputs: Array, weight: Array, axes: Sequence[WindowAxis], kind: np.dtype[np.floating]
) -> Float:
    """Return the adjoint of ``slide`` by its input; shapes as in ``engine.algorithms.sliding.scatter``."""
    batch, groups = outputs.shape[:2]
    maps, channels = weight.shape[1:3]
    shifts, length, cells = _row(axes)
    # (G, positions, C, O), so that a run of positions is one matrix.
    bank = weight.reshape(groups, maps, channels, len(shifts)).transpose(0, 3, 2, 1).astype(kind, order="C")
    total = np.zeros((batch, groups, channels, cells), kind)
    for pictures in _runs(batch, groups * (channels + maps) * cells):
        grid = _on_grid(outputs[pictures], axes, kind)[..., :length]
        for some in _runs(len(shifts), len(grid) * groups * channels * length):
            matrix = bank[:, some].reshape(groups, -1, maps)
            shares = np.matmul(matrix, grid).reshape(*grid.shape[:2], -1, channels, length)
            for place, shift in enumerate(shifts[some]):
                total[pictures, :, :, shift : shift + length] += shares[:, :, place]
    return total.reshape(batch, groups, channels, *(axis.reach for axis in axes))


def gradient_by_kernels(
    padded: Array, outputs: Array, axes: Sequence[WindowAxis], kind: np.dtype[np.floating]
) -> Float:
    """Return the adjoint of ``slide`` by its weights; shapes as in ``sliding.kernel_gradient``."""
    batch, groups, channels = padded.shape[:3]
    maps = outputs.shape[2]
    shifts, length, cells = _row(axes)
    rows = padded.reshape(batch, groups, channels, cells)
    total = np.zeros((groups, maps, len(shifts), channels), kind)
    for pictures in _runs(batch, groups * (channels + maps) * cells):
        grid = _on_grid(outputs[pictures], axes, kind)[..., :length]
        read = rows[pictures]
        for some in _runs(len(shifts), len(grid) * groups * channels * length):
            chosen = shifts[some]
            shifted = np.empty((len(grid), groups, len(chosen), channels, length), kind)
            for place, shift in enumerate(chosen):
                shifted[:, :, place] = read[..., shift : shift + length]
            columns = shifted.reshape(len(grid), groups, -1, length).swapaxes(-1, -2)
            found = np.matmul(grid, columns).sum(axis=0)
            total[:, :, some] += found.reshape(groups, maps, len(chosen), channels)
    kernel = (axis.kernel for axis in axes)
    return np.ascontiguousarray(total.swapaxes(2, 3)).reshape(groups, maps, channels, *kernel)


def room(channels: int, maps: int, cells: int) -> int:
    """Return how many numbers ``spread_back`` holds besides what it is given and returns, at most.

    ``cells`` are those of a padded picture, ``channels`` and ``maps`` those of all groups.
    """
    return max(_CELLS, maps * cells) + 2 * max(_CELLS, channels * cells)


def _row(axes: Sequence[WindowAxis]) -> tuple[list[int], int, int]:
    """Return the shift of each kernel position, how long the rows are that are shifted, and of how much."""
    steps = [prod(axis.reach for axis in axes[place + 1 :]) for place in range(len(axes))]
    offsets = [range(0, axis.kernel * axis.dilation, axis.dilation) for axis in axes]
    shifts = [sum(map(_times, place, steps)) for place in product(*offsets)]
    cells = prod(axis.reach for axis in axes)
    return shifts, max(cells - max(shifts, default=0), 0), cells


def _times(offset: int, step: int) -> int:
    return offset * step


def _on_grid(outputs: Array, axes: Sequence[WindowAxis], kind: np.dtype[np.floating]) -> Float:
    """Return the outputs as rows of the padded picture, 0 beyond them, shape (N, G, O, cells)."""
    reaches: Shape = tuple(axis.reach for axis in axes)
    grid = np.zeros((*outputs.shape[:3], *reaches), kind)
    grid[(..., *(slice(axis.output) for axis in axes))] = outputs
    return grid.reshape(*outputs.shape[:3], prod(reaches))


def _runs(count: int, cells: int) -> Iterator[slice]:
    """Yield slices of ``count`` things of so many ``cells`` each, small enough to work on at once."""
    step = max(1, _CELLS // max(cells, 1))
    for first in range(0, count, step):
        yield slice(first, min(first + step, count))
