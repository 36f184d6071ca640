"""Decimals as people write them: they read back, and are added without loss."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from engine.trace.decimals import decimal_of, plain, rounded, shortened, total_of


@pytest.mark.parametrize("kind", ["uint8", "int64", "float16", "float32", "float64"])
def test_the_shortest_decimal_reads_back_in_its_own_type(kind: str):
    rng = np.random.default_rng(8)
    for number in (rng.standard_normal(500) * 10.0 ** rng.integers(0, 2, 500)).astype(kind):
        text = plain(decimal_of(number))
        assert np.dtype(kind).type(text if kind.startswith("float") else int(text)) == number


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("1.500", "1.5"),
        ("1E+3", "1000"),
        ("-0.0", "0"),
        ("1E-24", "0." + "0" * 23 + "1"),
        ("1E-25", "1E-25"),
        ("1E+25", "1E+25"),
        ("NaN", "NaN"),
        ("-Infinity", "-Infinity"),
    ],
)
def test_no_exponent_where_people_write_none(number: str, text: str):
    assert plain(Decimal(number)) == text


def test_totals_are_exact():
    assert total_of([Decimal("1e20"), Decimal("0.1"), Decimal("-1e20")]) == Decimal("0.1")
    assert total_of([]) == 0


def test_the_largest_product_has_twelve_digits_and_all_have_its_places():
    values, weights = [Decimal(1) / 3, Decimal("0.0001") / 7], [Decimal(100), Decimal(1)]
    assert list(map(str, shortened(values, weights))) == ["33.3333333333", "0.0000142857"]


def test_whole_numbers_and_what_is_not_finite_stay():
    numbers = [Decimal(123456789012345678), Decimal("0.5"), Decimal("NaN"), Decimal("Infinity")]
    assert list(map(str, rounded(numbers))) == ["123456789012345678", "0", "NaN", "Infinity"]
    assert rounded([Decimal(0)]) == [Decimal(0)]
