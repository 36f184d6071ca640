"""A small call of any operation, made from its declaration alone: for the reference page and the tests."""

from __future__ import annotations

from math import prod

import numpy as np

from engine.arrays import Array, Shape
from engine.declaration.call import Call
from engine.declaration.operation import Operation
from engine.declaration.parameters import Json
from engine.declaration.planning import Planning
from engine.errors import ConvscopeError, ParameterError
from engine.limits import Limits
from server.calls.drawn import draw

_SHAPES: dict[int | None, tuple[Shape, ...]] = {
    1: ((1, 7), (2, 6)),
    2: ((1, 5, 5), (2, 4, 4)),
    3: ((1, 3, 3, 4), (2, 3, 3, 3)),
    None: ((2, 3, 3), (2, 4), (4,)),
}
"""Inputs to try, the first that the operation takes is taken."""
_SEED = 1


def example_params(operation: Planning) -> dict[str, Json]:
    """Return the parameters that have no default but a place where their control begins."""
    started = (p for p in operation.parameters if p.default is None and p.follows is None)
    return {p.name: p.start for p in started if p.required or p.start is not None}


def example(operation: Operation, limits: Limits) -> Call:
    """Return a call on a few whole numbers; further inputs that it needs are drawn, and rounded.

    Raises:
        ConvscopeError: the operation takes none of the inputs that are tried.
    """
    refusal: ConvscopeError | None = None
    for shape in _SHAPES[operation.dims]:
        try:
            return _call(operation, _numbers(shape), limits)
        except ConvscopeError as error:
            refusal = refusal or error
    assert refusal is not None
    raise refusal


def _call(operation: Operation, array: Array, limits: Limits) -> Call:
    first, *others = operation.inputs
    given: dict[str, object] = {first.name: array}
    params = example_params(operation)
    needed = {each.name for each in others if each.required}
    while True:
        drawn = draw(operation, given, dict.fromkeys(needed - given.keys(), _SEED), params, limits)
        for name, numbers in drawn.items():
            given[name] = np.round(numbers, 1) + 0 if numbers.dtype.kind == "f" else numbers
        try:
            return operation.bind(given, params, limits)
        except ParameterError as error:
            # An input that may be left out may still be needed where a parameter has its default.
            if error.code != "missing_input" or error.field is None or error.field in given:
                raise
            needed.add(error.field)


def _numbers(shape: Shape) -> Array:
    """Return whole numbers from -3 to 7 in no order."""
    return (np.arange(prod(shape)) * 7 % 11 - 3).reshape(shape)
