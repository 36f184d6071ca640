"""The scripts of a view, in all four languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, cast

import numpy as np
from fastapi.exceptions import RequestValidationError

from engine.analysis.histogram import HistogramData
from engine.errors import ConvscopeError, ParameterError
from engine.limits import Limits
from engine.registry import operation
from engine.texts import Text
from server.calls.calls import Calls
from server.calls.compare import bound
from server.calls.drawn import draw
from server.calls.outputs import places
from server.code import with_engine, with_numpy, with_torch
from server.code.networks import NetworkView, NetworkWriter
from server.code.script import Scripts, function, script
from server.code.subject import Subject
from server.code.wanted import cells
from server.code.with_curl import curl
from server.errors import ApiError, Json
from server.networks.context import Networks
from server.wire.wishes import CompareWish, CurveWish, MapsWish, RunWish, ShapeWish, TraceWish, read

View: TypeAlias = 'Literal["run", "trace", "shape", "parts", "curve", "compare"] | NetworkView'
MOST_NUMBERS = 30_000
"""Numbers that a call may hold to be written down, several times over; all edits of two pictures fit."""
_PRINTED = 2000
"""Numbers that curl prints as JSON; more go to a file."""


_DIFFERENCE = """\
difference = b() - a()
at = divmod(int(abs(difference).argmax()), difference.shape[1])
print("largest", difference[at].item(), "at", at)
print("mean", abs(difference).mean().item())
print("equal", int((difference == 0).sum()), "of", difference.shape)"""
_UNEQUAL = """\
print("a", tuple(a().shape), "b", tuple(b().shape), "are of different shapes")"""


@dataclass(frozen=True)
class Writer:
    """What turns wishes into scripts for the service at the address ``server``."""

    calls: Calls
    networks: Networks
    server: str

    def scripts(self, view: View, data: dict[str, Json]) -> Scripts:
        """Return the scripts of a view whose request has the body ``data``.

        Raises:
            ApiError, ConvscopeError, RequestValidationError: as the view's own request does, the field
                within ``call``.
        """
        try:
            _check_numbers(data)
            return self._scripts(view, data)
        except (ApiError, ConvscopeError) as error:
            error.field = "call" if error.field is None else f"call.{error.field}"
            raise
        except RequestValidationError as error:
            found = cast("Sequence[Mapping[str, object]]", error.errors())
            inner = [{**each, "loc": ("call", *cast("tuple[object, ...]", each["loc"]))} for each in found]
            raise RequestValidationError(inner) from None

    def _scripts(self, view: View, data: dict[str, Json]) -> Scripts:
        match view:
            case "run" if data.get("parts") is None:
                return self._run(read(RunWish, data), data)
            case "trace":
                return self._trace(read(TraceWish, data), data)
            case "shape":
                return self._shape(read(ShapeWish, data), data)
            case "parts" | "run":
                return self._parts(read(RunWish, data), data)
            case "curve":
                return self._curve(read(CurveWish, data), data)
            case "compare":
                return self._compare(read(CompareWish, data), data)
            case "predict" | "activations" | "network_trace" | "explain":
                return NetworkWriter(self.networks, self.server).scripts(view, data)

    def _run(self, wish: RunWish, data: dict[str, Json]) -> Scripts:
        result = self.calls.result(wish)
        subject = Subject.of(wish, result)
        _check_picked(subject, wish)
        count = cells(subject, wish, wish.output or subject.call.operation.outputs[0].name)
        kind = wish.format if "format" in data or count <= _PRINTED else "npy"
        file = None if kind in ("json", "csv") else f"{wish.operation}.{kind}"
        return self._texts(
            curl(self.server, "/api/run", data | {"format": kind}, file),
            with_engine.run(subject, wish),
            with_numpy.run(subject, wish),
            with_torch.run(subject, wish),
        )

    def _trace(self, wish: TraceWish, data: dict[str, Json]) -> Scripts:
        self.calls.trace(wish)  # refuses a cell that is not there
        subject = Subject.of(wish, self.calls.result(wish))
        return self._texts(
            curl(self.server, "/api/trace", data),
            with_engine.trace(subject, wish),
            with_numpy.trace(subject, wish),
            with_torch.trace(subject, wish),
        )

    def _shape(self, wish: ShapeWish, data: dict[str, Json]) -> Scripts:
        self.calls.shape(wish)  # refuses what does not fit
        subject = _of_shapes(wish, self.calls.limits)
        return self._texts(
            curl(self.server, "/api/shape", data),
            with_engine.shape(wish),
            with_numpy.shape(subject),
            with_torch.shape(subject),
        )

    def _parts(self, wish: RunWish, data: dict[str, Json]) -> Scripts:
        if wish.parts is None:
            raise ApiError(
                422, "missing", Text("parts must say of which map.", "parts 须说明是哪张特征图。"), "parts"
            )
        wished = self.calls.parts(wish)
        subject = Subject.of(wish, wished.result)
        kind = wish.format if "format" in data or wished.numbers <= _PRINTED else "npy"
        file = None if kind in ("json", "csv") else f"parts.{kind}"
        return self._texts(
            curl(self.server, "/api/run", data | {"format": kind}, file),
            with_engine.parts(subject, wish),
            with_numpy.parts(subject, wish),
            with_torch.parts(subject, wish),
        )

    def _curve(self, wish: CurveWish, data: dict[str, Json]) -> Scripts:
        found = self.calls.curve(wish)
        subject = Subject.of(wish, self.calls.result(wish))
        bins = {name: _bins(found[name]) for name in ("before", "after")}
        return self._texts(
            curl(self.server, "/api/curve", data),
            with_engine.curve_of(subject, wish),
            with_numpy.curve(subject, wish, bins),
            with_torch.curve(subject, wish, bins),
        )

    def _compare(self, wish: CompareWish, data: dict[str, Json]) -> Scripts:
        sides = [(wish.a, bound(self.calls, wish, "a")), (wish.b, bound(self.calls, wish, "b"))]
        shapes = {result.call.layout.maps[1:] for _, result in sides}
        subjects = [(Subject.of(each, result), each.channel) for each, result in sides]
        told = _DIFFERENCE if len(shapes) == 1 else _UNEQUAL
        bodies = [
            "\n\n".join(
                [*(function(name, write(*one)) for name, one in zip("ab", subjects, strict=True)), told]
            )
            for write in (with_engine.side, with_numpy.side, with_torch.side)
        ]
        return self._texts(curl(self.server, "/api/compare", data), *bodies)

    def _texts(self, command: str, *bodies: str) -> Scripts:
        python, numpy, torch = (script(body, self.server) for body in bodies)
        return {"curl": command, "python": python, "numpy": numpy, "torch": torch}


def _check_numbers(data: dict[str, Json]) -> None:
    count, left = 0, list(data.values())
    while left:
        value = left.pop()
        if isinstance(value, list | dict):
            left.extend(value.values() if isinstance(value, dict) else value)
        elif isinstance(value, int | float):
            count += 1
    if count > MOST_NUMBERS:
        raise ApiError(
            422,
            "limit_code",
            Text(
                "The call holds {asked} numbers; code is written of at most {max}. "
                "Give a picture, or draw inputs by a seed.",
                "该调用含 {asked} 个数；最多为 {max} 个数生成代码。请改用图片，或用种子随机生成输入。",
            ),
            None,
            {"asked": count, "max": MOST_NUMBERS},
        )


def _bins(held: HistogramData) -> str:
    """Return how NumPy is told the bins: whole numbers stand in the middle of theirs."""
    count, edges = len(held["counts"]), held["edges"]
    ends = f", ({edges[0]!r}, {edges[-1]!r})" if edges and edges[0] + 0.5 == held["min"] else ""
    return f"{count}{ends}" if count else "1"


def _check_picked(subject: Subject, wish: MapsWish) -> None:
    """Refuse maps and a region that are not there, as a run does."""
    if wish.channels is not None or wish.region is not None:
        subject.call.check_one_picture()
        places(wish, subject.call.layout.maps)


def _of_shapes(wish: ShapeWish, limits: Limits) -> Subject:
    """Return a call on numbers that do not matter, where only sizes are known.

    What is needed beside them, such as weights, is drawn.
    """
    chosen = operation(wish.operation)
    shapes = {chosen.inputs[0].name: wish.input_shape, **wish.input_shapes}
    counting = {declared.name for declared in chosen.inputs if declared.kind == "places"}
    inputs: dict[str, object] = {
        name: np.broadcast_to(np.float32(1) if name not in counting else np.int64(0), sizes)
        for name, sizes in shapes.items()
    }
    needed = {declared.name for declared in chosen.inputs if declared.required}
    while True:
        missing = dict.fromkeys(needed - inputs.keys(), 0)
        inputs |= draw(chosen, inputs, missing, wish.params, limits)
        try:
            call = chosen.bind(inputs, wish.params, limits)
        except ParameterError as error:
            # An input that may be left out may still be needed where a parameter has its default.
            if error.code != "missing_input" or error.field is None or error.field in inputs:
                raise
            needed.add(error.field)
        else:
            return Subject(call, wish.params, zeros=frozenset(inputs))
