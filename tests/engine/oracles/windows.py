"""Oracles of operations with a sliding window along any number of axes, cell by cell.

Windows are found by sliding them in plain Python; whole numbers are summed as Python integers,
others by ``math.fsum``. CELLS gives, for one signal, picture or volume, every output cell with the
terms it was made of; ORACLES the numbers alone, of a batch too.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import Any, NamedTuple

import numpy as np

Exact = int | float | Fraction
Inputs = Mapping[str, np.ndarray]
Params = Mapping[str, Any]


class Term(NamedTuple):
    """One cell that a window reads: where it stands (None: padding), and what it holds."""

    source: tuple[int, ...] | None
    kernel: tuple[int, ...]
    value: int | float
    weight: int | float | None = None


class Cell(NamedTuple):
    """One output cell; ``magnitude`` is the sum of all that was added, without signs."""

    terms: list[Term]
    value: Exact
    magnitude: float
    divisor: int | float = 1


class Grid(NamedTuple):
    """The output of one picture: its shape, and its cells in reading order."""

    shape: tuple[int, ...]
    cells: list[Cell]

    def at(self, place: Sequence[int]) -> Cell:
        """The cell at (map, row, column), or as many coordinates as there are."""
        return self.cells[int(np.ravel_multi_index(tuple(place), self.shape))]


def per_axis(value, axes: int) -> tuple[int, ...]:
    """One number stands for every axis."""
    if isinstance(value, (list, tuple)):
        return tuple(value) if len(value) == axes else tuple(value) * axes
    return (value,) * axes


def sides(padding, sizes: Sequence[int], kernel, stride, dilation) -> list[tuple[int, int]]:
    """Cells of padding before and after, along each axis."""
    found: list[tuple[int, int]] = []
    for axis, size in enumerate(sizes):
        reach = (kernel[axis] - 1) * dilation[axis]
        if padding == "valid":
            found.append((0, 0))
        elif padding == "full":
            found.append((reach, reach))
        elif padding == "causal":
            found.append((reach, 0))
        elif padding == "same":
            outputs = len(range(0, size, stride[axis]))
            total = max((outputs - 1) * stride[axis] + reach + 1 - size, 0)
            found.append((total // 2, total - total // 2))
        elif isinstance(padding, (list, tuple)) and len(padding) == 2 * len(sizes):
            found.append((padding[2 * axis], padding[2 * axis + 1]))
        else:
            each = per_axis(padding, len(sizes))[axis]
            found.append((each, each))
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


def windows(sizes, kernel, params: Params, usual_stride) -> list[list[list[int]]]:
    """The positions that windows read, along each axis."""
    axes = len(sizes)
    stride = per_axis(params.get("stride") or usual_stride, axes)
    dilation = per_axis(params.get("dilation") or 1, axes)
    padding = sides(params.get("padding") or 0, sizes, kernel, stride, dilation)
    ceil_mode = bool(params.get("ceil_mode", False))
    return [
        slide(sizes[a], kernel[a], stride[a], dilation[a], *padding[a], ceil_mode=ceil_mode)
        for a in range(axes)
    ]


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
    return whole(value) * whole(weight)


def whole(number: int | float) -> int | float:
    """A float that is a whole number, as a Python integer; any other number as it is."""
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


def convolved(inputs: Inputs, params: Params, axes: int) -> Grid:
    """Each kernel slides over its group's channels; products, sum, divisor, bias."""
    picture, weight = inputs["input"], inputs["weight"]
    channels, *sizes = picture.shape
    groups = int(params.get("groups") or 1)
    per_group = channels // groups
    mode = str(params.get("padding_mode") or "zeros")
    size = weight.shape[weight.ndim - axes :]
    if weight.ndim == axes + 2:
        kernels = [[plane.ravel().tolist() for plane in kernel] for kernel in weight]
    else:
        flat = [kernel.ravel().tolist() for kernel in weight.reshape(-1, *size)]
        # A plain kernel repeats over its group's channels, and all of them over the groups.
        kernels = [[kernel] * per_group for _ in range(groups) for kernel in flat]
    biases, divisors = (_per_map(inputs.get(name), len(kernels)) for name in ("bias", "divisor"))
    read = [
        sources(positions, length, mode)
        for positions, length in zip(windows(sizes, size, params, 1), sizes, strict=True)
    ]
    if params.get("flip"):
        read = [[window[::-1] for window in axis] for axis in read]
    entries = list(np.ndindex(*size))
    held = {place: value.item() for place, value in np.ndenumerate(picture)}
    cells: list[Cell] = []
    for number, kernel in enumerate(kernels):
        first = number // (len(kernels) // groups) * per_group
        bias = 0 if biases is None else biases[number]
        divisor = 1 if divisors is None else divisors[number]
        for window in itertools.product(*read):
            terms = [
                _term(held, first + c, window, (c, *entry), weight_there)
                for c, plane in enumerate(kernel)
                for entry, weight_there in zip(entries, plane, strict=True)
            ]
            products = [times(term.value, term.weight or 0) for term in terms]
            value = _plus(_divided(total(products), divisor), bias)
            magnitude = math.fsum(abs(p) for p in products if math.isfinite(p)) / abs(divisor) + abs(bias)
            cells.append(Cell(terms, value, magnitude, divisor))
    return Grid((len(kernels), *map(len, read)), cells)


