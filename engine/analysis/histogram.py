"""How often which numbers occur in a map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Array, is_whole

_BINS = 64


class HistogramData(TypedDict):
    """A histogram as JSON-ready data; ``not_finite`` cells count nowhere else."""

    min: float | None
    max: float | None
    mean: float | None
    zeros: int
    not_finite: int
    edges: list[float]
    counts: list[int]


@dataclass(frozen=True)
class Histogram:
    """How many of the finite numbers lie between which ``edges``, the last one included.

    Shapes: edges (n + 1,), counts (n,). Without finite numbers there are no edges, and ``least``,
    ``greatest`` and ``mean`` are NaN.
    """

    least: float
    greatest: float
    mean: float
    zeros: int
    not_finite: int
    edges: NDArray[np.float64]
    counts: NDArray[np.intp]

    def data(self) -> HistogramData:
        """Return the histogram as JSON-ready data."""
        return {
            "min": finite(self.least),
            "max": finite(self.greatest),
            "mean": finite(self.mean),
            "zeros": self.zeros,
            "not_finite": self.not_finite,
            "edges": self.edges.tolist(),
            "counts": self.counts.tolist(),
        }


def _mean(numbers: NDArray[np.float64]) -> float:
    """Return the mean; a sum too large for a float is one of smaller parts."""
    with np.errstate(over="ignore"):
        total = numbers.sum()
    return float(total / numbers.size if np.isfinite(total) else (numbers / numbers.size).sum())


def histogram(array: Array) -> Histogram:
    """Return the histogram of all the numbers in ``array``, in at most 64 bins of one width.

    Whole numbers stand in the middle of bins that hold equally many of them, so that no comb
    shows where there is none.

    >>> found = histogram(np.array([0, 0, 1, 3, np.inf]))
    >>> found.edges.tolist(), found.counts.tolist(), found.zeros, found.not_finite
    ([-0.5, 0.5, 1.5, 2.5, 3.5], [2, 1, 0, 1], 2, 1)
    """
    numbers = array.reshape(-1).astype(np.float64)
    numbers = numbers[np.isfinite(numbers)]
    not_finite = array.size - numbers.size
    if numbers.size == 0:
        nothing = np.empty(0)
        return Histogram(np.nan, np.nan, np.nan, 0, not_finite, nothing, nothing.astype(np.intp))
    least, greatest = float(numbers.min()), float(numbers.max())
    edges = _edges(least, greatest, is_whole(numbers))
    # Halved, so that no difference of two finite numbers is too large.
    place = (numbers / 2 - edges[0] / 2) / (edges[-1] / 2 - edges[0] / 2) * (len(edges) - 1)
    counts = np.bincount(np.minimum(place.astype(np.intp), len(edges) - 2), minlength=len(edges) - 1)
    mean = _mean(numbers)
    zeros = numbers.size - int(np.count_nonzero(numbers))
    return Histogram(least, greatest, mean, zeros, not_finite, edges, counts)


def _edges(least: float, greatest: float, whole: bool) -> NDArray[np.float64]:
    if whole and greatest - least < 2**50 and max(abs(least), abs(greatest)) < 2**50:
        held = -(-(greatest - least + 1) // _BINS)
        bins = int(-(-(greatest - least + 1) // held))
        return np.arange(bins + 1, dtype=np.float64) * held + (least - 0.5)
    room = max(abs(least), abs(greatest), 1e-300) * 1e-12
    if greatest / 2 - least / 2 < room:  # all but one number: a bin to each side of it
        return np.array([least - 2 * room, (least + greatest) / 2, greatest + 2 * room])
    return np.linspace(least / 2, greatest / 2, _BINS + 1) * 2


def finite(number: float) -> float | None:
    """Return the number, or None where JSON has no word for it."""
    return number if np.isfinite(number) else None
