"""Traces of extreme numbers: exact decimals, plain digits, nothing that JSON cannot say."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.registry import operation
from engine.trace.decimals import decimal_of, plain
from tests.engine.sums import EXACT, add, check_adds_up, exact

conv2d, max_pool2d, avg_pool2d = (operation(name) for name in ("conv2d", "max_pool2d", "avg_pool2d"))

singles = st.floats(width=32, allow_nan=False, allow_infinity=False)
doubles = st.floats(allow_nan=False, allow_infinity=False)
many = settings(max_examples=200, deadline=None, derandomize=True, database=None)


def trace_of(values: list[float], weights: list[float], kind: Any, **more: Any) -> dict[str, Any]:
    picture, kernel = np.array([[values]], kind), np.array([weights], kind)
    call = conv2d.bind({"input": picture, "weight": kernel, **more})
    reply = call.trace((0, 0, 0)).data()
    return json.loads(json.dumps(reply, allow_nan=False))


@pytest.mark.parametrize(("numbers", "kind"), [(singles, np.float32), (doubles, np.float64)])
def test_any_finite_numbers_add_up(numbers: st.SearchStrategy[float], kind: type):
    terms = st.lists(st.tuples(numbers, numbers), min_size=1, max_size=6)

    @given(terms, numbers, numbers.filter(lambda number: number != 0))
    @many
    def check(pairs: list[tuple[float, float]], bias: float, divisor: float) -> None:
        values, weights = ([pair[side] for pair in pairs] for side in (0, 1))
        reply = trace_of(values, weights, kind, bias=kind(bias), divisor=kind(divisor))
        # Where the result overflows, the value is not finite and nothing can add up.
        if reply["value"] is not None and math.isfinite(float(reply["printed"]["quotient"] or 0)):
            total = sum_of(reply)
            assert exact(reply["printed"]["sum"]) == total
            assert printed_value(reply) == exact(reply["printed"]["value"])

    check()


def sum_of(reply: dict[str, Any]) -> Decimal:
    return add(*(exact(product) for product in reply["printed"]["products"]))


def printed_value(reply: dict[str, Any]) -> Decimal:
    printed = reply["printed"]
    last = exact(printed["sum"])
    if printed["divisor"] is not None:
        last = exact(printed["quotient"])
        back = add(EXACT.multiply(last, exact(printed["divisor"])), exact(printed["remainder"]))
        assert back == exact(printed["sum"])
    return add(last, exact(printed["bias"] or "0"), exact(printed["residual"]))


def test_the_textbook_sum():
    reply = trace_of([10, 20, 30], [-1, 0, 1], np.int64, bias=5)
    check_adds_up(reply)
    assert reply["printed"] == {
        "values": ["10", "20", "30"],
        "weights": ["-1", "0", "1"],
        "products": ["-10", "0", "30"],
        "partials": ["20"],
        "sum": "20",
        "divisor": None,
        "quotient": None,
        "remainder": None,
        "bias": "5",
        "before": None,
        "steps": [],
        "value": "25",
        "residual": "0",
    }
    assert (reply["sum"], reply["bias"], reply["value"]) == (20, 5, 25)
    assert [term["input"] for term in reply["terms"]] == [[0, 0, 0], [0, 0, 1], [0, 0, 2]]


def test_a_box_kernel_says_its_divisor_and_what_is_left():
    reply = trace_of([1, 2, 2], [1, 1, 1], np.int64, divisor=3)
    check_adds_up(reply)
    printed = reply["printed"]
    assert (printed["sum"], printed["divisor"]) == ("5", "3")
    assert printed["quotient"].startswith("1.66666")
    assert Decimal(printed["remainder"]) == 5 - 3 * Decimal(printed["quotient"])


def test_a_divisor_of_one_is_none():
    assert trace_of([1, 2], [1, 1], np.int64, divisor=1)["printed"]["divisor"] is None


def test_tenths_show_their_residual_and_no_more_digits_than_they_have():
    reply = trace_of([0.1, 0.2], [1, 1], np.float64)
    check_adds_up(reply)
    assert reply["printed"]["values"] == ["0.1", "0.2"]
    assert reply["printed"]["sum"] == "0.3"
    assert Decimal(reply["printed"]["residual"]) == Decimal(repr(0.1 + 0.2)) - Decimal("0.3")


@pytest.mark.parametrize(
    ("values", "weights"),
    [
        ([math.inf], [0]),
        ([math.inf, -math.inf], [1, 1]),
        ([math.nan, 1], [1, 1]),
        ([1, 2], [math.inf, 0]),
        ([3e38, 3e38], [1, 1]),
        ([3e38], [10]),
    ],
)
@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_what_is_not_finite_is_null_and_never_a_crash(values: list[float], weights: list[float], kind: type):
    reply = trace_of(values, weights, kind)
    for term, value in zip(reply["terms"], values, strict=True):
        assert term["value"] == (float(kind(value)) if math.isfinite(value) else None)
    with np.errstate(invalid="ignore", over="ignore"):
        expected = (np.array(values, kind) * np.array(weights, kind)).sum(dtype=kind)
    assert reply["value"] == (float(expected) if math.isfinite(expected) else None)


def test_finite_products_whose_sum_is_not():
    reply = trace_of([1.7e308, 1.7e308], [1, 1], np.float64)
    assert reply["value"] is None
    assert reply["sum"] is None
    assert exact(reply["printed"]["sum"]) == 2 * Decimal("1.7e308")


def test_the_greatest_and_the_smallest_number_together():
    check_adds_up(trace_of([1.7e308, 5e-324], [1, 1], np.float64))
    check_adds_up(trace_of([1e200], [1], np.float64, bias=1e-250))
    check_adds_up(trace_of([1e-200], [1e-100], np.float64, bias=1e300))


@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize("picture", [[[-np.inf, -np.inf]], [[5.0, -np.inf]], [[np.nan, 1.0]]])
def test_the_winner_is_a_real_cell(kind: type, picture: list):
    call = max_pool2d.bind({"input": np.array([picture], kind)}, {"kernel_size": [2, 3], "padding": [1, 1]})
    _, height, width = call.layout.output
    for y, x in np.ndindex(height, width):
        reply = call.trace((0, y, x)).data()
        [winner] = [term for term in reply["terms"] if term["chosen"]]
        assert winner["input"] is not None
        assert winner["value"] == reply["value"]
        json.dumps(reply, allow_nan=False)


def test_of_equals_the_first_wins():
    call = max_pool2d.bind({"input": np.full((1, 2, 2), 7)}, {"kernel_size": 2})
    assert [term["chosen"] for term in call.trace((0, 0, 0)).data()["terms"]] == [True, False, False, False]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (np.float32(0.1), "0.1"),
        (np.float64(0.1), "0.1"),
        (np.uint8(200), "200"),
        (np.int64(-(2**62)), str(-(2**62))),
        (np.float32(-0.0), "0"),
        (np.float32(1.5e-7), "0.00000015"),
        (np.float64(1e20), "100000000000000000000"),
        (np.float32(2**24), "16777216"),
        (np.float64(2**53), "9007199254740992"),
    ],
)
def test_plain_digits(number, text: str):
    assert plain(decimal_of(number)) == text


@given(singles)
@many
def test_a_printed_single_reads_back(value: float):
    number = np.float32(value)
    assert np.float32(float(plain(decimal_of(number)))) == number


@given(doubles)
@many
def test_a_printed_double_reads_back(value: float):
    assert float(plain(decimal_of(np.float64(value)))) == value


def test_average_pooling_counts_what_it_divides_by():
    picture = np.array([[[1, 2], [3, 5]]])
    for counted, divisor in ((True, "4"), (False, "1")):
        params = {"kernel_size": 2, "padding": 1, "count_include_pad": counted}
        reply = avg_pool2d.bind({"input": picture}, params).trace((0, 0, 0)).data()
        check_adds_up(reply)
        assert reply["printed"]["divisor"] == divisor
        assert reply["printed"]["sum"] == "1"
        assert sum(term["input"] is None for term in reply["terms"]) == 3
