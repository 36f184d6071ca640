"""Expressions: their value, their one line, their data."""

from __future__ import annotations

import math

import numpy as np

from engine.formula import Expression, ceil_quotient, symbol


def drawn(rng: np.random.Generator, depth: int) -> Expression:
    """An expression of sums, differences, products, and quotients inside floor or ceil."""
    if depth == 0 or rng.random() < 0.2:
        return symbol(str(rng.choice(["n", "k", "s"])), int(rng.integers(0, 9)))
    left, right = drawn(rng, depth - 1), drawn(rng, depth - 1)
    match int(rng.integers(5)):
        case 0:
            return left + right
        case 1:
            return left - right
        case 2:
            return left * right
        case 3:
            return left // symbol("s", int(rng.integers(1, 5)))
        case _:
            return ceil_quotient(left, symbol("s", int(rng.integers(1, 5))))


def read(text: str) -> int:
    """What the line says by the usual rules of arithmetic."""
    return eval(text, {"floor": math.floor, "ceil": math.ceil})


def test_the_line_reads_as_the_value():
    rng = np.random.default_rng(0)
    for _ in range(2000):
        expression = drawn(rng, 4)
        assert read(expression.text) == expression.value, expression.text


def test_brackets_stand_where_they_are_needed_and_nowhere_else():
    a, b, c = symbol("a", 7), symbol("b", 2), symbol("c", 3)
    assert (a - (b - c)).symbols == "a - (b - c)"
    assert (a - b - c).symbols == "a - b - c"
    assert (a + (b - c)).symbols == "a + b - c"
    assert (a * (b + c)).symbols == "a * (b + c)"
    assert (a * b + c).symbols == "a * b + c"
    assert ((a - 1) // b).symbols == "floor((a - 1) / b)"
    assert ceil_quotient(a, b).text == "ceil(7 / 2)"
    assert (a - 1).equals(6).text == "7 - 1 = 6"


def test_rounding_of_what_is_below_zero():
    assert ((symbol("n", 1) - 4) // symbol("s", 2)).value == -2
    assert ceil_quotient(symbol("n", 1) - 4, symbol("s", 2)).value == -1
    assert ceil_quotient(-3, 2) == -1


def test_data_holds_symbols_with_values():
    law = (symbol("n", 9) - 1) // symbol("s", 2) + 1
    assert law.data == {
        "op": "+",
        "args": [
            {
                "op": "floor",
                "args": [
                    {
                        "op": "/",
                        "args": [
                            {"op": "-", "args": [{"symbol": "n", "value": 9}, {"number": 1}]},
                            {"symbol": "s", "value": 2},
                        ],
                    }
                ],
            },
            {"number": 1},
        ],
    }
    assert law.equals(5).data == {"op": "=", "args": [law.data, {"number": 5}]}


def test_longer_sums_stay_flat():
    one = symbol("n", 1)
    flat = (one + 2 + 3).data
    assert "args" in flat
    assert len(flat["args"]) == 3
    assert (one + 2 + 3).value == 6
