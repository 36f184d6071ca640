"""How one output cell came to be, as data.

Hover, keyboard, screen reader and export are views of the same trace. ``data``
carries the numbers twice: as numbers, and under ``printed`` as decimal strings
that add up exactly: sum = partials = products, sum = divisor x quotient + remainder,
value = quotient + bias + residual. Where more is done to the sum, steps follow, each
with what its rounding left over, and the last one's result is the value; where the engine
rounded what they begin with, that is ``before`` = quotient + bias + residual.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Array, Float, Indices, Number
from engine.functions.function import Function
from engine.functions.spelling import english, said
from engine.texts import Text
from engine.trace.data import PartialData, PrintedData, PrintedStep, StepKind, TermData, TraceData
from engine.trace.decimals import EXACT, decimal_of, plain, rounded, shortened, total_of
from engine.windows.axis import OUTSIDE

Cell = tuple[int, ...]


@dataclass(frozen=True)
class Step:
    """One thing done to a number: with an ``operand``, or a function.

    ``name`` is the function, or says what the operand is, as in "mean"; ``result`` is the number after it.
    """

    kind: StepKind
    name: Function | Text
    result: Number
    operand: Number | None = None


@dataclass(frozen=True)
class Trace:
    """The terms of one output cell and what was made of them.

    Shapes: ``sources`` (n, r) input cells as channel, row, column, or as many coordinates as the
    input has (OUTSIDE for padding); ``positions`` (n, k) kernel entries; ``values`` and ``weights``
    (n,). ``of`` names the input of each term where there are several. ``reduction`` "max" or "min"
    picks the term ``chosen``; "sum" adds the products, divides by ``divisor`` and adds ``bias``.
    Where a function ``each`` is applied to every product before the sum, ``parts`` (n,) are
    what it gives. ``steps`` are done last, beginning with ``before`` where it is given: what the engine
    held then; ``value`` is the engine's own output.
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
    each: Function | Text | None = None
    parts: Float | None = None
    before: Number | None = None
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
        return _sum(products)

    @property
    def runs(self) -> list[tuple[int, int]]:
        """The terms of one channel (or plane) of one input after another: (first, after the last) of each.

        They follow one another, and share all but the last two coordinates of their kernel entry, or
        the first of two.
        """
        count, rank = self.positions.shape
        lead = self.positions[:, : max(rank - 2, int(rank > 1))]
        changes = (lead[1:] != lead[:-1]).any(axis=1)
        if self.of is not None:
            names = np.array(self.of)
            changes |= names[1:] != names[:-1]
        edges = [0, *(np.flatnonzero(changes) + 1).tolist(), count]
        return list(pairwise(edges)) if count else []

    def data(self) -> TraceData:
        """Return the trace as JSON-ready data."""
        divisor = None if self.divisor is None else float(self.divisor)
        return {
            "operation": self.operation,
            "cell": list(self.cell),
            "reduction": self.reduction,
            "each": None if self.each is None else english(self.each),
            "each_text": None if self.each is None else said(self.each).data(),
            "terms": self._terms(),
            "partials": self._partials(),
            "sum": _finite(self.sum),
            "divisor": divisor,
            "quotient": None if divisor is None else _finite(self.sum / divisor),
            "bias": None if self.bias is None else _finite(float(self.bias)),
            "before": None if self.before is None else _finite(float(self.before)),
            "steps": [
                {
                    "kind": step.kind,
                    "name": english(step.name),
                    "text": said(step.name).data(),
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

    def _partials(self) -> list[PartialData]:
        products = self.products
        return [
            {"start": start, "count": stop - start, "sum": _finite(_sum(products[start:stop]))}
            for start, stop in self.runs
        ]

    def printed(self) -> PrintedData:
        """Return the numbers as decimal strings that add up exactly."""
        values = [decimal_of(value) for value in self.values]
        weights = None if self.weights is None else [decimal_of(weight) for weight in self.weights]
        if self.parts is not None:
            products = rounded([decimal_of(part) for part in self.parts])
        else:
            products = values if weights is None else shortened(values, weights)
        partials = None
        if self.chosen is None:
            partials = [total_of(products[start:stop]) for start, stop in self.runs]
            total = total_of(partials)
        else:
            total = products[self.chosen]
        value = decimal_of(self.value)
        bias = None if self.bias is None else decimal_of(self.bias)
        divisor = quotient = remainder = None
        last = total
        if self.divisor is not None:
            divisor = decimal_of(self.divisor)
            with np.errstate(over="ignore"):
                last = quotient = decimal_of(self.value.dtype.type(self.sum / float(self.divisor)))
            remainder = EXACT.subtract(total, EXACT.multiply(quotient, divisor))
        last = last if bias is None else EXACT.add(last, bias)
        residual = before = None
        if self.before is not None:
            before = decimal_of(self.before)
            residual, last = EXACT.subtract(before, last), before
        steps: list[PrintedStep] = []
        for step in self.steps:
            steps.append(_printed_step(step, last))
            last = decimal_of(step.result)
        residual = EXACT.subtract(value, last) if residual is None else residual
        return {
            "values": [plain(v) for v in values],
            "weights": None if weights is None else [plain(w) for w in weights],
            "products": [plain(p) for p in products],
            "partials": None if partials is None else [plain(p) for p in partials],
            "sum": plain(total),
            "divisor": None if divisor is None else plain(divisor),
            "quotient": None if quotient is None else plain(quotient),
            "remainder": None if remainder is None else plain(remainder),
            "bias": None if bias is None else plain(bias),
            "before": None if before is None else plain(before),
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
                residual = EXACT.subtract(result, EXACT.add(before, operand))
            case "subtract":
                residual = EXACT.subtract(result, EXACT.subtract(before, operand))
            case "multiply":
                residual = EXACT.subtract(result, EXACT.multiply(before, operand))
            case "divide":
                residual = EXACT.subtract(before, EXACT.multiply(result, operand))
            case "apply":
                pass
    return {
        "filled": said(step.name, plain(before)).data() if operand is None else None,
        "operand": None if operand is None else plain(operand),
        "result": plain(result),
        "residual": None if residual is None else plain(residual),
    }


def _sum(products: NDArray[np.float64]) -> float:
    with np.errstate(invalid="ignore", over="ignore"):
        plain_sum = float(products.sum())
    return math.fsum(products) if math.isfinite(plain_sum) else plain_sum


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None
