"""What a cell of a network owes to every pixel of what the network was given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from engine.analysis.histogram import finite
from engine.arrays import Float
from engine.network import Explanation, explain
from engine.network.dependence import check_cell
from engine.trace.trace import Cell
from server.networks.runs import Run
from server.networks.tracing import FieldData, field_of

_STRONGEST = 10


class Strong(TypedDict):
    """A pixel that gives much, but no more than can be told: over all channels, and in each."""

    cell: list[int]
    contribution: float
    channels: list[float]


class ExplainedData(TypedDict):
    """``value`` = ``total``, what all pixels give together, + ``rest``, what no pixel accounts for;
    ``printed`` are the three as decimals that add up exactly.

    ``reach`` [y, x, height, width] is the smallest part of the input that holds all on which the value
    can depend, None if there is nothing; ``top`` the pixels that give most, whatever the sign.
    """

    layer: str
    cell: list[int]
    value: float | None
    total: float | None
    rest: float | None
    printed: list[str]
    field: list[FieldData]
    reach: list[int] | None
    top: list[Strong]


@dataclass(frozen=True)
class Explained:
    """The engine's explanation, and what is told of it."""

    found: Explanation
    told: ExplainedData

    @property
    def summed(self) -> Float:
        """What each pixel gives over all channels, (1, H, W)."""
        with np.errstate(all="ignore"):
            return self.found.contributions.sum(axis=0, keepdims=True)


@np.errstate(all="ignore")  # what is not finite passes through, as in a run
def explained(run: Run, layer: str, cell: Cell) -> Explained:
    """Return what ``cell`` of ``layer`` owes to every pixel; what has run is not computed again.

    Raises:
        UnknownName: there is no such layer.
        ShapeError: there is no such cell.
        LimitError: the gradients would take too much memory.
    """
    network = run.shipped.network
    check_cell(cell, network.shape(layer))
    found = explain(network, run.prepared.values, layer, cell, kept=run.until(layer))
    return Explained(
        found,
        {
            "layer": layer,
            "cell": list(cell),
            "value": finite(float(found.value)),
            "total": finite(found.total),
            "rest": finite(found.rest),
            "printed": list(found.printed),
            "field": field_of(run.shipped, layer, cell),
            "reach": _box(found.reach),
            "top": _strongest(found.contributions),
        },
    )


def _box(reach: NDArray[np.bool_]) -> list[int] | None:
    """Return [y, x, height, width] of the smallest part that holds all that is true."""
    rows, columns = (np.flatnonzero(reach.any(axis=axis)) for axis in (1, 0))
    if not rows.size:
        return None
    y, x = int(rows[0]), int(columns[0])
    return [y, x, int(rows[-1]) - y + 1, int(columns[-1]) - x + 1]


def _strongest(contributions: Float) -> list[Strong]:
    summed = contributions.sum(axis=0)
    size = np.abs(summed).reshape(-1)
    size[~np.isfinite(size)] = 0
    most = np.argsort(-size, kind="stable")[:_STRONGEST]
    places = [divmod(int(at), summed.shape[1]) for at in most if size[at] > 0]
    return [
        {
            "cell": [y, x],
            "contribution": float(summed[y, x]),
            "channels": [float(number) for number in contributions[:, y, x]],
        }
        for y, x in places
    ]
