"""Reading a trace as a person does: the printed strings as exact decimals, and whether they add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Context, Decimal
from typing import Any

import pytest

EXACT = Context(prec=3000)
DIGITS = 12


def exact(text: str) -> Decimal:
    """The printed number; anything but a plain decimal is an error."""
    number = Decimal(text)
    assert number.is_finite(), text
    return number


def add(*numbers: Decimal) -> Decimal:
    """The exact sum."""
    total = Decimal(0)
    for number in numbers:
        total = EXACT.add(total, number)
    return total


def check_adds_up(trace: Mapping[str, Any]) -> None:
    """Assert that what a trace prints (a reply's JSON, or the engine's data) adds up exactly."""
    printed = trace["printed"]
    terms = trace["terms"]
    assert len(terms) == len(printed["products"]) == len(printed["values"])
    products = _read(printed["products"], terms, trace["reduction"])
    values = _read(printed["values"], terms, trace["reduction"])
    if trace["reduction"] != "sum":
        assert printed["weights"] is None
        assert printed["products"] == printed["values"]
        [chosen] = [place for place, term in enumerate(terms) if term["chosen"]]
        expected = products[chosen]
    else:
        assert not any(term["chosen"] for term in terms)
        expected = add(*products)
    total = exact(printed["sum"])
    assert total == expected
    if trace["each"] is None:
        _check_products(printed, values, products)
    last = total
    if printed["divisor"] is not None:
        last = exact(printed["quotient"])
        remainder = exact(printed["remainder"])
        assert total == add(EXACT.multiply(exact(printed["divisor"]), last), remainder)
        check_small(printed, remainder, products)
    else:
        assert printed["quotient"] is None
        assert printed["remainder"] is None
    bias = Decimal(0) if printed["bias"] is None else exact(printed["bias"])
    last, residual = add(last, bias), exact(printed["residual"])
    if printed["before"] is not None:
        assert float(printed["before"]) == _close(trace["before"])
        assert exact(printed["before"]) == add(last, residual)
        last, residual = exact(printed["before"]), Decimal(0)
    last = _after_steps(trace, last, products)
    assert not trace["steps"] or residual == 0, "the last step's result is the value"
    assert exact(printed["value"]) == add(last, residual)


def _after_steps(trace: Mapping[str, Any], last: Decimal, products: list[Decimal]) -> Decimal:
    """Follow the steps from the number so far: result = previous, operand, and what rounding left over."""
    told, printed = trace["steps"], trace["printed"]["steps"]
    assert len(told) == len(printed)
    unrounded = add(*map(abs, products))
    for step, said in zip(told, printed, strict=True):
        assert step["name"].strip() == step["name"] != ""
        result = exact(said["result"])
        assert float(said["result"]) == _close(step["result"])
        if step["kind"] == "apply":
            assert said["operand"] is said["residual"] is step["operand"] is None
        else:
            operand, residual = exact(said["operand"]), exact(said["residual"])
            assert float(said["operand"]) == _close(step["operand"])
            size = _check_step(step["kind"], last, operand, result, residual)
            # What was printed is the exact sum; the engine went on from a rounded one.
            size += unrounded * (abs(operand) if step["kind"] == "multiply" else 1)
            assert abs(residual) <= size.scaleb(-5) + Decimal("1e-30"), step
        unrounded, last = abs(result), result
    return last


def _check_step(kind: str, last: Decimal, operand: Decimal, result: Decimal, residual: Decimal) -> Decimal:
    """Assert that one step adds up exactly; return the size of what was reckoned with."""
    product = EXACT.multiply(last, operand)
    match kind:
        case "add":
            assert result == add(last, operand, residual)
            return abs(last) + abs(operand)
        case "subtract":
            assert result == add(last, EXACT.minus(operand), residual)
            return abs(last) + abs(operand)
        case "multiply":
            assert result == add(product, residual)
            return abs(product)
        case _:
            assert kind == "divide"
            assert last == add(EXACT.multiply(result, operand), residual)
            return abs(last)


def _close(number: float) -> Any:
    """A printed single is shorter than the same number as a double."""
    return pytest.approx(number, rel=1e-6, abs=1e-30)


def _read(texts: Sequence[str], terms: Sequence[Mapping[str, Any]], reduction: str) -> list[Decimal]:
    """The numbers; where one is picked, padding is infinite and counts as 0, since it never wins."""
    padding = [reduction != "sum" and term["input"] is None for term in terms]
    assert all(
        text in ("-Infinity", "Infinity") for text, outside in zip(texts, padding, strict=True) if outside
    )
    return [Decimal(0) if outside else exact(text) for text, outside in zip(texts, padding, strict=True)]


def check_small(printed: Mapping[str, Any], remainder: Decimal, products: list[Decimal]) -> None:
    """Assert that a remainder is what float32 leaves of a division, and no more."""
    largest = max((abs(product) for product in products), default=Decimal(0))
    dividend = abs(EXACT.multiply(exact(printed["divisor"]), exact(printed["quotient"])))
    # The decimals of singles are the shortest that read back, and so differ in the eighth place.
    rounded_terms = largest.scaleb(1 - DIGITS) * len(products) + add(*map(abs, products)).scaleb(-7)
    assert abs(remainder) <= dividend.scaleb(-6) + rounded_terms + Decimal("1e-30")


def _check_products(printed: Mapping[str, Any], values: list[Decimal], products: list[Decimal]) -> None:
    factors = (
        [Decimal(1)] * len(values) if printed["weights"] is None else list(map(exact, printed["weights"]))
    )
    true = [EXACT.multiply(value, factor) for value, factor in zip(values, factors, strict=True)]
    largest = max((abs(product) for product in true), default=Decimal(0))
    # 12 digits for the largest product, the same places for the others; whole numbers in full.
    half = Decimal("0.5").scaleb(min(largest.adjusted() - DIGITS + 1, 0)) if largest else Decimal(0)
    for product, printed_product in zip(true, products, strict=True):
        assert abs(EXACT.subtract(product, printed_product)) <= half
        if product == product.to_integral_value():
            assert printed_product == product
