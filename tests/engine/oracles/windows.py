"""One naive oracle per operation, written from the definition and from nothing else.

Windows are found by sliding them, cell by cell, in plain Python; whole numbers are summed as
Python integers, others by ``math.fsum``. To prove a new operation, add its oracle to ORACLES.

An oracle takes one picture (C, H, W) and the other inputs as NumPy arrays, and the parameters as a
caller writes them, and gives every output cell with the terms it was made of: cells[map][row][column].
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np

Exact = int | float | Fraction


class Term(NamedTuple):
    """One cell that a window reads: where it stands (None: padding), and what it holds."""

    source: tuple[int, int, int] | None
    kernel: tuple[int, int, int]
    value: int | float
    weight: int | float | None = None


class Cell(NamedTuple):
    """One output cell; ``magnitude`` is the sum of all that was added, without signs."""

    terms: list[Term]
    value: Exact
    magnitude: float
    divisor: int | float = 1


Cells = list[list[list[Cell]]]
Oracle = Callable[[Mapping[str, np.ndarray], Mapping[str, object]], Cells]


def pair(value) -> tuple[int, int]:
    """One number stands for height and width."""
    return (value[0], value[1]) if isinstance(value, (list, tuple)) else (value, value)


def sides(padding, sizes: Sequence[int], kernel, stride, dilation) -> list[tuple[int, int]]:
    """Cells of padding before and after, for height and width."""
    found: list[tuple[int, int]] = []
    for axis in range(2):
        reach = (kernel[axis] - 1) * dilation[axis]
        if padding == "valid":
            found.append((0, 0))
        elif padding == "full":
            found.append((reach, reach))
        elif padding == "same":
            outputs = len(range(0, sizes[axis], stride[axis]))
            total = max((outputs - 1) * stride[axis] + reach + 1 - sizes[axis], 0)
            found.append((total // 2, total - total // 2))
        elif isinstance(padding, (list, tuple)) and len(padding) == 4:
            found.append((padding[2 * axis], padding[2 * axis + 1]))
        else:
            found.append((pair(padding)[axis], pair(padding)[axis]))
    return found


def slide(
    size: int,
    kernel: int,
    stride: int = 1,
    dilation: int = 1,
    before: int = 0,
    after: int = 0,
    ceil_mode: bool = False,
) -> list[list[int]]:
    """The positions that each window reads; those below 0 and from ``size`` on lie outside the input.

    A window is there if it ends within the padded input. With ceil_mode one more sticks out at the
    end if cells are left over, but a last window that starts past the input is dropped.
    """
    extent = (kernel - 1) * dilation + 1
    starts: list[int] = []
    start = -before
    while start + extent <= size + after:
        starts.append(start)
        start += stride
    if ceil_mode and starts:
        if starts[-1] + extent < size + after:
            starts.append(start)
        if starts[-1] >= size:
            starts.pop()
    return [[start + place * dilation for place in range(kernel)] for start in starts]


def read_from(position: int, size: int, mode: str) -> int | None:
    """The input index that stands at ``position`` of the padded axis; None where a zero does."""
    if mode == "replicate":
        return min(max(position, 0), size - 1)
    if mode == "circular":
        return position % size
    if mode == "reflect":
        while not 0 <= position < size:
            position = -position if position < 0 else 2 * (size - 1) - position
        return position
    return position if 0 <= position < size else None


def windows(
    size, kernel, params: Mapping[str, object], usual_stride
) -> tuple[list[list[int]], list[list[int]]]:
    """The positions that windows read along height and along width."""
    stride = pair(params.get("stride") or usual_stride)
    dilation = pair(params.get("dilation", 1))
    padding = sides(params.get("padding", 0), size, kernel, stride, dilation)
    ceil_mode = bool(params.get("ceil_mode", False))
    rows, columns = (
        slide(size[a], kernel[a], stride[a], dilation[a], *padding[a], ceil_mode=ceil_mode) for a in range(2)
    )
    return rows, columns


def sources(positions: list[list[int]], size: int, mode: str) -> list[list[int | None]]:
    """The input indices that stand at the positions."""
    return [[read_from(position, size, mode) for position in window] for window in positions]


def total(numbers: Sequence[int | float]) -> int | float:
    """The sum: exact for integers, correctly rounded for floats, IEEE's for what is not finite."""
    if all(isinstance(number, int) for number in numbers):
        return sum(numbers)
    try:
        return math.fsum(numbers)
    except (ValueError, OverflowError):
        return sum(numbers)


def times(value: int | float, weight: int | float) -> int | float:
    """The product, exact for integers; a float that is a whole number counts as one."""
    return _whole(value) * _whole(weight)


def _whole(number: int | float) -> int | float:
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _plus(quotient: Exact, bias: int | float) -> Exact:
    if bias == 0:
        return quotient
    if math.isfinite(quotient) and math.isfinite(bias):
        return Fraction(quotient) + Fraction(bias)
    return quotient + bias


def _divided(number: int | float, divisor: int | float) -> Exact:
    if divisor == 1:
        return number
    if math.isfinite(number) and math.isfinite(divisor):
        return Fraction(number) / Fraction(divisor)
    return number / divisor


