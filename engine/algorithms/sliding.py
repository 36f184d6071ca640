"""Kernels sliding along one, two or three axes, and the two ways back.

``slide`` is the cross-correlation; ``scatter`` its adjoint by the input (the transposed
convolution) and ``kernel_gradient`` its adjoint by the weights. ``reduce_windows`` needs no
kernel, and ``share`` is the adjoint of its sum. Loops run over kernel
positions, never over cells or channels. Source: Dumoulin and Visin, "A guide to convolution
arithmetic for deep learning", 2016, chapter 4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from math import prod

import numpy as np

from engine.algorithms.correlation import correlate, memory
from engine.algorithms.unstrided import fits, gradient_by_kernels, spread_back
from engine.arrays import Array, Float, Shape
from engine.windows.window import WindowAxis

_ONE_ROW = WindowAxis("height", 1)


def slide(padded: Array, weight: Array, axes: Sequence[WindowAxis], kind: np.dtype[np.floating]) -> Float:
    """Return the cross-correlation, summed in ``kind``.

    Shapes: padded (N, G, C, *reaches), weight (G, O, C, *kernel) to (N, G, O, *outputs).
    """
    match len(axes):
        case 1:
            return _planes(padded[..., None, :], weight[..., None, :], (_ONE_ROW, *axes), kind)[..., 0, :]
        case 2:
            return _planes(padded, weight, axes, kind)
        case _:
            return _volumes(padded, weight, axes, kind)


def _planes(padded: Array, weight: Array, axes: Sequence[WindowAxis], kind: np.dtype[np.floating]) -> Float:
    rows, columns = axes
    stride, dilation = (rows.stride, columns.stride), (rows.dilation, columns.dilation)
    return correlate(padded, weight, stride, dilation, (rows.output, columns.output), kind)


def _volumes(padded: Array, weight: Array, axes: Sequence[WindowAxis], kind: np.dtype[np.floating]) -> Float:
    """Sum over the planes of the kernels; the planes of the volume are a batch of pictures."""
    depth = axes[0]
    batch = padded.shape[0]
    total: Float | None = None
    for place in range(depth.kernel):
        read = padded[:, :, :, _stops(depth, place)]
        planes = np.moveaxis(read, 3, 1).reshape(batch * depth.output, *read.shape[1:3], *read.shape[4:])
        found = _planes(planes, weight[:, :, :, place], axes[1:], kind)
        total = found if total is None else np.add(total, found)
    assert total is not None
    return np.moveaxis(total.reshape(batch, depth.output, *total.shape[1:]), 1, 3)


def _stops(axis: WindowAxis, place: int) -> slice:
    """Return where kernel position ``place`` stands in the padded input, for every output."""
    first = place * axis.dilation
    return slice(first, first + (axis.output - 1) * axis.stride + 1, axis.stride)


def positions(axes: Sequence[WindowAxis]) -> Iterator[tuple[tuple[int, ...], tuple[slice, ...]]]:
    """Yield each kernel position and the padded cells it stands on, for every output."""
    for place in product(*(range(axis.kernel) for axis in axes)):
        yield place, tuple(_stops(axis, at) for axis, at in zip(axes, place, strict=True))


def scatter(outputs: Array, weight: Array, axes: Sequence[WindowAxis], kind: np.dtype[np.floating]) -> Float:
    """Return the adjoint of ``slide`` by its input: each output's share goes where it was read.

    Shapes: outputs (N, G, O, *outputs), weight (G, O, C, *kernel) to (N, G, C, *reaches).
    """
    if fits(weight, axes):
        return spread_back(outputs, weight, axes, kind)
    batch, groups = outputs.shape[:2]
    channels = weight.shape[2]
    flat = outputs.reshape(*outputs.shape[:3], prod(outputs.shape[3:])).astype(kind, copy=False)
    turned = np.moveaxis(weight, 1, 2).astype(kind, copy=False)
    total = np.zeros((batch, groups, channels, *(axis.reach for axis in axes)), kind)
    for place, stops in positions(axes):
        share = np.matmul(turned[(slice(None), slice(None), slice(None), *place)], flat)
        total[(..., *stops)] += share.reshape(batch, groups, channels, *outputs.shape[3:])
    return total


def kernel_gradient(
    padded: Array, outputs: Array, axes: Sequence[WindowAxis], kind: np.dtype[np.floating]
) -> Float:
    """Return the adjoint of ``slide`` by its weights.

    Shapes: padded (N, G, C, *reaches), outputs (N, G, O, *outputs) to (G, O, C, *kernel).
    """
    if fits(padded, axes):
        return gradient_by_kernels(padded, outputs, axes, kind)
    groups, channels, maps = padded.shape[1], padded.shape[2], outputs.shape[2]
    cells = outputs.shape[0] * prod(outputs.shape[3:])
    flat = outputs.transpose(1, 2, 0, *range(3, outputs.ndim)).reshape(groups, maps, cells)
    flat = flat.astype(kind, copy=False)
    total = np.empty((groups, maps, channels, *(axis.kernel for axis in axes)), kind)
    for place, stops in positions(axes):
        read = padded[(..., *stops)]
        columns = read.transpose(1, 0, *range(3, read.ndim), 2).reshape(groups, cells, channels)
        total[(..., *place)] = np.matmul(flat, columns.astype(kind, copy=False))
    return total


def slide_memory(shape: Shape, maps: int, groups: int, axes: Sequence[WindowAxis], *, summed: bool) -> int:
    """Return the bytes that ``slide`` needs at most for an input of (C, ...) or (N, C, ...)."""
    batch = shape[0] if len(shape) == len(axes) + 2 else 1
    channels, sizes = shape[-1 - len(axes)], shape[-len(axes) :]
    if len(axes) == 1:
        return memory((batch, channels, 1, *sizes), maps, groups, (_ONE_ROW, *axes), summed=summed)
    if len(axes) == 2:
        return memory(shape, maps, groups, axes, summed=summed)
    planes = batch * axes[0].output
    volume = 8 * batch * (channels * prod(axis.reach for axis in axes) + channels * prod(sizes))
    return volume + memory((planes, channels, *sizes[1:]), maps, groups, axes[1:], summed=summed)


def reduce_windows(
    padded: Array, axes: Sequence[WindowAxis], combine: Callable[[Array, Array], Array]
) -> Array:
    """Combine the cells of every window, the first axis first: its rows lie in one piece.

    Shapes: (..., *reaches) to (..., *outputs). ``combine`` must not care about order; the
    window being a box, each axis is reduced by itself.
    """
    for place in range(len(axes)):
        axis = axes[place]
        whole = (slice(None),) * (padded.ndim - len(axes) + place)
        reduced: Array | None = None
        for _, (stops,) in positions([axis]):
            read = padded[(*whole, stops)]
            reduced = read if reduced is None else combine(reduced, read)
        assert reduced is not None
        padded = reduced
    return padded


def share(each: Float, axes: Sequence[WindowAxis]) -> Float:
    """Return the adjoint of the sum over windows: every cell gets what its windows have, added up.

    Shapes: (..., *outputs) to (..., *reaches), still padded.
    """
    for place in range(len(axes)):
        axis = axes[place]
        along = each.ndim - len(axes) + place
        whole = (slice(None),) * along
        spread = np.zeros((*each.shape[:along], axis.reach, *each.shape[along + 1 :]), each.dtype)
        for _, (stops,) in positions([axis]):
            spread[(*whole, stops)] += each
        each = spread
    return each
