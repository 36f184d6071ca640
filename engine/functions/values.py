"""What a function gives for arrays, computed in few passes and with few arrays."""

from __future__ import annotations

from functools import lru_cache
from math import inf
from typing import TypeAlias, cast

import numpy as np

from engine.arrays import Float
from engine.functions.function import Function, bounded

_Value: TypeAlias = "Float | float"
_LEAVES = ("x", "number", "text")
_BOUNDS = {"max": (-inf, inf), "below": (-inf, 0.0), "min": (-inf, inf)}
_CONDITIONS: dict[str, np.ufunc] = {">": np.greater, "<": np.less, "and": np.logical_and}
_IN_PLACE: dict[str, np.ufunc] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "negative": np.negative,
}


def evaluate(function: Function, x: Float) -> Float:
    """Return the function of every cell: floats with at least one axis give the same shape and type, anew."""
    value = _Evaluation(function, x).value
    if not isinstance(value, np.ndarray):
        return np.full_like(x, value)
    return value.copy() if value is x else value


@lru_cache(256)
def arrays_held(function: Function) -> int:
    """Return how many arrays of x's size evaluating a function holds at once, at most."""
    if function.op in _LEAVES:
        return 0
    alive = most = 0
    for arg in function.args:
        most = max(most, alive + arrays_held(arg))
        alive += arg.op not in _LEAVES
    own = function.primitive.held if function.primitive else 2 if function.op in ("if", "^") else 1
    return max(most, alive + own - (alive > 0 and function.op in {**_IN_PLACE, **_BOUNDS}))


class _Evaluation:
    """One function at one array; what stands in it more than once is computed once."""

    def __init__(self, function: Function, x: Float) -> None:
        function, self.uses = _counted(function)
        self.left = dict(self.uses)
        self.x = x
        self.kept: dict[int, _Value] = {}
        self.value = self.of(function)

    def of(self, function: Function) -> _Value:
        key = id(function)
        if self.uses[key] == 1:
            return self._computed(function)
        value = self.kept.pop(key) if key in self.kept else self._computed(function)
        self.left[key] -= 1
        if self.left[key] > 0:
            self.kept[key] = value
        return value

    def _computed(self, function: Function) -> _Value:
        op, args = function.op, function.args
        if op == "x":
            return self.x
        if op in ("number", "text"):
            return float(function.number)
        if op in _BOUNDS:
            return self._bounded(function)
        if op == "if":
            return self._chosen(*args)
        if op == "within":
            return evaluate(args[0], np.clip(self.x, -function.number, function.number))
        if op == "gated":
            gate = self.of(args[0])
            kept = np.clip(self.x, -function.number, inf)
            np.multiply(kept, gate, out=kept)
            return np.add(kept, 0, out=kept)  # no minus 0 where the gate is shut
        values = [self.of(arg) for arg in args]
        if op in _CONDITIONS:
            return _CONDITIONS[op](*values)
        if function.primitive is not None:
            return _plain(function.primitive.value(cast("Float", values[0])))
        if op == "^":
            return _power(*values)
        return _plain(_IN_PLACE[op](*values, out=self._own(args, values)))

    def _own(self, args: tuple[Function, ...], values: list[_Value]) -> Float | None:
        """Return an array among the values that nobody needs any more, to be written over."""
        for arg, value in zip(args, values, strict=True):
            if isinstance(value, np.ndarray) and value is not self.x and self.uses[id(arg)] == 1:
                return value
        return None

    def _bounded(self, function: Function) -> _Value:
        """Return what lies within a bound, or within one on each side: np.clip does that in one pass."""
        bound, of = bounded(function)
        low, high = (bound.number, inf) if function.op == "max" else (-inf, bound.number)
        if of.op in _BOUNDS and of.op != function.op and self.uses[id(of)] == 1:
            other, of = bounded(of)
            low, high = (low, other.number) if function.op == "max" else (other.number, high)
        value = self.of(of)
        return _plain(np.clip(value, low, high, out=self._own((of,), [value])))

    def _chosen(self, condition: Function, then: Function, otherwise: Function) -> _Value:
        """Return what np.where would, which waits at each cell where the condition is hard to foresee."""
        holds, kind = self.of(condition), self.x.dtype
        if not isinstance(holds, np.ndarray):  # x does not stand in it
            return self.of(then if holds else otherwise)
        if (then.number, otherwise.number) == (1, 0):
            return holds.astype(kind)
        bits = np.dtype(f"i{kind.itemsize}")
        mask = holds.astype(bits)
        values = {one: self.of(one) for one in (then, otherwise)}
        # Of the two, ``this`` is taken where the mask's bits are set, and written over if it may be.
        this, that = (then, otherwise) if isinstance(values[then], np.ndarray) else (otherwise, then)
        np.subtract(*((0, mask) if this is then else (mask, 1)), out=mask)
        own = self._own((this,), [values[this]])
        first, second = (np.asarray(values[one], kind).view(bits) for one in (this, that))
        between = np.bitwise_xor(first, second, out=None if own is None else own.view(bits))
        mask &= between
        mask ^= second
        return mask.view(kind)


def _power(base: _Value, power: _Value) -> _Value:
    """Return a power; squares and cubes are products, which is quicker."""
    if power not in (2, 3):
        return _plain(np.power(base, power))
    square = base * base
    return square if power == 2 else square * base


def _plain(value: object) -> _Value:
    """Return an array as it is, and a number as Python's, which widens no array."""
    return cast("Float", value) if isinstance(value, np.ndarray) else float(cast("float", value))


@lru_cache(256)
def _counted(function: Function) -> tuple[Function, dict[int, int]]:
    """Return a function equal to this one, and how often each of its parts, by identity, stands in it."""
    uses: dict[int, int] = {}

    def count(part: Function) -> None:
        uses[id(part)] = uses.get(id(part), 0) + 1
        if uses[id(part)] == 1:
            for arg in part.args:
                count(arg)

    count(function)
    return function, uses
