"""Drawn numbers for inputs that a caller cannot make, such as the weights of a large layer.

The shape of what is drawn follows from the inputs that are given and from the parameters;
the operation knows it. The same wish draws the same numbers, wherever it is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import prod
from typing import cast

import numpy as np

from engine.arrays import Array, Shape, as_numbers
from engine.declaration.operation import Operation
from engine.declaration.parameters import Params, parse_params
from engine.errors import ParameterError
from engine.limits import Limits
from engine.refusals import missing_input, unknown_input
from engine.texts import Text
from server.errors import ApiError

_SIZE_AT = {
    "standard_normal": 0,
    "random": 0,
    "permutation": 0,
    "choice": 1,
    "standard_gamma": 1,
    "exponential": 1,
    "normal": 2,
    "uniform": 2,
    "integers": 2,
}
"""Which argument of a generator's method says how many numbers are wanted."""
_BYTES_EACH = 12
"""A double drawn, and the single that is kept of it."""


def draw(
    operation: Operation,
    given: Mapping[str, object],
    seeds: Mapping[str, int],
    params: Mapping[str, object],
    limits: Limits,
) -> dict[str, Array]:
    """Return the inputs that ``seeds`` name, drawn to go with those ``given``.

    Raises:
        ApiError: an input is unknown, or nothing else says its shape.
        ShapeError, ParameterError: as ``Operation.bind`` does.
        LimitError: it would be more than ``limits`` allow; said before it is drawn.
    """
    names = [declared.name for declared in operation.inputs]
    for name in seeds:
        if name == names[0]:
            raise ApiError(
                422,
                "seed",
                Text(
                    "{name} must have image or values: a seed is for inputs whose shape follows from it.",
                    "{name} 必须是图片或数：没有别的能决定它的形状。",
                ),
                name,
                {"name": name},
            )
        if name not in names:
            raise unknown_input(operation.name, names)
    arrays = {name: as_numbers(value, name) for name, value in given.items() if value is not None}
    if names[0] not in arrays:
        raise missing_input(operation.name, names[0])
    shapes = {name: array.shape for name, array in arrays.items()}
    asked = parse_params(operation.parameters, params, limits)
    _check(operation, shapes, seeds, asked, limits)
    drawn: dict[str, Array] = {}
    spent = _Spent(limits)
    for place, name in enumerate(names):
        if name in seeds:
            spent.field = name
            rng = _Bounded(np.random.default_rng([seeds[name], place]), spent.add)
            drawn[name] = operation.sample(name, shapes, asked, cast("np.random.Generator", rng))
            shapes[name] = drawn[name].shape
    return drawn


def _check(
    operation: Operation, shapes: Mapping[str, Shape], seeds: Mapping[str, int], asked: Params, limits: Limits
) -> None:
    """Refuse what is wrong already.

    A size that will be read off what is drawn is the least one here, if it is not asked for.
    """
    following = [p for p in operation.parameters if p.follows in seeds and asked.given(p) is None]
    while True:
        try:
            operation.check(shapes, asked, limits)
        except ParameterError as error:
            if error.code != "missing_input" or not following:
                raise
            parameter = following.pop(0)
            asked = asked.replace(parameter, parameter.parse(parameter.domain(limits)["min"], limits))
        else:
            return


@dataclass
class _Spent:
    """What has been drawn so far, against the limit."""

    limits: Limits
    numbers: int = 0
    field: str = ""

    def add(self, numbers: int) -> None:
        self.numbers += numbers
        asked = self.numbers * _BYTES_EACH
        self.limits.check(
            "bytes",
            asked,
            Text("The memory needed for drawn numbers, in bytes,", "随机数所需内存（字节）"),
            self.field,
        )


class _Bounded:
    """A generator that says how many numbers are wanted before it draws them."""

    def __init__(self, rng: np.random.Generator, spend: Callable[[int], None]) -> None:
        self._rng = rng
        self._spend = spend

    def __getattr__(self, name: str) -> object:
        method = cast("Callable[..., object]", getattr(self._rng, name))
        place = _SIZE_AT.get(name)
        if place is None:
            return method

        def bounded(*args: object, **named: object) -> object:
            size = named.get("size", args[place] if len(args) > place else None)
            self._spend(_count(size))
            return method(*args, **named)

        return bounded


def _count(size: object) -> int:
    if size is None:
        return 1
    if isinstance(size, np.ndarray):
        return int(cast("Array", size).size)
    return prod(cast("Shape", size)) if isinstance(size, tuple | list) else int(cast("int", size))
