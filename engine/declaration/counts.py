"""What a call costs, stated once as expressions: the numbers, the page's words and the code follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from engine.arrays import Shape
from engine.formula import Expression, symbol

Sizes: TypeAlias = "Mapping[str, int | Sequence[int]]"
"""How many there are, by what is counted; along several axes a number for each."""
NOTHING = Expression("number")
"""The count 0."""


class Counts(NamedTuple):
    """Weights and biases, multiply-accumulates, and further additions and comparisons.

    All are of the whole input. The symbols say what is counted; the page has a word for each.
    """

    parameters: Expression = NOTHING
    macs: Expression = NOTHING
    additions: Expression = NOTHING


def product(*factors: Expression | int, **sizes: int | Sequence[int]) -> Expression:
    """Return ``sizes``, by what they count, times ``factors`` (but 1); NOTHING if one is 0.

    >>> found = product(maps=8, weights=(3, 3))
    >>> found.symbols, found.value
    ('maps * weights * weights', 72)
    """
    args = [
        symbol(name, size)
        for name, given in sizes.items()
        for size in ([given] if isinstance(given, int) else given)
    ]
    args += [
        Expression("number", number=each) if isinstance(each, int) else each for each in factors if each != 1
    ]
    return _joined("*", args) if all(arg.value for arg in args) else NOTHING


def total(*terms: Expression) -> Expression:
    """Return the sum of the terms; those that are 0 are left out."""
    args = [term for term in terms if term.value]
    return _joined("+", args) if args else NOTHING


def _joined(op: str, args: list[Expression]) -> Expression:
    """Return the arguments under one sign; one alone needs none, and nothing multiplied is 1."""
    if len(args) == 1:
        return args[0]
    return Expression(op, tuple(args)) if args else Expression("number", number=1)


def outputs_of(shape: Shape, dims: int) -> dict[str, Shape]:
    """Return the sizes of (..., maps, cells along ``dims`` axes) by what they count, for ``product``."""
    maps = len(shape) - dims - 1
    return {"pictures": shape[:maps], "maps": shape[maps : maps + 1], "cells": shape[maps + 1 :]}


def weighed(kernel: Sizes, held: Sizes, used: Sizes, made: Sizes, biases: int) -> Counts:
    """Return the counts of sums weighed by kernels: how many are ``held``, how often one is ``used``.

    ``made`` are the sums; to each a bias is added, if there are ``biases``.
    """
    weights = product(**held, **kernel)
    return Counts(
        total(weights, product(biases=biases)),
        product(**used, **kernel),
        product(**made) if biases else NOTHING,
    )
