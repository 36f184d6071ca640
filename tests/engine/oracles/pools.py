"""Pooling from its definition: Lp, global, adaptive, and the way back from max pooling.

Windows are walked cell by cell in plain Python, for any number of axes; max and average pooling over
sliding windows are in ``windows``.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

Place = tuple[int, ...]


def per_axis(value: Any, axes: int) -> list[int]:
    """One number stands for every axis."""
    return list(value) if isinstance(value, (list, tuple)) else [value] * axes


def sides_of(padding: Any, sizes: Sequence[int], kernel, stride, dilation) -> list[tuple[int, int]]:
    """Cells of padding at both ends of each axis."""
    axes = len(sizes)
    found: list[tuple[int, int]] = []
    for at in range(axes):
        reach = (kernel[at] - 1) * dilation[at]
        if padding == "valid":
            found.append((0, 0))
        elif padding == "full":
            found.append((reach, reach))
        elif padding == "causal":
            found.append((reach, 0))
        elif padding == "same":
            missing = max(0, (math.ceil(sizes[at] / stride[at]) - 1) * stride[at] + reach + 1 - sizes[at])
            found.append((missing // 2, missing - missing // 2))
        else:
            numbers = per_axis(padding, axes)
            if len(numbers) == 1:
                numbers = numbers * axes
            pair = numbers[2 * at : 2 * at + 2] if len(numbers) == 2 * axes else [numbers[at]] * 2
            found.append((pair[0], pair[1]))
    return found


def starts_along(size: int, sides: tuple[int, int], kernel: int, stride: int, dilation: int, ceil: bool):
    """Where windows begin, counted in input cells."""
    before, after = sides
    extent = (kernel - 1) * dilation + 1
    found: list[int] = []
    start = -before
    while start + extent <= size + after or (
        ceil and start < size and start - stride + extent < size + after
    ):
        found.append(start)
        start += stride
    return found


def over_channels(
    array: np.ndarray, axes: int, sizes: Sequence[int], cell: Callable[[np.ndarray, Place], float]
):
    """Each output cell of each channel from that channel alone; ``sizes`` are the output's."""
    before = array.shape[: array.ndim - axes]
    output = np.zeros((*before, *sizes))
    for channel in itertools.product(*map(range, before)):
        for place in itertools.product(*map(range, sizes)):
            output[(*channel, *place)] = cell(array[channel], place)
    return output


def cells_in(array: np.ndarray, ranges: Sequence[Sequence[int]]) -> Iterator[float]:
    """The cells of a box, those outside left out; whole numbers stay Python's integers."""
    for place in itertools.product(*ranges):
        if all(0 <= at < size for at, size in zip(place, array.shape, strict=True)):
            yield array[place].item()


def total(values: Sequence[float]) -> float:
    """The sum, exact for whole numbers."""
    return sum(values) if all(isinstance(value, int) for value in values) else math.fsum(values)


def lp_pool(inputs: Mapping[str, np.ndarray], params: Mapping[str, Any], axes: int):
    """The p-th root of the sum, or mean, of |x|^p over each window."""
    array, power = inputs["input"], float(params["norm_type"])
    sizes = array.shape[array.ndim - axes :]
    kernel = per_axis(params["kernel_size"], axes)
    stride = per_axis(params.get("stride") or kernel, axes)
    dilation = per_axis(params.get("dilation", 1), axes)
    sides = sides_of(params.get("padding", 0), sizes, kernel, stride, dilation)
    ceil = params.get("ceil_mode", False)
    starts = [
        starts_along(sizes[at], sides[at], kernel[at], stride[at], dilation[at], ceil) for at in range(axes)
    ]

    def cell(channel: np.ndarray, place: Place) -> float:
        ranges = [
            [starts[at][place[at]] + step * dilation[at] for step in range(kernel[at])] for at in range(axes)
        ]
        powers = [abs(float(value)) ** power for value in cells_in(channel, ranges)]
        return (math.fsum(powers) / (len(powers) if params.get("mean") else 1)) ** (1 / power)

    return over_channels(array, axes, [len(found) for found in starts], cell)


def global_pool(inputs: Mapping[str, np.ndarray], axes: int, reduce: Callable[[list[float]], float]):
    """One number of all cells of each channel."""

    def cell(channel: np.ndarray, place: Place) -> float:
        return reduce(list(cells_in(channel, [range(size) for size in channel.shape])))

    return over_channels(inputs["input"], axes, [1] * axes, cell)


def mean(values: list[float]) -> float:
    """The arithmetic mean."""
    return total(values) / len(values)


def adaptive_avg_pool(inputs: Mapping[str, np.ndarray], params: Mapping[str, Any], axes: int):
    """The mean of cells floor(i n / o) up to, without it, ceil((i + 1) n / o)."""
    sizes = per_axis(params["output_size"], axes)

    def cell(channel: np.ndarray, place: Place) -> float:
        ranges = [
            range(i * n // o, -((-(i + 1) * n) // o))
            for i, n, o in zip(place, channel.shape, sizes, strict=True)
        ]
        return mean(list(cells_in(channel, ranges)))

    return over_channels(inputs["input"], axes, sizes, cell)


def max_unpool(inputs: Mapping[str, np.ndarray], params: Mapping[str, Any], axes: int):
    """Every value at the cell that its number says, 0 elsewhere."""
    array, indices = inputs["input"], inputs["indices"]
    kernel = per_axis(params["kernel_size"], axes)
    stride = per_axis(params.get("stride") or kernel, axes)
    sides = sides_of(params.get("padding", 0), array.shape[-axes:], kernel, stride, [1] * axes)
    sizes = per_axis(params.get("output_size"), axes)
    if sizes[0] is None:
        lengths = zip(array.shape[-axes:], sides, kernel, stride, strict=True)
        sizes = [(n - 1) * s - sum(ends) + k for n, ends, k, s in lengths]
    output = np.zeros((*array.shape[: array.ndim - axes], *sizes))
    numbers = dict(enumerate(itertools.product(*map(range, sizes))))
    for place in itertools.product(*map(range, array.shape)):
        output[(*place[: array.ndim - axes], *numbers[int(indices[place])])] = array[place]
    return output


def _of(axes: int):
    return {
        f"lp_pool{axes}d": lambda inputs, params: lp_pool(inputs, params, axes),
        f"global_avg_pool{axes}d": lambda inputs, params: global_pool(inputs, axes, mean),
        f"global_max_pool{axes}d": lambda inputs, params: global_pool(inputs, axes, max),
        f"adaptive_avg_pool{axes}d": lambda inputs, params: adaptive_avg_pool(inputs, params, axes),
        f"max_unpool{axes}d": lambda inputs, params: max_unpool(inputs, params, axes),
    }


ORACLES = {name: oracle for axes in (1, 2, 3) for name, oracle in _of(axes).items()}
