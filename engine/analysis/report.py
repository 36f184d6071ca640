"""The sizes of a call as data: what POST /api/shape answers and the page draws windows from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from engine.arrays import Shape
from engine.declaration.layout import bytes_moved
from engine.declaration.parameters import Params
from engine.declaration.planning import Planning
from engine.formula import FormulaData
from engine.limits import UNLIMITED, Limits
from engine.texts import Text
from engine.windows.alternatives import Alternative, alternatives
from engine.windows.axis import SIDES, Axis

_ENTRIES = Text("The number of entries of the {axis}'s index table", "{axis}的索引表的项数")


class AxisReport(TypedDict):
    """One axis: its law with the numbers, and which input cell each output reads where."""

    axis: str
    input: int
    output: int
    formula: FormulaData
    text: str
    index: list[list[int]]
    weights: list[list[float]] | None
    coverage: list[int]
    unread: list[int]
    alternatives: dict[str, Alternative] | None


class ShapeReport(TypedDict):
    """Everything about sizes."""

    operation: str
    spreads: bool
    input_shape: list[int]
    output_shape: list[int]
    params: dict[str, object]
    parameters: int
    macs: int
    additions: int
    bytes_moved: int
    counts: dict[str, FormulaData]
    outputs: dict[str, list[int]]
    padding: dict[str, int]
    dropped: dict[str, int]
    receptive_field: list[int]
    axes: list[AxisReport]


def shape_report(
    operation: Planning, shapes: Mapping[str, Shape], asked: Params, limits: Limits = UNLIMITED
) -> ShapeReport:
    """Return the report of a call of these input shapes and parameters.

    Raises:
        ShapeError, ParameterError, LimitError: as ``Operation.bind`` does, and where the
            index table of an axis would be larger than ``limits`` allow.
    """
    params, layout = operation.check(shapes, asked, limits)
    for axis in layout.axes:
        entries = max(axis.output * axis.kernel, axis.size)
        limits.check("table", entries, _ENTRIES, axis=axis.name)
    sides = {axis.name: SIDES[axis.name] for axis in layout.axes}
    names = [output.name for output in operation.outputs]
    counts = {**layout.counts()._asdict(), "bytes_moved": bytes_moved(shapes, layout)}
    return {
        "operation": operation.name,
        "spreads": operation.spreads,
        "input_shape": list(shapes["input"]),
        "output_shape": list(layout.output),
        "params": dict(params),
        "parameters": counts["parameters"].value,
        "macs": counts["macs"].value,
        "additions": counts["additions"].value,
        "bytes_moved": counts["bytes_moved"].value,
        "counts": {name: count.data for name, count in counts.items()},
        "outputs": {names[0]: list(layout.output)}
        | {name: list(layout.further[name]) for name in names[1:] if name in layout.further},
        "padding": {
            side: cells
            for axis in layout.axes
            for side, cells in zip(sides[axis.name], (axis.before, axis.after), strict=True)
        },
        "dropped": {sides[axis.name][1]: axis.dropped for axis in layout.axes},
        "receptive_field": [axis.extent for axis in layout.axes],
        "axes": [_axis_report(axis) for axis in layout.axes],
    }


def _axis_report(axis: Axis) -> AxisReport:
    return {
        "axis": axis.name,
        "input": axis.size,
        "output": axis.output,
        "formula": axis.formula.data,
        "text": axis.text,
        "index": axis.index.tolist(),
        "weights": None if axis.weights is None else axis.weights.tolist(),
        "coverage": axis.coverage.tolist(),
        "unread": axis.unread,
        "alternatives": alternatives(axis),
    }
