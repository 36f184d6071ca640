"""The sizes of a call as data: what POST /api/shape answers and the page draws windows from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from engine.arrays import Shape
from engine.formula import FormulaData
from engine.limits import UNLIMITED, Limits
from engine.operation import Layout, Operation
from engine.parameters import Params
from engine.ranges import Choices, Range, ranges
from engine.window import WindowAxis


class AxisReport(TypedDict):
    """One axis: its law with the numbers, and which input cell each output reads where."""

    axis: str
    input: int
    output: int
    formula: FormulaData
    text: str
    index: list[list[int]]
    coverage: list[int]
    unread: list[int]


class ShapeReport(TypedDict):
    """Everything about sizes; ``limits`` says what each parameter may be now."""

    operation: str
    input_shape: list[int]
    output_shape: list[int]
    params: dict[str, object]
    parameters: int
    macs: int
    padding: dict[str, int]
    dropped: dict[str, int]
    receptive_field: list[int]
    axes: list[AxisReport]
    limits: dict[str, list[Range] | Choices]


def shape_report(
    operation: Operation,
    shapes: Mapping[str, Shape],
    params: Params,
    layout: Layout,
    limits: Limits = UNLIMITED,
) -> ShapeReport:
    """Return the report of a sound call; ``params`` are settled."""
    rows, columns = layout.axes
    return {
        "operation": operation.name,
        "input_shape": list(shapes["input"]),
        "output_shape": list(layout.output),
        "params": dict(params),
        "parameters": layout.parameters,
        "macs": layout.macs,
        "padding": {
            "top": rows.before,
            "bottom": rows.after,
            "left": columns.before,
            "right": columns.after,
        },
        "dropped": {"bottom": rows.dropped, "right": columns.dropped},
        "receptive_field": [rows.extent, columns.extent],
        "axes": [_axis_report(axis) for axis in layout.axes],
        "limits": ranges(operation, shapes, params, limits),
    }


def _axis_report(axis: WindowAxis) -> AxisReport:
    return {
        "axis": axis.name,
        "input": axis.size,
        "output": axis.output,
        "formula": axis.formula.data,
        "text": axis.text,
        "index": axis.index.tolist(),
        "coverage": axis.coverage.tolist(),
        "unread": axis.unread,
    }
