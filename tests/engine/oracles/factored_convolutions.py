"""Oracles of the convolution's kin: transposed, spatially separable, depthwise separable.

Written from the definitions: a transposed convolution puts the kernel down at every input cell; a
separable one is the convolution with the kernel that its terms make up; a depthwise separable one is
two convolutions.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from tests.engine.oracles.windows import per_axis, sources, times, total, windows

Inputs = Mapping[str, np.ndarray]
Params = Mapping[str, Any]


def each_picture(picture_of, inputs: Inputs, params: Params, dims: int):
    """What an oracle of one picture says of each picture of a batch."""
    if inputs["input"].ndim == dims + 1:
        return picture_of(inputs, params)
    return [picture_of({**inputs, "input": picture}, params) for picture in inputs["input"]]


def finished(numbers: Sequence[int | float], divisor: int | float, bias: int | float) -> int | float:
    """The sum of the products, divided, plus bias."""
    found = total(numbers)
    quotient = found if divisor == 1 else found / divisor
    return quotient + bias if bias else quotient


def per_map(values: np.ndarray | None, maps: int, usual: int) -> list[int | float]:
    """One number for each map; shorter lists repeat."""
    listed = [usual] if values is None else values.reshape(-1).tolist()
    return [listed[number % len(listed)] for number in range(maps)]


def cut_of(padding: Any, dims: int) -> list[int]:
    """Cells cut before each axis and after it, one pair after another."""
    if padding is None or padding == "valid":
        return [0] * 2 * dims
    if isinstance(padding, (list, tuple)) and len(padding) == 2 * dims:
        return list(padding)
    return [cells for axis in per_axis(padding, dims) for cells in (axis, axis)]


def conv_transpose(inputs: Inputs, params: Params, dims: int):
    """Every input cell puts down the kernels of its group, times its value."""
    return each_picture(partial(_transposed_picture, dims=dims), inputs, params, dims)


def _transposed_picture(inputs: Inputs, params: Params, dims: int):
    picture, weight = inputs["input"], inputs["weight"]
    groups = int(params.get("groups") or 1)
    stride, dilation, more = (
        per_axis(params.get(name, usual), dims)
        for name, usual in (("stride", 1), ("dilation", 1), ("output_padding", 0))
    )
    cut = cut_of(params.get("padding"), dims)
    kernel, sizes = weight.shape[-dims:], picture.shape[1:]
    channels = picture.shape[0]
    full = weight.ndim == dims + 2
    flat = weight if full else weight.reshape(-1, *kernel)
    per_group = weight.shape[1] if full else len(flat)
    maps = per_group * groups
    output = [
        (sizes[a] - 1) * stride[a] + (kernel[a] - 1) * dilation[a] + 1 - cut[2 * a] - cut[2 * a + 1] + more[a]
        for a in range(dims)
    ]
    shares: dict[tuple[int, ...], list] = {}
    for c, *cell in itertools.product(range(channels), *map(range, sizes)):
        group = c // (channels // groups)
        value = picture[(c, *cell)].item()
        for k, *entry in itertools.product(range(per_group), *map(range, kernel)):
            at = tuple(cell[a] * stride[a] + entry[a] * dilation[a] - cut[2 * a] for a in range(dims))
            one = flat[(c, k, *entry)] if full else flat[(k, *entry)]
            shares.setdefault((group * per_group + k, *at), []).append(times(value, one.item()))
    biases = per_map(inputs.get("bias"), maps, 0)
    divisors = per_map(inputs.get("divisor"), maps, 1)
    result = np.zeros((maps, *output))
    for place in np.ndindex(*result.shape):
        result[place] = finished(shares.get(place, [0]), divisors[place[0]], biases[place[0]])
    return result


def _filtered(plane: list, kernel: list, params: Params, divisor: int | float = 1) -> list:
    """One plane, filtered with one kernel."""
    size = (len(plane), len(plane[0]))
    down, across = windows(size, (len(kernel), len(kernel[0])), params, 1)
    mode = str(params.get("padding_mode") or "zeros")
    rows, columns = sources(down, size[0], mode), sources(across, size[1], mode)
    return [
        [
            finished(
                [
                    times(0 if y is None or x is None else plane[y][x], kernel[i][j])
                    for i, y in enumerate(row)
                    for j, x in enumerate(column)
                ],
                divisor,
                0,
            )
            for column in columns
        ]
        for row in rows
    ]


def truncated(kernel: list, terms: int) -> tuple[list, list]:
    """The nearest kernel of so many terms, and all singular values; by turning columns (Jacobi).

    Columns of the kernel are turned, two by two, until each is orthogonal to all others: they are
    then the terms' columns, their lengths the singular values, and the turns give the rows.
    """
    height, width = len(kernel), len(kernel[0])
    columns = [[float(kernel[i][j]) for i in range(height)] for j in range(width)]
    turns = [[float(i == j) for i in range(width)] for j in range(width)]
    for _ in range(60):
        for p, q in itertools.combinations(range(width), 2):
            a, b = (math.fsum(x * x for x in columns[j]) for j in (p, q))
            c = math.fsum(x * y for x, y in zip(columns[p], columns[q], strict=True))
            if abs(c) <= 1e-17 * math.sqrt(a * b) or c == 0:
                continue
            angle = 0.5 * math.atan2(2 * c, a - b)
            for pairs in (columns, turns):
                one, two = pairs[p], pairs[q]
                pairs[p] = [math.cos(angle) * x + math.sin(angle) * y for x, y in zip(one, two, strict=True)]
                pairs[q] = [math.cos(angle) * y - math.sin(angle) * x for x, y in zip(one, two, strict=True)]
    lengths = [math.sqrt(math.fsum(x * x for x in column)) for column in columns]
    order = sorted(range(width), key=lambda j: -lengths[j])
    kept = order[:terms]
    product = [
        [math.fsum(columns[k][i] * turns[k][j] for k in kept) for j in range(width)] for i in range(height)
    ]
    return product, sorted(lengths, reverse=True)


def separable_conv2d(inputs: Inputs, params: Params):
    """Each channel by itself, with the kernel that the terms make up; and the kernel's rank."""
    weight = inputs["weight"]
    kernel, terms = weight.tolist(), params.get("terms")
    most = min(weight.shape)
    nearest, strengths = truncated(kernel, terms or most)
    whole = bool(np.all(np.rint(weight) == weight))
    eps = np.finfo(np.float32 if weight.dtype == np.float32 and not whole else np.float64).eps
    rank = sum(s > max(strengths[0], 1e-300) * eps * max(weight.shape) for s in strengths[:most])
    if terms is not None and terms < rank:
        kernel = nearest

    def picture_of(inputs: Inputs, params: Params):
        divisors = per_map(inputs.get("divisor"), len(inputs["input"]), 1)
        planes = inputs["input"].tolist()
        return [_filtered(plane, kernel, params, d) for plane, d in zip(planes, divisors, strict=True)]

    return {"output": each_picture(picture_of, inputs, params, 2), "rank": rank}