def conv2d(inputs: Mapping[str, np.ndarray], params: Mapping[str, object]) -> Cells:
    """Each kernel slides over its group's channels; products, sum, divisor, bias."""
    picture, weight = inputs["input"].tolist(), inputs["weight"]
    channels, height, width = inputs["input"].shape
    groups = int(params.get("groups") or 1)  # type: ignore[call-overload]
    per_group = channels // groups
    mode = str(params.get("padding_mode") or "zeros")
    if weight.ndim == 4:
        kernels = weight.tolist()
    else:
        flat = weight.reshape(-1, *weight.shape[-2:]).tolist()
        # A plain kernel repeats over its group's channels, and all of them over the groups.
        kernels = [[kernel] * per_group for _ in range(groups) for kernel in flat]
    biases, divisors = (_per_map(inputs.get(name), len(kernels)) for name in ("bias", "divisor"))
    positions = windows((height, width), weight.shape[-2:], params, usual_stride=1)
    rows, columns = sources(positions[0], height, mode), sources(positions[1], width, mode)
    cells: Cells = []
    for number, kernel in enumerate(kernels):
        first = number // (len(kernels) // groups) * per_group
        bias = 0 if biases is None else biases[number]
        divisor = 1 if divisors is None else divisors[number]
        cells.append([[] for _ in rows])
        for y, down in enumerate(rows):
            for across in columns:
                terms = [
                    _term(picture, first + c, down[i], across[j], (c, i, j), one)
                    for c, plane in enumerate(kernel)
                    for i, line in enumerate(plane)
                    for j, one in enumerate(line)
                ]
                products = [times(term.value, term.weight or 0) for term in terms]
                value = _plus(_divided(total(products), divisor), bias)
                size = math.fsum(abs(p) for p in products if math.isfinite(p)) / abs(divisor) + abs(bias)
                cells[-1][y].append(Cell(terms, value, size, divisor))
    return cells


def _term(
    picture,
    channel: int,
    y: int | None,
    x: int | None,
    kernel: tuple[int, int, int],
    weight: int | float | None = None,
    fill: float = 0,
) -> Term:
    if y is None or x is None:
        return Term(None, kernel, fill, weight)
    return Term((channel, y, x), kernel, picture[channel][y][x], weight)


def _per_map(values: np.ndarray | None, maps: int) -> list[int | float] | None:
    if values is None:
        return None
    listed = values.reshape(-1).tolist()
    return [listed[number % len(listed)] for number in range(maps)]


def _pooled(inputs: Mapping[str, np.ndarray], params: Mapping[str, object], fill: float):
    """Every window of every channel: (map, row, rows read, columns read, terms)."""
    picture = inputs["input"].tolist()
    channels, height, width = inputs["input"].shape
    kernel = pair(params["kernel_size"])
    rows, columns = windows((height, width), kernel, params, usual_stride=kernel)
    read_rows, read_columns = sources(rows, height, "zeros"), sources(columns, width, "zeros")
    for c, y, x in itertools.product(range(channels), range(len(rows)), range(len(columns))):
        terms = [
            _term(picture, c, at_y, at_x, (0, i, j), None, fill)
            for i, at_y in enumerate(read_rows[y])
            for j, at_x in enumerate(read_columns[x])
        ]
        yield c, y, rows[y], columns[x], terms


def _put(cells: Cells, c: int, y: int, cell: Cell) -> None:
    while len(cells) <= c:
        cells.append([])
    while len(cells[c]) <= y:
        cells[c].append([])
    cells[c][y].append(cell)


def max_pool2d(inputs: Mapping[str, np.ndarray], params: Mapping[str, object]) -> Cells:
    """The largest real cell of each window; one that is not a number wins over all."""
    cells: Cells = []
    for c, y, _, _, terms in _pooled(inputs, params, -math.inf):
        real = [term.value for term in terms if term.source is not None]
        value = math.nan if any(math.isnan(v) for v in real) else max(real)
        _put(cells, c, y, Cell(terms, value, abs(value)))
    return cells


def avg_pool2d(inputs: Mapping[str, np.ndarray], params: Mapping[str, object]) -> Cells:
    """The sum of each window, divided by the cells that count."""
    cells: Cells = []
    sizes = inputs["input"].shape[-2:]
    kernel = pair(params["kernel_size"])
    stride = pair(params.get("stride") or kernel)
    padding = sides(params.get("padding", 0), sizes, kernel, stride, (1, 1))
    ends = [size + after for size, (_, after) in zip(sizes, padding, strict=True)]
    for c, y, down, across, terms in _pooled(inputs, params, 0):
        if params.get("divisor_override") is not None:
            count = params["divisor_override"]
        elif params.get("count_include_pad", True):
            count = sum(at_y < ends[0] and at_x < ends[1] for at_y in down for at_x in across)
        else:
            count = sum(term.source is not None for term in terms)
        assert isinstance(count, int)
        values = [_whole(term.value) for term in terms]
        size = math.fsum(abs(v) for v in values if math.isfinite(v)) / count
        _put(cells, c, y, Cell(terms, _divided(total(values), count), size, count))
    return cells


ORACLES: dict[str, Oracle] = {"conv2d": conv2d, "max_pool2d": max_pool2d, "avg_pool2d": avg_pool2d}
