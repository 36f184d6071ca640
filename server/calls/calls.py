"""From a wish to the engine: gather the inputs, bind the operation, answer.

Everything here is plain, blocking Python; the routes and the stream run it in threads.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import TypeAlias, cast

import numpy as np

from engine.analysis.curve import CurveData, curve
from engine.analysis.ranges import ranges
from engine.analysis.report import shape_report
from engine.arrays import Array, Shape
from engine.declaration.call import Call
from engine.declaration.operation import Operation
from engine.declaration.parameters import Params, parse_params
from engine.declaration.planning import Planning
from engine.errors import ConvscopeError
from engine.limits import Limits
from engine.registry import operation
from engine.texts import Text
from engine.trace.trace import TraceData
from server.calls.answer_size import check_count, check_numbers, check_picked, check_terms
from server.calls.drawn import draw
from server.calls.inputs import SHORTHANDS, gather
from server.calls.limits import limits_json
from server.calls.outputs import outputs, picked
from server.calls.oversize import advise
from server.calls.parts import PartsWished, parts_outputs, parts_wished
from server.calls.results import Result, Results
from server.errors import ApiError
from server.images.library import Library
from server.text_cache import Texts
from server.wire.json_text import json_text
from server.wire.wishes import CallWish, CurveWish, MapsWish, RunWish, ShapeWish, TraceWish

Shapes: TypeAlias = tuple[tuple[str, Shape], ...]
Items: TypeAlias = tuple[tuple[str, object], ...]
_CALL = set(CallWish.model_fields) - {"activation"}
# What a slider is dragged through is asked again and again; an answer is mostly a few kilobytes.
_RANGES = Texts(1_000_000)
_REPORTS = Texts(4_000_000)


@dataclass(frozen=True)
class Calls:
    """What turning wishes into answers needs: pictures by id, and the limits in force."""

    library: Library
    limits: Limits
    max_terms: int
    max_numbers: int
    results: Results

    def result(self, wish: CallWish) -> Result:
        """Return the call for ``wish``, with what was computed of it lately.

        With an activation or another, or none, the operation is computed once.
        """
        sources = [source for source in (wish.input, *wish.inputs.values()) if source is not None]
        key: tuple[Hashable, ...] | None = None
        if all(source.values is None for source in sources):
            said = wish.model_dump_json(include=_CALL)  # with weights and edits, up to a megabyte
            key = operation(wish.operation), hashlib.blake2b(said.encode(), digest_size=20).digest()
        result = self.results.get(key, lambda: self.bind(wish))
        name = wish.activation
        if name is None:
            return result
        return self.results.get(key and (*key, name), lambda: result.activated(name))

    def bind(self, wish: CallWish) -> Result:
        """Return the engine's call for ``wish``; errors name fields as the caller wrote them."""
        chosen = operation(wish.operation)
        found = gather(wish, chosen, self.library)
        inputs = found.given
        try:
            if found.seeds:
                inputs |= draw(chosen, inputs, found.seeds, wish.params, self.limits)
            return Result(chosen.bind(inputs, wish.params, self.limits), frozenset(found.seeds))
        except ConvscopeError as error:
            shapes = {name: np.shape(cast("Array", value)) for name, value in inputs.items()}
            advise(error, chosen, shapes, wish.params, self.limits)
            raise _renamed(error, chosen, wish) from None

    def report(self, call: Call) -> str:
        """Return the sizes of ``call`` as JSON."""
        return _report(call.operation, _shapes(call), tuple(call.asked.items()), self.limits)

    def ranges(self, result: Result) -> str:
        """Return what each parameter of a call may be now, as ``limits_json`` does.

        What is drawn is drawn anew, to any size: such a size may be what it likes.
        """
        call, asked = result.call, result.call.asked
        shapes = tuple((name, shape) for name, shape in _shapes(call) if name not in result.drawn)
        for parameter in call.operation.parameters:
            if parameter.follows in result.drawn:
                asked = asked.replace(parameter, call.params[parameter.name])
        return _ranges(call.operation, shapes, tuple(asked.items()), self.limits)

    def shape(self, wish: ShapeWish) -> str:
        """Answer POST /api/shape, as JSON."""
        chosen = operation(wish.operation)
        shapes = _shapes_of(wish, chosen)
        try:
            asked = parse_params(chosen.parameters, wish.params, self.limits)
            question = chosen, shapes, tuple(asked.items()), self.limits
            return f"{_report(*question)[:-1]},{_ranges(*question)}}}"
        except ConvscopeError as error:
            advise(error, chosen, dict(shapes), wish.params, self.limits)
            raise _renamed(error, chosen, wish) from None

    def maps(self, wish: MapsWish) -> Iterator[tuple[Result, range, Array]]:
        """Yield the maps wished for, run by run, cut to the region."""
        result = self.result(wish)
        check_picked(wish, result.call.layout.maps, self.limits)
        for run, maps in picked(result, wish):
            yield result, run, maps

    def run(self, wish: RunWish) -> dict[str, Array]:
        """Answer POST /api/run: the outputs wished for, by name."""
        result = self.result(wish)
        if wish.parts is not None:
            wished = parts_wished(result, wish, self.limits)
            check_count(wished.numbers, wish, self.max_numbers)
            return parts_outputs(wished, wish)
        check_numbers(result.call, wish, self.max_numbers, self.limits)
        return outputs(result, wish)

    def parts(self, wish: MapsWish) -> PartsWished:
        """Return the parts wished for, which are computed when they are asked for."""
        return parts_wished(self.result(wish), wish, self.limits)

    def curve(self, wish: CurveWish) -> CurveData:
        """Answer POST /api/curve."""
        result = self.result(wish)
        return curve(result.call, wish.channel, result.parts).data()

    def trace(self, wish: TraceWish) -> TraceData:
        """Answer POST /api/trace."""
        result = self.result(wish)
        trace = result.call.trace(tuple(wish.cell), result.parts)
        check_terms(len(trace.values), self.max_terms)
        return trace.data()


