"""Cross-correlation of a padded input with a bank of kernels.

There are three ways, and the sizes choose. Many maps: each window is a column of a matrix
(columns.py). Many channels, each with kernels of its own: all channels at once (depthwise.py).
Few maps, as of a single kernel over a picture: bands, as follows.

A row of T neighbouring outputs reads a stretch of L = (T-1) s + d (k-1) + 1 input
cells, so for one kernel row it is that stretch times a banded (Toeplitz) matrix of
L x T weights. With the channels laid side by side in the stretch, and all output
channels side by side in the band, one batched product per kernel row does the whole
map, without a loop over pixels or channels. T trades wasted zeros (L / k) against
the width of the product.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import numpy as np

from engine.algorithms.columns import columns_memory, correlate_columns
from engine.algorithms.depthwise import channels_memory, correlate_channels
from engine.arrays import EXACT_IN_SINGLE, Array, Float, Shape, is_whole, largest
from engine.windows.window import WindowAxis

_BAND_WIDTH = 16
_WEIGHTS_AT_ONCE = 2**18
_CHANNELS = 8
"""From so many on, channels with kernels of their own are done all at once."""


def work_type(
    array: Array, weight: Array, channels: int = 1, bias: Array | None = None
) -> np.dtype[np.floating]:
    """Return the float type in which to sum the products of ``array`` and ``weight`` (O, ...).

    Whole numbers take the smallest type that holds every partial sum exactly, in
    whatever order it is summed; other numbers take the wider type of the two.
    ``channels``: over how many channels each kernel repeats.
    """
    floats = [a.dtype for a in (array, weight) if a.dtype.kind == "f"]
    given = np.result_type(np.float32, *floats)
    if given == np.float64 or not (is_whole(weight) and is_whole(array)):
        return np.dtype(given)
    bound = largest(array) * _most(weight) * channels + (0 if bias is None else largest(bias))
    return np.dtype(np.float32 if bound <= EXACT_IN_SINGLE else np.float64)


def _most(weight: Array) -> float:
    """Return the largest sum of magnitudes of an output's weights (O, ...), found a few outputs at a time."""
    most, step = 0.0, outputs_at_once(weight.shape)
    for first in range(0, len(weight), step):
        part = np.abs(weight[first : first + step].astype(np.float64))
        most = max(most, float(part.reshape(len(part), -1).sum(axis=1).max(initial=0)))
    return most


