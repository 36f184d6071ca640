"""An axis: which input cells does each output cell read, along one direction?

A table of indices says it, and from the table follow coverage, what is never read and what
the page draws. How the table comes about is each kind's own law: a sliding window, its
transpose, windows of uneven size, or neighbours to blend.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property

import numpy as np

from engine.arrays import Float, Indices
from engine.formula import Expression, symbol

OUTSIDE = -1
"""Stands in an index table where a position is padding, not an input cell."""

AXIS_NAMES: dict[int, tuple[str, ...]] = {
    0: (),
    1: ("length",),
    2: ("height", "width"),
    3: ("depth", "height", "width"),
}
"""The names of the axes of a signal, a picture and a volume."""
SIDES = {
    "length": ("before", "after"),
    "depth": ("front", "back"),
    "height": ("top", "bottom"),
    "width": ("left", "right"),
}
"""What the two ends of an axis are called."""


class Axis(ABC):
    """One direction of an operation: ``size`` input cells, of which each output reads ``kernel``.

    ``before`` and ``after`` are cells of padding, and all lengths are in cells.
    """

    name: str
    size: int
    kernel: int
    before: int
    after: int

    @cached_property
    def weights(self) -> Float | None:
        """How much of each cell of ``index`` an output takes, same shape; None where it is all of it."""
        return None

    @cached_property
    @abstractmethod
    def output(self) -> int:
        """Number of output cells."""

    @property
    @abstractmethod
    def index(self) -> Indices:
        """Input index that each output reads at each kernel position, shape (output, kernel).

        Made anew each time: axes are kept and shared, and their tables can be large.
        """

    def reads(self, output: int) -> Indices:
        """Return one row of ``index``: what one output reads, shape (kernel,)."""
        return self.index[output]

    @property
    @abstractmethod
    def jump(self) -> float:
        """Cells of input between neighbouring outputs: a fraction where outputs are closer than cells."""

    @property
    @abstractmethod
    def law(self) -> Expression:
        """The output size as an expression."""

    @property
    def formula(self) -> Expression:
        """The statement o = law."""
        return symbol("o", self.output).equals(self.law)

    @property
    def text(self) -> str:
        """The law with its numbers, in one line."""
        return f"{self.law.text} = {self.output}"

    @property
    def extent(self) -> int:
        """Cells from the first to the last one that an output reads at most, gaps included."""
        return self.kernel

    @property
    def dropped(self) -> int:
        """Input cells at the end that the last step does not reach."""
        return 0

    @property
    def coverage(self) -> Indices:
        """How often each input cell is read, shape (size,)."""
        index = self.index
        return np.bincount(index[index != OUTSIDE], minlength=self.size)

    @property
    def unread(self) -> list[int]:
        """Input cells that no output reads."""
        return [int(cell) for cell in np.flatnonzero(self.coverage == 0)]