def _term(
    held: Mapping[tuple[int, ...], int | float],
    channel: int,
    window: Sequence[Sequence[int | None]],
    kernel: tuple[int, ...],
    weight: int | float | None = None,
    fill: float = 0,
) -> Term:
    at = [reads[place] for reads, place in zip(window, kernel[1:], strict=True)]
    inside = [place for place in at if place is not None]
    if len(inside) < len(at):
        return Term(None, kernel, fill, weight)
    source = (channel, *inside)
    return Term(source, kernel, held[source], weight)


def _per_map(values: np.ndarray | None, maps: int) -> list[int | float] | None:
    if values is None:
        return None
    listed = values.reshape(-1).tolist()
    return [listed[number % len(listed)] for number in range(maps)]


def _pooled(
    inputs: Inputs, params: Params, fill: float
) -> tuple[tuple[int, ...], Iterator[tuple[tuple[list[int], ...], list[Term]]]]:
    """The output's shape, and every window of every channel: (positions along each axis, terms)."""
    picture = inputs["input"]
    channels, *sizes = picture.shape
    kernel = per_axis(params["kernel_size"], len(sizes))
    reads = windows(sizes, kernel, params, usual_stride=kernel)
    held = {place: value.item() for place, value in np.ndenumerate(picture)}

    def each() -> Iterator[tuple[tuple[list[int], ...], list[Term]]]:
        for channel, window in itertools.product(range(channels), itertools.product(*reads)):
            inside = [sources([w], size, "zeros")[0] for w, size in zip(window, sizes, strict=True)]
            terms = [_term(held, channel, inside, (0, *place), None, fill) for place in np.ndindex(*kernel)]
            yield window, terms

    return (channels, *map(len, reads)), each()


def largest(inputs: Inputs, params: Params) -> Grid:
    """The largest real cell of each window; one that is not a number wins over all."""
    shape, found = _pooled(inputs, params, -math.inf)
    cells: list[Cell] = []
    for _, terms in found:
        real = [term.value for term in terms if term.source is not None]
        value = math.nan if any(math.isnan(v) for v in real) else max(real)
        cells.append(Cell(terms, value, abs(value)))
    return Grid(shape, cells)


def winners(inputs: Inputs, params: Params) -> list[int]:
    """Which cell of its channel won each window: of equal ones the first, numbered in reading order."""
    found: list[int] = []
    for value, terms in ((cell.value, cell.terms) for cell in largest(inputs, params).cells):
        best = next(
            term.source
            for term in terms
            if term.source is not None and (term.value == value or term.value != term.value)
        )
        number = 0
        for place, size in zip(best[1:], inputs["input"].shape[1:], strict=True):
            number = number * size + place
        found.append(number)
    return found


def mean(inputs: Inputs, params: Params) -> Grid:
    """The sum of each window, divided by the cells that count."""
    sizes = inputs["input"].shape[1:]
    kernel = per_axis(params["kernel_size"], len(sizes))
    stride = per_axis(params.get("stride") or kernel, len(sizes))
    dilation = per_axis(params.get("dilation") or 1, len(sizes))
    padding = sides(params.get("padding") or 0, sizes, kernel, stride, dilation)
    ends = [size + after for size, (_, after) in zip(sizes, padding, strict=True)]
    shape, found = _pooled(inputs, params, 0)
    cells: list[Cell] = []
    for window, terms in found:
        if params.get("divisor_override") is not None:
            count = params["divisor_override"]
        elif params.get("count_include_pad", True):
            count = math.prod(
                sum(at < end for at in positions) for positions, end in zip(window, ends, strict=True)
            )
        else:
            count = sum(term.source is not None for term in terms)
        values = [whole(term.value) for term in terms]
        magnitude = math.fsum(abs(v) for v in values if math.isfinite(v)) / count
        cells.append(Cell(terms, _divided(total(values), count), magnitude, count))
    return Grid(shape, cells)


def pictures(inputs: Inputs, axes: int) -> list[Inputs]:
    """Each picture of a batch with the other inputs; the one there is, if it is no batch."""
    given = inputs["input"]
    return [inputs] if given.ndim == axes + 1 else [{**inputs, "input": one} for one in given]


def _stacked(each: list[Any], inputs: Inputs, axes: int) -> Any:
    return each[0] if inputs["input"].ndim == axes + 1 else each


def _values(grid: Grid) -> np.ndarray:
    values = np.empty(len(grid.cells))
    for place, cell in enumerate(grid.cells):
        values[place] = float(cell.value)
    return values.reshape(grid.shape)


def _numbers(inputs: Inputs, params: Params, cells: Callable[[Inputs, Params], Grid], axes: int) -> Any:
    each = [_values(cells(one, params)) for one in pictures(inputs, axes)]
    return _stacked(each, inputs, axes)


def _with_winners(inputs: Inputs, params: Params, axes: int) -> Any:
    grids = [largest(one, params) for one in pictures(inputs, axes)]
    won = [
        np.reshape(winners(one, params), grid.shape)
        for one, grid in zip(pictures(inputs, axes), grids, strict=True)
    ]
    outputs = _stacked(list(map(_values, grids)), inputs, axes)
    return {"output": outputs, "indices": _stacked(won, inputs, axes)}


CELLS: dict[str, Callable[[Inputs, Params], Grid]] = {
    **{f"conv{axes}d": partial(convolved, axes=axes) for axes in (1, 2, 3)},
    **{f"max_pool{axes}d": largest for axes in (1, 2, 3)},
    **{f"avg_pool{axes}d": mean for axes in (1, 2, 3)},
}
ORACLES: dict[str, Callable[[Inputs, Params], Any]] = {
    name: partial(_with_winners, axes=int(name[-2]))
    if name.startswith("max")
    else partial(_numbers, cells=cells, axes=int(name[-2]))
    for name, cells in CELLS.items()
}
