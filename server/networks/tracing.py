"""How a cell of a network came to be, and where in the picture it can look.

Of a unit every layer up to the one asked for has its step: the sum of a convolution, what normalising
does to it, the activation. A step's terms are cells of the layers that ``sources`` name, so the answer
for one cell says which cells to ask for next, until "input", the picture, is reached.
"""

from __future__ import annotations

from math import ceil, floor
from typing import TypedDict

from engine.network.dependence import check_cell
from engine.trace.trace import Cell, TraceData
from server.calls.answer_size import check_terms
from server.networks.runs import Run
from server.networks.zoo import Shipped


class FieldData(TypedDict):
    """Where a cell looks along one axis: from ``first`` to ``last`` cell of the input, both seen.

    They may lie in the padding; ``inside`` is what is left of it in the picture, None if nothing is.
    """

    axis: str
    first: float
    last: float
    inside: list[int] | None


class StepData(TypedDict):
    """One layer's part: its trace, and which layer each input of the terms is."""

    layer: str
    operation: str
    sources: dict[str, str]
    trace: TraceData


class NetworkTrace(TypedDict):
    """The steps of a cell, the first one reading ``sources``; the last one gives its value."""

    layer: str
    cell: list[int]
    sources: dict[str, str]
    field: list[FieldData]
    steps: list[StepData]


def network_trace(run: Run, layer: str, cell: Cell, most_terms: int) -> NetworkTrace:
    """Return how ``cell`` of ``layer`` came to be; what has run is not computed again.

    Raises:
        UnknownName: there is no such layer.
        ShapeError: there is no such cell.
        ApiError: 422 ``limit_terms``, if a step has more than ``most_terms``.
    """
    shipped = run.shipped
    check_cell(cell, shipped.network.shape(layer))
    kept = run.until(layer)
    layers = shipped.unit_of[layer].layers
    steps: list[StepData] = []
    for name in layers[: layers.index(layer) + 1]:
        trace = kept.trace(name, cell)
        check_terms(len(trace.values), most_terms)
        node = shipped.network.node(name)
        steps.append(
            {
                "layer": name,
                "operation": node.operation.name,
                "sources": node.layer.feeds,
                "trace": trace.data(),
            }
        )
    return {
        "layer": layer,
        "cell": list(cell),
        "sources": steps[0]["sources"],
        "field": field_of(shipped, layer, cell),
        "steps": steps,
    }


def field_of(shipped: Shipped, layer: str, cell: Cell) -> list[FieldData]:
    """Return the receptive field of ``cell`` along each axis of the network's input."""
    fields = shipped.summary[layer].field
    # A row of numbers has no places in the picture: each of them sees all of it.
    places = cell[1:] if len(cell) == len(fields) + 1 else (0,) * len(fields)
    found: list[FieldData] = []
    for field, place, size in zip(fields, places, shipped.network.input_shape[1:], strict=True):
        first, last = field.of(place)
        inside = [max(ceil(first), 0), min(floor(last), size - 1)]
        found.append(
            {
                "axis": field.axis,
                "first": first,
                "last": last,
                "inside": inside if inside[0] <= inside[1] else None,
            }
        )
    return found
