"""From a wish to the engine: gather the inputs, bind the operation, answer.

Everything here is plain, blocking Python; the routes and the stream run it in threads.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ConvscopeError, ShapeError
from engine.limits import Limits
from engine.operation import Call, Operation
from engine.parameters import Params, parse_params
from engine.ranges import ranges
from engine.registry import operation
from engine.report import shape_report
from engine.trace import TraceData
from server.errors import ApiError
from server.images.library import Library
from server.numbers import numbers
from server.results import Result, Results
from server.weights import kernel_inputs
from server.wishes import CallWish, MapsWish, ShapeWish, Source, TraceWish

Shapes: TypeAlias = tuple[tuple[str, Shape], ...]
Items: TypeAlias = tuple[tuple[str, object], ...]
_CALL = set(CallWish.model_fields)
SHORTHANDS = {"weight": "weights", "divisor": "weights.divisor"}


@dataclass(frozen=True)
class Calls:
    """What turning wishes into answers needs: pictures by id, and the limits in force."""

    library: Library
    limits: Limits
    max_terms: int
    results: Results

    def result(self, wish: CallWish) -> Result:
        """Return the call for ``wish``, with what was computed of it lately."""
        sources = [source for source in (wish.input, *wish.inputs.values()) if source is not None]
        key: Hashable | None = None
        if all(source.values is None for source in sources):
            key = operation(wish.operation), wish.model_dump_json(include=_CALL)
        return self.results.get(key, lambda: self.bind(wish))

    def bind(self, wish: CallWish) -> Call:
        """Return the engine's call for ``wish``; errors name fields as the caller wrote them."""
        chosen = operation(wish.operation)
        inputs = self._inputs(wish)
        try:
            return chosen.bind(inputs, wish.params, self.limits)
        except ConvscopeError as error:
            raise _renamed(error, chosen, wish) from None

    def report(self, call: Call) -> str:
        """Return the sizes of ``call`` as JSON."""
        return _report(call.operation, _shapes(call), tuple(call.asked.items()), self.limits)

    def ranges(self, call: Call) -> str:
        """Return what each parameter of ``call`` may be now, as JSON."""
        return _ranges(call.operation, _shapes(call), tuple(call.asked.items()), self.limits)

    def shape(self, wish: ShapeWish) -> str:
        """Answer POST /api/shape, as JSON."""
        chosen = operation(wish.operation)
        shapes = (("input", tuple(wish.input_shape)),)
        try:
            asked = parse_params(chosen.parameters, wish.params, self.limits)
            question = chosen, shapes, tuple(asked.items()), self.limits
            return f'{_report(*question)[:-1]},"limits":{_ranges(*question)}}}'
        except ConvscopeError as error:
            renamed = _renamed(error, chosen, wish)
            renamed.field = "input_shape" if renamed.field == "input" else renamed.field
            raise renamed from None

    def maps(self, wish: MapsWish) -> Iterator[tuple[Call, range, Array]]:
        """Yield the maps wished for, run by run, cut to the region."""
        result = self.result(wish)
        call = result.call
        rows, columns = _region(wish.region, call.layout.output)
        for number in wish.channels or ():
            if number >= call.layout.output[-3]:
                raise _no_map(number, call.layout.output[-3])
        for run, maps in call.maps(wish.channels, result.parts):
            yield call, run, maps[:, rows, columns]

    def run(self, wish: MapsWish) -> Array:
        """Return all the maps wished for, shape (k, H, W)."""
        return np.concatenate([maps for _, _, maps in self.maps(wish)])

    def trace(self, wish: TraceWish) -> TraceData:
        """Answer POST /api/trace."""
        result = self.result(wish)
        map_number, row, column = wish.cell
        trace = result.call.trace((map_number, row, column), result.parts)
        terms = len(trace.values)
        if terms > self.max_terms:
            raise ApiError(
                422,
                "limit_terms",
                f"This cell is a sum of {terms:,} terms; the limit (max_trace_terms) is {self.max_terms:,}.",
                "cell",
                {"asked": terms, "max": self.max_terms, "limit": "max_trace_terms"},
            )
        return trace.data()

    def _inputs(self, wish: CallWish) -> dict[str, object]:
        inputs: dict[str, object] = {}
        for name, source in wish.inputs.items():
            inputs[name] = self._array(source, f"inputs.{name}")
        shorthands: dict[str, object] = {}
        if wish.input is not None:
            shorthands["input"] = self._array(wish.input, "input")
        if wish.weights is not None:
            shorthands.update(kernel_inputs(wish.weights))
        if wish.bias is not None:
            shorthands["bias"] = numbers(wish.bias, "bias")
        for name, value in shorthands.items():
            if name in inputs:
                field = SHORTHANDS.get(name, name)
                raise ApiError(
                    422,
                    "given_twice",
                    f"{field} is given twice: by itself and in inputs.",
                    field,
                    {"name": field},
                )
            inputs[name] = value
        return inputs

    def _array(self, source: Source, field: str) -> Array:
        if (source.image is None) == (source.values is None):
            raise ApiError(
                422, "source", f"{field} must have either image or values.", field, {"name": field}
            )
        if source.image is not None:
            return self.library.pixels(
                source.image, source.size, source.color, source.frame, prefix=f"{field}."
            )
        return numbers(source.values, f"{field}.values")


def _shapes(call: Call) -> Shapes:
    return tuple((name, array.shape) for name, array in call.inputs.items())


# What a slider is dragged through is asked again and again; an answer is a few kilobytes.
@lru_cache(maxsize=128)
def _ranges(chosen: Operation, shapes: Shapes, params: Items, limits: Limits) -> str:
    found = ranges(chosen, dict(shapes), Params(dict(params)), limits)
    return json.dumps(found, separators=(",", ":"))


@lru_cache(maxsize=128)
def _report(chosen: Operation, shapes: Shapes, params: Items, limits: Limits) -> str:
    report = shape_report(chosen, dict(shapes), Params(dict(params)), limits)
    return json.dumps(report, separators=(",", ":"))


def _region(region: list[int] | None, output: Shape) -> tuple[slice, slice]:
    if region is None:
        return slice(None), slice(None)
    y, x, height, width = region
    rows, columns = output[-2:]
    if height < 1 or width < 1 or y + height > rows or x + width > columns:
        raise ApiError(
            422,
            "region",
            f"region must be [y, x, height, width] of at least one cell within {rows} x {columns}.",
            "region",
            {"height": rows, "width": columns},
        )
    return slice(y, y + height), slice(x, x + width)


def _no_map(number: int, count: int) -> ShapeError:
    return ShapeError(
        "channels",
        f"channels names map {number}; there are maps 0 to {count - 1}.",
        field="channels",
        values={"asked": number, "min": 0, "max": count - 1},
    )


def _renamed(error: ConvscopeError, chosen: Operation, wish: CallWish | ShapeWish) -> ConvscopeError:
    """Give ``error`` the field's name as the caller wrote it."""
    given: Mapping[str, object] = wish.inputs if isinstance(wish, CallWish) else {}
    if error.field in given:
        error.field = f"inputs.{error.field}"
    elif error.field in [parameter.name for parameter in chosen.parameters] or error.field in wish.params:
        error.field = f"params.{error.field}"
    elif error.field is not None:
        error.field = SHORTHANDS.get(error.field, error.field)
    return error