def outputs_at_once(shape: Shape) -> int:
    """Return how many outputs' weights, of (O, ...), to copy at once."""
    return max(_WEIGHTS_AT_ONCE // max(prod(shape[1:]), 1), 1)


def correlate(
    padded: Array,
    weight: Array,
    stride: tuple[int, int],
    dilation: tuple[int, int],
    output: tuple[int, int],
    kind: np.dtype[np.floating],
) -> Float:
    """Return the cross-correlation, summed in ``kind``.

    Shapes: padded (N, G, C, H, W), weight (G, O, C, kh, kw) to (N, G, O, *output),
    where G are the groups and ``output`` the sizes that the window law gives.
    """
    weight = weight.astype(kind, copy=False)
    groups, outputs = weight.shape[:2]
    if _by_channel(groups, weight.shape[2]):
        return correlate_channels(padded, weight, stride, dilation, output)
    rows, columns = output
    width = _width(outputs, columns)
    if width == 1:
        return correlate_columns(padded, weight, stride, dilation, output)
    if padded.dtype.kind == "f" and not np.isfinite(padded).all():
        return _shifted(padded, weight, stride, dilation, output)
    band = _band(weight, width, stride[1], dilation[1])
    stretches = _stretches(padded, band.shape[-2] // padded.shape[2], width * stride[1], columns, width, kind)
    total = None
    for row in range(weight.shape[3]):
        first = row * dilation[0]
        read = stretches[..., first : first + (rows - 1) * stride[0] + 1 : stride[0], :]
        product = np.matmul(read, band[row])
        total = product if total is None else np.add(total, product, out=total)
    assert total is not None
    # (N, G, blocks, rows, O * T) to (N, G, O, rows, blocks * T)
    batch, blocks = total.shape[0], total.shape[2]
    total = total.reshape(batch, groups, blocks, rows, outputs, width).transpose(0, 1, 4, 3, 2, 5)
    return total.reshape(batch, groups, outputs, rows, blocks * width)[..., :columns]


def _by_channel(groups: int, channels: int) -> bool:
    return channels == 1 and groups >= _CHANNELS


def _width(outputs: int, columns: int) -> int:
    """Return how many neighbouring outputs of a row share a band."""
    return max(1, min(_BAND_WIDTH // outputs, columns))


def memory(shape: Shape, maps: int, groups: int, axes: Sequence[WindowAxis], *, summed: bool) -> int:
    """Return the bytes that ``correlate`` needs at most, in float64, for (N, C, H, W) and its padded copy.

    Never less than for fewer maps, though a narrower band may be cheaper: what is allowed must have no holes.
    """
    per_group = max(maps // groups, 1)
    # Of the counts that share a width of band, the largest needs most.
    fewer = {per_group, *(min(_BAND_WIDTH // width, per_group) for width in range(1, _BAND_WIDTH + 1))}
    return max(_memory(shape, count * groups, groups, axes, summed=summed) for count in fewer)


def _memory(shape: Shape, maps: int, groups: int, axes: Sequence[WindowAxis], *, summed: bool) -> int:
    channels = 1 if summed else shape[-3]
    batch = shape[0] if len(shape) == 4 else 1
    output, reaches = (axes[0].output, axes[1].output), (axes[0].reach, axes[1].reach)
    given = batch * channels * (shape[-2] * shape[-1] + prod(reaches))
    kernels = maps * max(channels // groups, 1) * axes[0].kernel * axes[1].kernel
    if _by_channel(groups, channels // groups):
        held = channels_memory(batch, groups, reaches, output)
        return 8 * (given + 2 * kernels + held + 2 * batch * maps * prod(output))
    width = _width(max(maps // groups, 1), axes[1].output)
    if width == 1:
        held = columns_memory(batch, channels * axes[0].kernel * axes[1].kernel, output)
        return 8 * (given + 2 * kernels + held + 2 * batch * maps * prod(output))
    stretch = (width - 1) * axes[1].stride + axes[1].extent
    blocks = -(-axes[1].output // width)
    copies = channels * (shape[-2] * shape[-1] + axes[0].reach * (2 * axes[1].reach + blocks * stretch))
    band = axes[0].kernel * max(channels // groups, 1) * stretch * maps * width
    return 8 * (batch * (copies + 3 * maps * axes[0].output * blocks * width) + 2 * band)


def _band(weight: Float, width: int, stride: int, dilation: int) -> Float:
    """Lay the kernels out as band matrices, shape (kh, G, 1, C * L, O * width)."""
    groups, outputs, channels, height, columns = weight.shape
    stretch = (width - 1) * stride + dilation * (columns - 1) + 1
    band = np.zeros((height, groups, channels, stretch, outputs, width), weight.dtype)
    for column in range(columns):
        place = np.arange(width)
        band[:, :, :, place * stride + column * dilation, :, place] = weight[..., column].transpose(
            3, 0, 2, 1
        )
    return band.reshape(height, groups, 1, channels * stretch, outputs * width)


def _stretches(
    padded: Array, stretch: int, step: int, columns: int, width: int, kind: np.dtype[np.floating]
) -> Float:
    """Cut each row into overlapping stretches, shape (N, G, blocks, H, C * stretch)."""
    blocks = -(-columns // width)
    batch, groups, channels, height, size = padded.shape
    missing = (blocks - 1) * step + stretch - size
    if missing > 0:
        padded = np.pad(padded, [(0, 0)] * 4 + [(0, missing)])
    view = np.lib.stride_tricks.sliding_window_view(padded, stretch, axis=-1)[
        ..., : (blocks - 1) * step + 1 : step, :
    ]
    cut = np.empty((batch, groups, blocks, height, channels, stretch), kind)
    cut[...] = view.transpose(0, 1, 4, 3, 2, 5)
    return cut.reshape(batch, groups, blocks, height, channels * stretch)


def _shifted(
    padded: Array,
    weight: Float,
    stride: tuple[int, int],
    dilation: tuple[int, int],
    output: tuple[int, int],
) -> Float:
    """Sum shifted inputs, one kernel position at a time.

    A band multiplies cells that a window does not read by 0, which is no longer
    nothing when such a cell is infinite; here each output meets its own cells only.
    """
    total = np.zeros((padded.shape[0], *weight.shape[:2], *output), weight.dtype)
    for row in range(weight.shape[3]):
        for column in range(weight.shape[4]):
            top, left = row * dilation[0], column * dilation[1]
            read = padded[
                ...,
                top : top + (output[0] - 1) * stride[0] + 1 : stride[0],
                left : left + (output[1] - 1) * stride[1] + 1 : stride[1],
            ]
            total += np.einsum("ngchw,goc->ngohw", read, weight[..., row, column])
    return total
