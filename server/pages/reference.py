"""What the reference page shows, read off the registry and the API's own description."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypedDict, cast

from engine.arrays import Array
from engine.declaration.layout import Input, Output
from engine.declaration.operation import Call, Operation
from engine.declaration.parameters import Json
from engine.limits import Limits
from engine.registry import all_operations
from server.calls.examples import example, example_params

_MOST = 60
"""Numbers of one array that are shown; of a larger one, the first rows."""


class Shown(TypedDict):
    """An array of an example: ``rows`` of its numbers, ``more`` if there are further ones."""

    name: str
    texts: dict[str, str]
    shape: list[int]
    rows: list[list[float]]
    more: bool


class Example(TypedDict):
    """A small call and what comes of it."""

    inputs: list[Shown]
    params: dict[str, Json]
    outputs: list[Shown]


class Entry(TypedDict):
    """An operation on the reference page; ``symbols`` and ``formula`` are its size law, if it has one."""

    declaration: dict[str, Json]
    document: str
    symbols: str | None
    formula: str | None
    example: Example


class FamilyEntries(TypedDict):
    """The operations of a family."""

    name: str
    texts: dict[str, str]
    entries: list[Entry]


class Route(TypedDict):
    """A call of the API: ``body`` is an example of what it takes, empty where it takes nothing.

    ``anchor`` is its place on the page, ``tried`` the path with an example in each of its places,
    ``more`` the paragraphs after the ``summary``.
    """

    method: str
    path: str
    anchor: str
    tried: str
    summary: str
    more: list[str]
    body: str


def families(limits: Limits) -> list[FamilyEntries]:
    """Return every operation, family by family, with a small example, computed here."""
    found: dict[str, FamilyEntries] = {}
    for operation in all_operations():
        name, title, _ = operation.family
        family = found.setdefault(name, {"name": name, "texts": title.data(), "entries": []})
        family["entries"].append(_entry(operation, limits))
    return list(found.values())


@lru_cache(maxsize=256)
def _entry(operation: Operation, limits: Limits) -> Entry:
    call = example(operation, limits)
    law = next((axis for axis in call.layout.axes if axis.kernel > 1 or axis.output != axis.size), None)
    return {
        "declaration": operation.describe(limits),
        "document": inspect.getdoc(operation) or "",
        "symbols": None if law is None else law.formula.symbols,
        "formula": None if law is None else law.text,
        "example": _example(call),
    }


def _example(call: Call) -> Example:
    operation = call.operation
    return {
        "inputs": _shown(operation.inputs, call.inputs),
        "params": example_params(operation),
        "outputs": _shown(operation.outputs, call.outputs()),
    }


def _shown(declared: Sequence[Input | Output], arrays: Mapping[str, Array]) -> list[Shown]:
    found: list[Shown] = []
    for each in declared:
        array = arrays.get(each.name)
        if array is not None:
            rows = array.reshape(-1, array.shape[-1] if array.ndim else 1)
            few = max(_MOST // rows.shape[1], 1)
            more = rows.size > _MOST
            found.append(
                {
                    "name": each.name,
                    "texts": each.label.data(),
                    "shape": list(array.shape),
                    "rows": (rows[:few, :_MOST] if more else rows).tolist(),
                    "more": more,
                }
            )
    return found


def routes(schema: dict[str, object]) -> list[Route]:
    """Return the calls that an OpenAPI ``schema`` lists, with an example of each body."""
    found: list[Route] = []
    for path, methods in cast("dict[str, dict[str, dict[str, object]]]", schema["paths"]).items():
        for method, said in methods.items():
            summary, *more = str(said.get("description") or said.get("summary") or "").split("\n\n")
            found.append(
                {
                    "method": method.upper(),
                    "path": path,
                    "anchor": re.sub(r"\W+", "-", f"{method}{path}").strip("-"),
                    "tried": _filled(path, said),
                    "summary": summary,
                    "more": more,
                    "body": _example_body(said),
                }
            )
    return found


def _filled(path: str, said: dict[str, object]) -> str:
    """Return a path with an example in each of its places, as far as there is one."""
    for parameter in cast("list[dict[str, dict[str, list[str]]]]", said.get("parameters") or []):
        for value in parameter.get("schema", {}).get("examples", [])[:1]:
            path = path.replace(f"{{{parameter['name']}}}", value)
    return path


def _example_body(said: dict[str, object]) -> str:
    """Return the example as JSON, a line for each member."""
    body = cast("dict[str, dict[str, dict[str, dict[str, object]]]]", said.get("requestBody") or {})
    example = body.get("content", {}).get("application/json", {}).get("example")
    if not example:
        return ""
    lines = [f"  {json.dumps(name)}: {json.dumps(value)}" for name, value in example.items()]
    return "{\n" + ",\n".join(lines) + "\n}"
