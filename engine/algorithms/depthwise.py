"""Cross-correlation of each channel by itself, all channels at once.

With a kernel for each channel there is no sum over channels that a matrix product could do. So the
input is laid out with the channels next to each other, and for every kernel position one
multiplication and one addition do a stretch of cells in all channels.
"""

from __future__ import annotations

from math import prod

import numpy as np

from engine.arrays import Array, Float

_CELLS_AT_ONCE = 2**16
"""Rows of output are summed in parts of about so many cells, which stay in a processor's own memory."""


def correlate_channels(
    padded: Array, weight: Float, stride: tuple[int, int], dilation: tuple[int, int], output: tuple[int, int]
) -> Float:
    """Return the cross-correlation in the type of ``weight``, groups being channels.

    Shapes: padded (N, G, 1, H, W), weight (G, O, 1, kh, kw) to (N, G, O, *output).
    """
    batch, groups = padded.shape[:2]
    rows, columns = output
    result = np.empty((batch, groups, weight.shape[1], *output), weight.dtype)
    kernels = np.ascontiguousarray(weight[:, :, 0].transpose(1, 2, 3, 0))
    deep = max(_CELLS_AT_ONCE // (rows * columns * groups), 1)
    wide = max(min(_CELLS_AT_ONCE // (columns * groups), rows), 1)
    sums = np.empty((2, min(deep, batch), wide, columns, groups), weight.dtype)
    for picture in range(0, batch, deep):
        read = padded[picture : picture + deep, :, 0]
        cells = np.ascontiguousarray(read.transpose(0, 2, 3, 1), weight.dtype)
        for first in range(0, rows, wide):
            room = sums[:, : len(cells), : rows - first]
            for number, kernel in enumerate(kernels):
                total = _sum(cells[:, first * stride[0] :], kernel, stride, dilation, room)
                given = result[picture : picture + deep, :, number, first : first + wide]
                given[...] = total.transpose(0, 3, 1, 2)
    return result


def channels_memory(batch: int, groups: int, reaches: tuple[int, int], output: tuple[int, int]) -> int:
    """Return the numbers held at once beside input, kernels and output."""
    deep = max(_CELLS_AT_ONCE // (groups * prod(output)), 1)
    sums = min(batch * groups * prod(output), max(_CELLS_AT_ONCE, groups * output[1]))
    return min(deep, batch) * groups * prod(reaches) + 2 * sums


def _sum(
    cells: Float, kernel: Float, stride: tuple[int, int], dilation: tuple[int, int], sums: Float
) -> Float:
    """Sum shifted cells (N, H, W, G) times the kernel's entries (kh, kw, G) into the first of ``sums``."""
    total, share = sums
    rows, columns = total.shape[1:3]
    for row in range(kernel.shape[0]):
        for column in range(kernel.shape[1]):
            top, left = row * dilation[0], column * dilation[1]
            read = cells[
                :,
                top : top + (rows - 1) * stride[0] + 1 : stride[0],
                left : left + (columns - 1) * stride[1] + 1 : stride[1],
            ]
            if row == column == 0:
                np.multiply(read, kernel[0, 0], out=total)
            else:
                total += np.multiply(read, kernel[row, column], out=share)
    return total
