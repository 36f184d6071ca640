"""What a trace looks like as JSON: numbers, and the same as decimal strings that add up exactly."""

from __future__ import annotations

from typing import Literal, TypedDict

StepKind = Literal["add", "subtract", "multiply", "divide", "apply"]


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
    """What is done after the sum: a ``kind`` with an ``operand``, or a function called ``name``.

    ``text`` is the name as it is read, by language.
    """

    kind: StepKind
    name: str
    text: dict[str, str]
    operand: float | None
    result: float | None


class PrintedStep(TypedDict):
    """A step's decimal strings: result = what the kind says + residual.

    A quotient's residual is its remainder; a function's value is rounded, and has none. ``filled`` is
    a function as it is read, by language, with the number that it is applied to in it.
    """

    filled: dict[str, str] | None
    operand: str | None
    result: str
    residual: str | None


class PartialData(TypedDict):
    """The part of the sum that one channel (or plane) of one input gives: ``count`` terms from ``start``."""

    start: int
    count: int
    sum: float | None


class PrintedData(TypedDict):
    """Decimal strings that add up exactly; no ``partials`` where one term is picked."""

    values: list[str]
    weights: list[str] | None
    products: list[str]
    partials: list[str] | None
    sum: str
    divisor: str | None
    quotient: str | None
    remainder: str | None
    bias: str | None
    before: str | None
    steps: list[PrintedStep]
    value: str
    residual: str


class TraceData(TypedDict):
    """A trace as JSON-ready data."""

    operation: str
    cell: list[int]
    reduction: str
    each: str | None
    each_text: dict[str, str] | None
    terms: list[TermData]
    partials: list[PartialData]
    sum: float | None
    divisor: float | None
    quotient: float | None
    bias: float | None
    before: float | None
    steps: list[StepData]
    value: float | None
    printed: PrintedData
