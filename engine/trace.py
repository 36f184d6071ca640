"""How one output cell came to be, as data.

Hover, keyboard, screen reader and export are views of the same trace. ``data``
carries the numbers twice: as numbers, and under ``printed`` as decimal strings
that add up exactly: sum = products, sum = divisor x quotient + remainder,
value = quotient + bias + residual. Where more is done to the sum, steps follow, each
with what its rounding left over, and the last one's result is the value.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Literal, TypedDict

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Array, Float, Indices, Number
from engine.axis import OUTSIDE

Cell = tuple[int, ...]
StepKind = Literal["add", "subtract", "multiply", "divide", "apply"]

_DIGITS = 12
"""Significant digits of the largest product; smaller ones keep as many places."""
_EXACT = Context(prec=1600, traps=[])


class TermData(TypedDict):
    """One input cell's part: ``input`` is None on padding, a number that is not finite too."""

    of: str
    input: list[int] | None
    kernel: list[int]
    value: float | None
    weight: float | None
    product: float | None
    chosen: bool


class StepData(TypedDict):
    """What is done after the sum: a ``kind`` with an ``operand``, or a function called ``name``."""

    kind: StepKind
    name: str
    operand: float | None
    result: float | None


class PrintedStep(TypedDict):
    """A step's decimal strings: result = what the kind says + residual.

    A quotient's residual is its remainder; a function's value is rounded, and has none.
    """

    operand: str | None
    result: str
    residual: str | None


class PrintedData(TypedDict):
    """Decimal strings that add up exactly."""

    values: list[str]
    weights: list[str] | None
    products: list[str]
    sum: str
    divisor: str | None
    quotient: str | None
    remainder: str | None
    bias: str | None
    steps: list[PrintedStep]
    value: str
    residual: str


class TraceData(TypedDict):
    """A trace as JSON-ready data."""

    operation: str
    cell: list[int]
    reduction: str
    each: str | None
    terms: list[TermData]
    sum: float | None
    divisor: float | None
    quotient: float | None
    bias: float | None
    steps: list[StepData]
    value: float | None
    printed: PrintedData


@dataclass(frozen=True)
class Step:
    """One thing done to a number: with an ``operand``, or a function called ``name``.

    ``name`` also says what an operand is, as in "mean"; ``result`` is the number after it.
    """

    kind: StepKind
    name: str
    result: Number
    operand: Number | None = None


@dataclass(frozen=True)
class Trace:
    """The terms of one output cell and what was made of them.

    Shapes: ``sources`` (n, r) input cells as channel, row, column, or as many coordinates as the
    input has (OUTSIDE for padding); ``positions`` (n, k) kernel entries; ``values`` and ``weights``
    (n,). ``of`` names the input of each term where there are several. ``reduction`` "max" or "min"
    picks the term ``chosen``; "sum" adds the products, divides by ``divisor`` and adds ``bias``.
    Where a function called ``each`` is applied to every product before the sum, ``parts`` (n,) are
    what it gives. ``steps`` are done last; ``value`` is the engine's own output.
    """

    operation: str
    cell: Cell
    sources: Indices
    positions: Indices
    values: Array
    value: Number
    weights: Array | None = None
    reduction: Literal["sum", "max", "min"] = "sum"
    chosen: int | None = None
    divisor: Number | None = None
    bias: Number | None = None
    of: Sequence[str] | None = None
    each: str | None = None
    parts: Float | None = None
    steps: tuple[Step, ...] = ()

    @property
    def products(self) -> NDArray[np.float64]:
        """What is summed, shape (n,): value times weight, exact for float32 factors, or ``parts``."""
        if self.parts is not None:
            return self.parts.astype(np.float64)
        values = self.values.astype(np.float64)
        with np.errstate(invalid="ignore", over="ignore"):
            return values if self.weights is None else values * self.weights.astype(np.float64)

    @property
    def sum(self) -> float:
        """The sum of the products, or the winner's value."""
        products = self.products
        if self.chosen is not None:
            return float(products[self.chosen])
        with np.errstate(invalid="ignore", over="ignore"):
            plain_sum = float(products.sum())
        return math.fsum(products) if math.isfinite(plain_sum) else plain_sum

    def data(self) -> TraceData:
        """Return the trace as JSON-ready data."""
        divisor = None if self.divisor is None else float(self.divisor)
        return {
            "operation": self.operation,
            "cell": list(self.cell),
            "reduction": self.reduction,
            "each": self.each,
            "terms": self._terms(),
            "sum": _finite(self.sum),
            "divisor": divisor,
            "quotient": None if divisor is None else _finite(self.sum / divisor),
            "bias": None if self.bias is None else _finite(float(self.bias)),
            "steps": [
                {
                    "kind": step.kind,
                    "name": step.name,
                    "operand": None if step.operand is None else _finite(float(step.operand)),
                    "result": _finite(float(step.result)),
                }
                for step in self.steps
            ],
            "value": _finite(float(self.value)),
            "printed": self.printed(),
        }

    def _terms(self) -> list[TermData]:
        products = self.products.tolist()
        values = self.values.astype(np.float64).tolist()
        weights = [None] * len(values) if self.weights is None else self.weights.astype(np.float64).tolist()
        of = ["input"] * len(values) if self.of is None else self.of
        return [
            {
                "of": of[place],
                "input": None if OUTSIDE in source else source,
                "kernel": position,
                "value": _finite(value),
                "weight": None if weight is None else _finite(weight),
                "product": _finite(product),
                "chosen": place == self.chosen,
            }
            for place, (source, position, value, weight, product) in enumerate(
                zip(self.sources.tolist(), self.positions.tolist(), values, weights, products, strict=True)
            )
        ]

    def printed(self) -> PrintedData:
        """Return the numbers as decimal strings that add up exactly."""
        values = [decimal_of(value) for value in self.values]
        weights = None if self.weights is None else [decimal_of(weight) for weight in self.weights]
        if self.parts is not None:
            products = _rounded([decimal_of(part) for part in self.parts])
        else:
            products = values if weights is None else _shortened(values, weights)
        total = products[self.chosen] if self.chosen is not None else _total(products)
        value = decimal_of(self.value)
        bias = None if self.bias is None else decimal_of(self.bias)
        divisor = quotient = remainder = None
        last = total
        if self.divisor is not None:
            divisor = decimal_of(self.divisor)
            with np.errstate(over="ignore"):
                last = quotient = decimal_of(self.value.dtype.type(self.sum / float(self.divisor)))
            remainder = _EXACT.subtract(total, _EXACT.multiply(quotient, divisor))
        last = last if bias is None else _EXACT.add(last, bias)
        steps: list[PrintedStep] = []
        for step in self.steps:
            steps.append(_printed_step(step, last))
            last = decimal_of(step.result)
        residual = _EXACT.subtract(value, last)
        return {
            "values": [plain(v) for v in values],
            "weights": None if weights is None else [plain(w) for w in weights],
            "products": [plain(p) for p in products],
            "sum": plain(total),
            "divisor": None if divisor is None else plain(divisor),
            "quotient": None if quotient is None else plain(quotient),
            "remainder": None if remainder is None else plain(remainder),
            "bias": None if bias is None else plain(bias),
            "steps": steps,
            "value": plain(value),
            "residual": plain(residual),
        }


