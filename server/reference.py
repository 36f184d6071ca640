"""What the reference page shows, read off the registry and the API's own description."""

from __future__ import annotations

import inspect
import json
from typing import NotRequired, TypedDict, cast

import numpy as np

from engine.arrays import Array
from engine.kernels import kernel
from engine.limits import Limits
from engine.operation import Call, Operation
from engine.parameters import Json
from engine.registry import all_operations

_EXAMPLE_INPUT = np.array(
    [[[1, 2, 3, 0, 1], [0, 1, 2, 3, 0], [3, 0, 1, 2, 3], [2, 3, 0, 1, 2], [1, 2, 3, 0, 1]]]
)


class Example(TypedDict):
    """A small call and what comes of it, as rows of numbers."""

    input: list[list[float]]
    kernel: NotRequired[list[list[float]]]
    output: list[list[float]]
    formula: str


class Entry(TypedDict):
    """An operation on the reference page."""

    declaration: dict[str, Json]
    document: str
    symbols: str
    example: Example


class Route(TypedDict):
    """A call of the API: ``body`` is an example of what it takes, empty where it takes nothing."""

    method: str
    path: str
    summary: str
    body: str


def entries(limits: Limits) -> list[Entry]:
    """Return every operation with a small example, computed now."""
    return [_entry(operation, limits) for operation in all_operations()]


def _entry(operation: Operation, limits: Limits) -> Entry:
    call = _example(operation)
    rows = call.layout.axes[0]
    example: Example = {
        "input": _rows(call.inputs["input"]),
        "output": _rows(call.run()),
        "formula": rows.text,
    }
    if "weight" in call.inputs:
        example["kernel"] = _rows(call.inputs["weight"])
    return {
        "declaration": operation.describe(limits),
        "document": inspect.getdoc(operation) or "",
        "symbols": rows.formula.symbols,
        "example": example,
    }


def _example(operation: Operation) -> Call:
    inputs: dict[str, object] = {}
    for declared in operation.inputs:
        if declared.required:
            inputs[declared.name] = _EXAMPLE_INPUT if declared.kind == "maps" else kernel("textbook").values
    params = {p.name: p.start for p in operation.parameters if p.required}
    return operation.bind(inputs, params)


def _rows(array: Array) -> list[list[float]]:
    return array.reshape(-1, array.shape[-1]).tolist()


def routes(schema: dict[str, object]) -> list[Route]:
    """Return the calls that an OpenAPI ``schema`` lists, with an example of each body."""
    found: list[Route] = []
    for path, methods in cast("dict[str, dict[str, dict[str, object]]]", schema["paths"]).items():
        for method, said in methods.items():
            found.append(
                {
                    "method": method.upper(),
                    "path": path,
                    "summary": str(said.get("description") or said.get("summary") or ""),
                    "body": _example_body(said),
                }
            )
    return found


def _example_body(said: dict[str, object]) -> str:
    """Return the example as JSON, a line for each member."""
    body = cast("dict[str, dict[str, dict[str, dict[str, object]]]]", said.get("requestBody") or {})
    example = body.get("content", {}).get("application/json", {}).get("example")
    if not example:
        return ""
    lines = [f"  {json.dumps(name)}: {json.dumps(value)}" for name, value in example.items()]
    return "{\n" + ",\n".join(lines) + "\n}"
