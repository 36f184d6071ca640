"""Windows of uneven size: as many as are asked for, over the whole of an axis.

Source: He and others, "Spatial pyramid pooling in deep convolutional networks", 2014, section 3;
the rounding is PyTorch's.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.arrays import Float, Indices
from engine.formula import Expression, symbol
from engine.windows.axis import OUTSIDE, Axis


@dataclass(frozen=True)
class AdaptiveAxis(Axis):
    """``size`` cells in ``count`` windows: the i-th from floor(i n / o) up to ceil((i + 1) n / o).

    Neighbouring windows may share a cell. In ``index``, OUTSIDE stands where a window is shorter
    than the widest, which has ``kernel`` cells.
    """

    name: str
    size: int
    count: int
    before: int = 0
    after: int = 0

    @cached_property
    def output(self) -> int:
        """Number of output cells: what was asked for."""
        return self.count

    @cached_property
    def starts(self) -> Indices:
        """First cell of each window, shape (output,)."""
        return np.arange(self.count) * self.size // self.count

    @cached_property
    def ends(self) -> Indices:
        """First cell after each window, shape (output,)."""
        return -(-(np.arange(self.count) + 1) * self.size // self.count)

    @cached_property
    def kernel(self) -> int:  # pyright: ignore[reportIncompatibleVariableOverride]
        """Cells of the widest window."""
        return int((self.ends - self.starts).max())

    @property
    def index(self) -> Indices:
        """Input index that each output reads at each place of its window, shape (output, kernel)."""
        index = self.starts[:, None] + np.arange(self.kernel)
        return np.where(index < self.ends[:, None], index, OUTSIDE)

    @property
    def jump(self) -> float:
        """Cells of input between neighbouring outputs, on average."""
        return self.size / self.count

    @property
    def law(self) -> Expression:
        """The output size: no more than what was asked for."""
        return symbol("output_size", self.count)


def window_sums(array: Float, axis: AdaptiveAxis, along: int) -> Float:
    """Return the sum of every window along the axis ``along``; what is in one window stays in it."""
    return _sums(array, axis.starts, axis.ends, along)


def window_shares(each: Float, axis: AdaptiveAxis, along: int) -> Float:
    """Return the adjoint of ``window_sums``: every cell gets what its windows have, added up."""
    cells = np.arange(axis.size)
    first = np.searchsorted(axis.ends, cells, side="right")
    past = np.searchsorted(axis.starts, cells, side="right")
    return _sums(each, first, past, along)


def _sums(array: Float, starts: Indices, ends: Indices, along: int) -> Float:
    """Sum from each start up to before its end; neither decreases, and no sum is of nothing."""
    bounds = np.stack([starts, ends], axis=1).reshape(-1)
    along %= array.ndim
    # One more cell, so that an end may stand after the last one.
    longer = np.zeros((*array.shape[:along], array.shape[along] + 1, *array.shape[along + 1 :]), array.dtype)
    longer[(slice(None),) * along + (slice(0, -1),)] = array
    sums: Float = np.add.reduceat(longer, bounds, axis=along)
    return sums[(slice(None),) * along + (slice(0, None, 2),)]