def _shapes(call: Call) -> Shapes:
    return tuple((name, array.shape) for name, array in call.inputs.items())


def _ranges(chosen: Planning, shapes: Shapes, params: Items, limits: Limits) -> str:
    def make() -> str:
        return limits_json(ranges(chosen, dict(shapes), Params(dict(params)), limits))

    return _RANGES.get((chosen, shapes, params, limits), make)


def _report(chosen: Planning, shapes: Shapes, params: Items, limits: Limits) -> str:
    def make() -> str:
        report = shape_report(chosen, dict(shapes), Params(dict(params)), limits)
        return json_text(report).decode()

    return _REPORTS.get((chosen, shapes, params, limits), make)


def _shapes_of(wish: ShapeWish, chosen: Operation) -> Shapes:
    names = [declared.name for declared in chosen.inputs]
    for name in wish.input_shapes:
        if name not in names[1:]:
            raise ApiError(
                422,
                "unknown_input",
                Text(
                    "input_shapes are those of the further inputs of {operation}: {allowed}.",
                    "input_shapes 是 {operation} 其他输入的形状：{allowed}。",
                ).put(allowed=Text("{names}", "{names}") if names[1:] else Text("there are none", "没有")),
                f"input_shapes.{name[:40]}",
                {"operation": chosen.name, "names": names[1:]},
            )
    further = ((name, tuple(shape)) for name, shape in wish.input_shapes.items())
    return ((names[0], tuple(wish.input_shape)), *further)


def _renamed(error: ConvscopeError, chosen: Operation, wish: CallWish | ShapeWish) -> ConvscopeError:
    """Give ``error`` the field's name as the caller wrote it."""
    field = error.field
    inputs = [declared.name for declared in chosen.inputs]
    if field is None:
        return error
    if isinstance(wish, ShapeWish) and field in (inputs[0], *wish.input_shapes):
        error.field = "input_shape" if field == inputs[0] else f"input_shapes.{field}"
    elif isinstance(wish, CallWish) and field in wish.inputs:
        error.field = f"inputs.{field}"
    elif field in [parameter.name for parameter in chosen.parameters] or field in wish.params:
        error.field = f"params.{field}"
    elif field in inputs:
        error.field = SHORTHANDS.get(field, f"inputs.{field}")
    return error
