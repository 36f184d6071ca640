"""Cross-correlation as one matrix product: what each window covers, laid out as a column ("im2col").

For many maps at once: the kernels are the rows of a matrix as they are, the product is the maps as
they are wanted, and where a kernel has one entry nothing is laid out at all. Source: Chellapilla,
Puri, Simard, "High performance convolutional neural networks for document processing", 2006.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

import numpy as np

from engine.arrays import Array, Float, Shape

_CELLS_AT_ONCE = 2**18
"""Windows are laid out in parts of about so many cells, which stay in a processor's own memory."""


def correlate_columns(
    padded: Array, weight: Float, stride: tuple[int, int], dilation: tuple[int, int], output: tuple[int, int]
) -> Float:
    """Return the cross-correlation in the type of ``weight``; shapes as ``correlation`` has them."""
    batch, groups = padded.shape[:2]
    maps, cells, window = weight.shape[1], prod(output), prod(weight.shape[2:])
    kernels = weight.reshape(groups, maps, window)
    if weight.shape[3:] == stride == (1, 1):
        flat = padded.astype(weight.dtype, copy=False).reshape(batch, groups, window, cells)
        return np.matmul(kernels, flat).reshape(batch, groups, maps, *output)
    windows = _windows(padded, weight.shape[3:], stride, dilation, output)
    result = np.empty((batch, groups, maps, cells), weight.dtype)
    for pictures, rows in _parts(windows.shape):
        read = windows[pictures, ..., rows, :]
        laid = np.empty(read.shape, weight.dtype)
        laid[...] = read
        wanted = slice(rows.start * output[1], rows.stop * output[1])
        columns = laid.reshape(len(read), groups, window, wanted.stop - wanted.start)
        np.matmul(kernels, columns, out=result[pictures, ..., wanted])
    return result.reshape(batch, groups, maps, *output)


def columns_memory(batch: int, cells: int, output: tuple[int, int]) -> int:
    """Return the numbers held at once in columns; ``cells`` of a window over all channels of all groups."""
    return min(batch * cells * prod(output), max(_CELLS_AT_ONCE, cells * output[1]))


def _windows(
    padded: Array, kernel: Shape, stride: tuple[int, int], dilation: tuple[int, int], output: tuple[int, int]
) -> Array:
    """Return a view of all windows, shape (N, G, C, kh, kw, *output)."""
    steps = padded.strides
    return np.lib.stride_tricks.as_strided(
        padded,
        (*padded.shape[:3], *kernel, *output),
        (
            *steps[:3],
            *(step * apart for step, apart in zip(steps[3:], dilation, strict=True)),
            *(step * apart for step, apart in zip(steps[3:], stride, strict=True)),
        ),
        writeable=False,
    )


def _parts(windows: Shape) -> Iterator[tuple[slice, slice]]:
    """Yield which pictures and which rows of output to lay out together."""
    batch, *_, rows, columns = windows
    row = prod(windows[1:-2]) * columns
    rows_at_once = min(max(_CELLS_AT_ONCE // max(row, 1), 1), rows)
    at_once = max(_CELLS_AT_ONCE // max(row * rows, 1), 1)
    for picture in range(0, batch, at_once):
        for first in range(0, rows, rows_at_once):
            yield slice(picture, picture + at_once), slice(first, min(first + rows_at_once, rows))