def depthwise_separable_conv2d(inputs: Inputs, params: Params):
    """Each channel by itself, then a weighted sum of the maps at each cell."""
    return {
        "output": each_picture(_mixed_picture, inputs, params, 2),
        "intermediate": each_picture(_depthwise_picture, inputs, params, 2),
    }


def _depthwise_picture(inputs: Inputs, params: Params) -> list:
    planes, weight = inputs["input"].tolist(), inputs["weight"]
    if weight.ndim == 4:
        kernels = weight[:, 0].tolist()
    else:
        kernels = weight.reshape(-1, *weight.shape[-2:]).tolist() * len(planes)
    each = len(kernels) // len(planes)
    divisors = per_map(inputs.get("divisor"), len(kernels), 1)
    return [_filtered(planes[m // each], kernels[m], params, divisors[m]) for m in range(len(kernels))]


def _mixed_picture(inputs: Inputs, params: Params) -> list:
    maps = _depthwise_picture(inputs, params)
    weights = inputs["pointwise"]
    rows = weights.reshape(weights.shape[:2]).tolist()
    biases = per_map(inputs.get("bias"), len(rows), 0)
    height, width = len(maps[0]), len(maps[0][0])
    return [
        [
            [
                finished([times(maps[m][y][x], one) for m, one in enumerate(row)], 1, bias)
                for x in range(width)
            ]
            for y in range(height)
        ]
        for row, bias in zip(rows, biases, strict=True)
    ]


ORACLES = {
    **{f"conv_transpose{dims}d": partial(conv_transpose, dims=dims) for dims in (1, 2, 3)},
    "separable_conv2d": separable_conv2d,
    "depthwise_separable_conv2d": depthwise_separable_conv2d,
}
