"""What a function gives for arrays, computed with as few passes and arrays as there need be."""

from __future__ import annotations

from collections import Counter
from typing import TypeAlias, cast

import numpy as np

from engine.arrays import Float
from engine.functions.function import Function, constant

_Value: TypeAlias = "Float | float"
_ONE, _NONE = constant(1), constant(0)
_LEAVES, _COMPARISONS = ("x", "number", "text"), (">", "<")
_UFUNCS: dict[str, np.ufunc] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "^": np.power,
    "negative": np.negative,
    "max": np.maximum,
    "min": np.minimum,
    "below": np.minimum,
    ">": np.greater,
    "<": np.less,
    "and": np.logical_and,
}


def evaluate(function: Function, x: Float) -> Float:
    """Return the function of every cell: floats with at least one axis give the same shape and type, anew."""
    value = _Evaluation(function, x).of(function)
    if not isinstance(value, np.ndarray):
        return np.full_like(x, value)
    return value.copy() if value is x else value


def arrays_held(function: Function) -> int:
    """Return how many arrays of x's size evaluating a function holds at once, at most."""
    alive = most = 0
    for arg in function.args:
        most = max(most, alive + arrays_held(arg))
        alive += arg.op not in _LEAVES
    if function.op in _LEAVES:
        return 0
    in_place = alive > 0 and function.op in _UFUNCS and function.op not in _COMPARISONS
    return max(most, alive + (function.primitive.held if function.primitive else 1) - in_place)


class _Evaluation:
    """One function at one array; what stands in it more than once is computed once."""

    def __init__(self, function: Function, x: Float) -> None:
        self.x = x
        self.uses: Counter[int] = Counter()
        self.kept: dict[int, _Value] = {}
        self._count(function)

    def _count(self, function: Function) -> None:
        self.uses[id(function)] += 1
        if self.uses[id(function)] == 1:
            for arg in function.args:
                self._count(arg)

    def of(self, function: Function) -> _Value:
        known = self.kept.get(id(function))
        if known is None:
            known = self._computed(function)
            if self.uses[id(function)] > 1:
                self.kept[id(function)] = known
        return known

    def _computed(self, function: Function) -> _Value:
        args = function.args
        match function.op:
            case "x":
                return self.x
            case "number" | "text":
                return float(function.number)
            case "if":
                return self._chosen(*args)
            case "gated":
                gate, kept = self.of(args[0]), np.maximum(self.x, -function.number)
                return np.multiply(kept, gate, out=kept)
            case "within":
                return evaluate(args[0], np.clip(self.x, -function.number, function.number))
            case "call":
                assert function.primitive is not None
                return _plain(function.primitive.value(cast("Float", self.of(args[0]))))
            case "^" if args[1].number in (2, 3):
                base = self.of(args[0])
                square = base * base
                return square if args[1].number == 2 else square * base
            case op:
                values = [self.of(arg) for arg in args]
                own = (
                    value
                    for value, arg in zip(values, args, strict=True)
                    if isinstance(value, np.ndarray) and value is not self.x and self.uses[id(arg)] == 1
                )
                out = None if op in _COMPARISONS else next(own, None)
                return _plain(_UFUNCS[op](*values, out=out))

    def _chosen(self, condition: Function, then: Function, otherwise: Function) -> _Value:
        holds = self.of(condition)
        if (then, otherwise) == (_ONE, _NONE):
            return cast("Float", holds).astype(self.x.dtype)
        # Numbers in the type of x: NumPy would take two of them for float64.
        kind = self.x.dtype.type
        values = (kind(arg.number) if arg.op == "number" else self.of(arg) for arg in (then, otherwise))
        return np.where(holds, *values)


def _plain(value: object) -> _Value:
    """Return an array as it is, and a number as Python's, which widens no array."""
    return cast("Float", value) if isinstance(value, np.ndarray) else float(cast("float", value))
