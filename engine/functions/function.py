"""A function of one number x, written down once as a tree of what is done to x.

It is stated as ``maximum(0, X)`` or ``X / (1 + exp(-X))``. ``values`` computes it, ``slopes``
differentiates it, ``spelling`` says it: as mathematics in English and Chinese, in NumPy, in PyTorch.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import nan
from typing import TypeAlias

from engine.arrays import Float
from engine.texts import Text

Operand: TypeAlias = "Function | float"


@dataclass(frozen=True, slots=True)
class Function:
    """What ``op`` makes of the functions ``args``: a sign, or a word as below.

    "x" is the number itself, "number" a constant, "text" a quantity that is called by its name (its
    ``number`` is NaN where nothing is computed with it), "call" a ``primitive`` of one function.
    """

    op: str
    args: tuple[Function, ...] = ()
    number: float = nan
    text: Text | None = None
    primitive: Primitive | None = None

    def __add__(self, other: Operand) -> Function:
        return Function("+", (self, constant(other)))

    def __radd__(self, other: float) -> Function:
        return constant(other) + self

    def __sub__(self, other: Operand) -> Function:
        return Function("-", (self, constant(other)))

    def __rsub__(self, other: float) -> Function:
        return constant(other) - self

    def __mul__(self, other: Operand) -> Function:
        return Function("*", (self, constant(other)))

    def __rmul__(self, other: float) -> Function:
        return constant(other) * self

    def __truediv__(self, other: Operand) -> Function:
        return self if other == 1 else Function("/", (self, constant(other)))

    def __rtruediv__(self, other: float) -> Function:
        return constant(other) / self

    def __pow__(self, other: Operand) -> Function:
        return Function("^", (self, constant(other)))

    def __neg__(self) -> Function:
        return Function("negative", (self,))

    def __gt__(self, other: Operand) -> Function:
        return Function(">", (self, constant(other)))

    def __lt__(self, other: Operand) -> Function:
        return Function("<", (self, constant(other)))


@dataclass(frozen=True, eq=False)
class Primitive:
    """A function that is computed by itself.

    ``slope`` gives its derivative at a function. Mathematics writes ``form``, as "exp({})", or else its
    ``definition``; NumPy and PyTorch have words for it, or else ``coded``, or the definition. ``held``
    counts the arrays of x's size that computing it holds at once, its result included.
    """

    value: Callable[[Float], Float]
    slope: Callable[[Function], Operand]
    form: str | Text | None = None
    numpy: str | None = None
    torch: str | None = None
    definition: Callable[[Function], Function] | None = None
    coded: Callable[[Function], Function] | None = None
    held: int = 1

    def __call__(self, of: Operand) -> Function:
        """Return this function of ``of``."""
        return Function("call", (constant(of),), primitive=self)


X = Function("x")
FAR = 1e4
"""Beyond here exp(-x) is 0 in every float type, and x * exp(-x) must be 0 too, not infinity times 0."""


def constant(number: Operand) -> Function:
    """Return a number as a function, and a function as it is."""
    return number if isinstance(number, Function) else Function("number", number=number)


def word(en: str, zh: str | None = None, number: float = nan) -> Function:
    """Return a quantity called by its name."""
    return Function("text", text=Text(en, en if zh is None else zh), number=number)


def maximum(left: Operand, right: Operand) -> Function:
    """Return the larger of a bound and a function; where they are equal, the slope is the bound's, 0."""
    return Function("max", (constant(left), constant(right)))


def minimum(left: Operand, right: Operand) -> Function:
    """Return the smaller of a bound and a function; where they are equal, the slope is the bound's, 0."""
    return Function("min", (constant(left), constant(right)))


def below_zero(of: Function) -> Function:
    """Return min(0, of), whose slope at 0 is that of ``of``: it takes the corner that max(0, of) leaves."""
    return Function("below", (constant(0), of))


def choice(condition: Function, then: Operand, otherwise: Operand) -> Function:
    """Return ``then`` where the condition holds, and ``otherwise`` elsewhere."""
    return Function("if", (condition, constant(then), constant(otherwise)))


def gated(gate: Function, far: float) -> Function:
    """Return x times a gate that is 0 up to -far and 1 from far on; so minus infinity gives 0."""
    return Function("gated", (gate,), number=far)


def multiple(factor: float, of: Function) -> Function:
    """Return ``factor`` times a function, which stands alone where the factor is 1."""
    return of if factor == 1 else factor * of


def bounded(function: Function) -> tuple[Function, Function]:
    """Return the bound of a maximum or minimum, and what is bounded."""
    left, right = function.args
    return (left, right) if left.op == "number" else (right, left)
