"""Reading a signal between its cells: for each output, where it stands and what it blends.

The coordinate rules have the names that ONNX gives them (operator Resize); PyTorch's are among them.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal

import numpy as np

from engine.arrays import Array, Float, Indices
from engine.formula import Expression, symbol
from engine.windows.axis import OUTSIDE, Axis

_LARGEST_DIVISOR = 1000


@dataclass(frozen=True)
class ResampleAxis(Axis):
    """``size`` cells read at ``count`` places, ``scale`` outputs to a cell (None: count / size).

    ``rounding`` is how the nearest cell is found; None blends the two neighbours. ``length`` is the
    output's size as ``align_corners`` counts it: ``count``, or before it was rounded down, size x scale.
    What lies beyond the outer cells' middles is read there.
    """

    name: str
    size: int
    count: int
    scale: float | None = None
    coordinates: str = "asymmetric"
    rounding: str | None = "floor"
    whole_length: bool = True
    before: int = 0
    after: int = 0

    @property
    def kernel(self) -> int:  # pyright: ignore[reportIncompatibleVariableOverride] (found, not given)
        """Cells that an output reads at most."""
        return 1 if self.rounding else 2

    @cached_property
    def output(self) -> int:
        """Number of output cells."""
        return self.count

    @cached_property
    def places(self) -> Float:
        """Where each output stands in the input, the middle of the first cell being 0, shape (output,)."""
        i = np.arange(self.count, dtype=np.float64)
        top, bottom = (self.size, self.count) if self.scale is None else (1, self.scale)
        length = self.count if self.whole_length or self.scale is None else self.size * self.scale
        match self.coordinates:
            case "align_corners":
                return i * (self.size - 1) / (length - 1) if length != 1 else np.zeros(self.count)
            case "asymmetric":
                return i * top / bottom
            case "pytorch_half_pixel" if length <= 1:
                return np.zeros(self.count)
            case "half_pixel_symmetric":
                # Counted from the middles, so that these meet exactly.
                return (i + (1 - self.count) / 2) * top / bottom + (self.size - 1) / 2
            case _:
                return (i + 0.5) * top / bottom - 0.5

    @property
    def index(self) -> Indices:
        """Input index of what each output blends, shape (output, 1 or 2); OUTSIDE where one is enough."""
        last = self.size - 1
        places = np.clip(self.places, 0, last)
        if self.rounding:
            # Beyond the edge all roundings give the edge: to cut off first changes nothing.
            return _rounded(places, self.rounding).astype(np.intp)[:, None]
        low = np.floor(places).astype(np.intp)
        return np.stack([low, np.where(places > low, low + 1, OUTSIDE)], axis=1)

    @cached_property
    def weights(self) -> Float | None:
        """How much of each cell of ``index`` an output takes; None where it is all of it."""
        if self.rounding:
            return None
        places = np.clip(self.places, 0, self.size - 1)
        part = places - np.floor(places)
        return np.stack([1 - part, part], axis=1)

    @property
    def jump(self) -> float:
        """Cells of input between neighbouring ``places``."""
        if self.coordinates == "align_corners" and self.count > 1:
            return float(self.places[-1]) / (self.count - 1)
        return self.size / self.count if self.scale is None else 1 / self.scale

    @property
    def law(self) -> Expression:
        """The output size: floor(n x scale) where the scale is a plain fraction, or what was asked for."""
        if self.scale is not None:
            plain = Fraction(self.scale).limit_denominator(_LARGEST_DIVISOR)
            size = symbol("n", self.size) * plain.numerator
            law = size if plain.denominator == 1 else size // plain.denominator
            if law.value == self.count and float(plain) == self.scale:
                return law
        return symbol("size", self.count)


def _rounded(places: Float, rounding: str) -> Float:
    match rounding:
        case "floor":
            return np.floor(places)
        case "ceil":
            return np.ceil(places)
        case "round_prefer_floor":
            return np.ceil(places - 0.5)
        case _:
            return np.floor(places + 0.5)


def blend(array: Array, axis: ResampleAxis, along: int) -> Array:
    """Return what each output reads along the axis ``along``: a cell as it is, or doubles blended."""
    if axis.weights is None:
        return array.take(axis.index[:, 0], axis=along)
    shape = [1] * array.ndim
    shape[along] = axis.output
    low, high = axis.index[:, 0], axis.index[:, 1]
    # Where one cell is enough, two halves of it are blended: 0 times a neighbour would not be 0
    # where that is infinite.
    alone = high == OUTSIDE
    high = np.where(alone, low, high)
    weights = np.where(alone[:, None], 0.5, axis.weights)
    array = array.astype(np.float64, copy=False)
    total = array.take(low, axis=along)
    total *= weights[:, 0].reshape(shape)
    part = array.take(high, axis=along)
    part *= weights[:, 1].reshape(shape)
    total += part
    return total


def unblend(each: Float, axis: ResampleAxis, along: Literal[-1, -2]) -> Float:
    """Return the adjoint of ``blend``, as doubles: every cell gets its part of what read it.

    What is not finite reaches no other cells: nothing is multiplied by 0.
    """
    each = each.astype(np.float64, copy=False)
    index, weights = axis.index, axis.weights
    outer = each.shape[: each.ndim + along]
    total = np.zeros((*outer, axis.size, *each.shape[each.ndim + along + 1 :]))
    for place in range(axis.kernel):
        reads = np.flatnonzero(index[:, place] != OUTSIDE)
        if reads.size == 0 or each.size == 0:
            continue
        part = each if reads.size == axis.output else each.take(reads, axis=along)
        if weights is not None:
            part = part * weights[reads, place].reshape(-1, *[1] * (-1 - along))
        # Places only grow, so that the outputs that read a cell stand together.
        cells, starts = np.unique(index[reads, place], return_index=True)
        sums = np.add.reduceat(part, starts, axis=along)
        if cells.size == axis.size:
            total += sums
        else:
            np.moveaxis(total, along, 0)[cells] += np.moveaxis(sums, along, 0)
    return total
