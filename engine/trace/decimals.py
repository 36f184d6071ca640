"""Numbers as people write them: the shortest decimals that read back, reckoned with exactly."""

from __future__ import annotations

from decimal import Context, Decimal

from engine.arrays import Number

_DIGITS = 12
"""Significant digits of the largest product; smaller ones keep as many places."""
EXACT = Context(prec=1600, traps=[])
"""Enough digits for any sum of products of doubles; what is not finite is no error."""


def decimal_of(number: Number) -> Decimal:
    """Return the shortest decimal that reads back as ``number`` in its own type."""
    return Decimal(str(number.item() if number.dtype.kind in "iub" else number))


def plain(number: Decimal) -> str:
    """Return ``number`` without exponent (unless it is enormous or tiny) and without idle zeros."""
    if not number.is_finite():
        return str(number)
    if number == 0:
        return "0"
    number = number.normalize(EXACT)
    return format(number, "f") if -24 <= number.adjusted() <= 24 else str(number)


def total_of(numbers: list[Decimal]) -> Decimal:
    """Return the exact sum."""
    total = Decimal(0)
    for number in numbers:
        total = EXACT.add(total, number)
    return total


def shortened(values: list[Decimal], weights: list[Decimal]) -> list[Decimal]:
    """Return the products, to as many places as give the largest one _DIGITS digits; whole ones exactly."""
    return rounded([EXACT.multiply(value, weight) for value, weight in zip(values, weights, strict=True)])


def rounded(products: list[Decimal]) -> list[Decimal]:
    """Return the numbers to as many places as give the largest one _DIGITS digits."""
    places = [product.adjusted() for product in products if product.is_finite() and product != 0]
    if not places:
        return products
    last_place = min(max(places) - _DIGITS + 1, 0)
    unit = Decimal(1).scaleb(last_place)
    return [
        EXACT.quantize(product, unit)
        if product.is_finite() and product.as_tuple().exponent < last_place  # type: ignore[operator]
        else product
        for product in products
    ]
