"""A layer's activation in a few numbers: quick, for every layer of every picture is measured so."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from engine.analysis.histogram import finite
from engine.arrays import Array

_STRETCH = 4096
"""So many squares are summed in the array's own precision."""


class StatsData(TypedDict):
    """``zeros`` is the share of cells that are 0, ``strongest`` the maps of the greatest mean size."""

    min: float | None
    max: float | None
    mean: float | None
    deviation: float | None
    zeros: float
    strongest: list[int]


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """Of all cells ``least``, ``greatest``, ``mean``, standard ``deviation``, share of ``zeros``; of each
    map the mean of its cells' absolute values, ``strength`` (C,).
    """

    least: float
    greatest: float
    mean: float
    deviation: float
    zeros: float
    strength: NDArray[np.float64]

    def strongest(self, most: int) -> list[int]:
        """Return the numbers of the strongest maps, of equally strong ones the first."""
        return np.argsort(-self.strength, kind="stable")[:most].tolist()

    def strengths(self) -> list[float | None]:
        """Return the strength of every map; what is not finite is None."""
        return [finite(strength) for strength in self.strength.tolist()]

    def data(self, most: int) -> StatsData:
        """Return them as JSON-ready data, with so many of the strongest maps."""
        return {
            "min": finite(self.least),
            "max": finite(self.greatest),
            "mean": finite(self.mean),
            "deviation": finite(self.deviation),
            "zeros": self.zeros,
            "strongest": self.strongest(most),
        }


def as_maps(array: Array) -> Array:
    """Return an activation as maps (C, H, W): a vector is one map of one row."""
    return array if array.ndim == 3 else array.reshape(1, 1, -1)


@np.errstate(over="ignore", invalid="ignore")  # what is not finite passes through, as in a run
def measure(array: Array) -> Measures:
    """Return the measures of an activation, (C, H, W) or (n,); of a vector every number is a map.

    Each pass over the cells counts, and so does their order, which is the engine's: maps one after another,
    or cell by cell. Sums are made in the array's own precision over short stretches, and joined in double
    precision; squares are of the distance from the mean.
    """
    count = len(array)
    least, greatest = float(array.min()), float(array.max())
    sums = _sums(array)
    mean = float(sums.sum()) / array.size
    sizes = sums if least >= 0 else _sums(np.abs(array))
    away = array - array.dtype.type(mean)
    zeros = int(np.count_nonzero(array == 0)) / array.size
    deviation = sqrt(_squares(away.ravel("K")) / array.size)
    return Measures(least, greatest, mean, deviation, zeros, sizes * (count / array.size))


def _sums(array: Array) -> NDArray[np.float64]:
    """Return the sum of each map."""
    lines = array.sum(axis=-1) if array.ndim > 1 else array
    return lines.reshape(len(array), -1).sum(axis=1, dtype=np.float64)


def _squares(flat: Array) -> float:
    """Return the sum of the squares of numbers."""
    whole = flat.size // _STRETCH * _STRETCH
    stretches = flat[:whole].reshape(-1, _STRETCH)
    rest = flat[whole:].astype(np.float64)
    return float(np.einsum("ij,ij->i", stretches, stretches).sum(dtype=np.float64) + rest @ rest)