def _printed_step(step: Step, before: Decimal) -> PrintedStep:
    """Return a step's decimals and what its rounding left over, after the number ``before``."""
    result = decimal_of(step.result)
    operand = None if step.operand is None else decimal_of(step.operand)
    residual = None
    if operand is not None:
        match step.kind:
            case "add":
                residual = _EXACT.subtract(result, _EXACT.add(before, operand))
            case "subtract":
                residual = _EXACT.subtract(result, _EXACT.subtract(before, operand))
            case "multiply":
                residual = _EXACT.subtract(result, _EXACT.multiply(before, operand))
            case "divide":
                residual = _EXACT.subtract(before, _EXACT.multiply(result, operand))
            case "apply":
                pass
    return {
        "operand": None if operand is None else plain(operand),
        "result": plain(result),
        "residual": None if residual is None else plain(residual),
    }


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None


def decimal_of(number: Number) -> Decimal:
    """Return the shortest decimal that reads back as ``number`` in its own type."""
    return Decimal(str(number.item() if number.dtype.kind in "iub" else number))


def plain(number: Decimal) -> str:
    """Return ``number`` without exponent (unless it is enormous or tiny) and without idle zeros."""
    if not number.is_finite():
        return str(number)
    if number == 0:
        return "0"
    number = number.normalize(_EXACT)
    return format(number, "f") if -24 <= number.adjusted() <= 24 else str(number)


def _total(numbers: list[Decimal]) -> Decimal:
    total = Decimal(0)
    for number in numbers:
        total = _EXACT.add(total, number)
    return total


def _shortened(values: list[Decimal], weights: list[Decimal]) -> list[Decimal]:
    """Return the products, to as many places as give the largest one _DIGITS digits; whole ones exactly."""
    return _rounded([_EXACT.multiply(value, weight) for value, weight in zip(values, weights, strict=True)])


def _rounded(products: list[Decimal]) -> list[Decimal]:
    """Return the numbers to as many places as give the largest one _DIGITS digits."""
    places = [product.adjusted() for product in products if product.is_finite() and product != 0]
    if not places:
        return products
    last_place = min(max(places) - _DIGITS + 1, 0)
    unit = Decimal(1).scaleb(last_place)
    return [
        _EXACT.quantize(product, unit)
        if product.is_finite() and product.as_tuple().exponent < last_place  # type: ignore[operator]
        else product
        for product in products
    ]
