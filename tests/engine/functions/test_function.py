"""Functions stated as Python writes them: every sign, on both sides, is what Python would compute."""

from __future__ import annotations

import numpy as np
import pytest

from engine.functions.function import (
    Function,
    X,
    below_zero,
    bounded,
    choice,
    constant,
    gated,
    maximum,
    minimum,
    multiple,
    word,
)
from engine.functions.values import evaluate

PLACES = np.array([-3.0, -0.5, 0.25, 2.0])
STATED = [
    (lambda x: x + 3, "+"),
    (lambda x: 3 + x, "+"),
    (lambda x: x - 3, "-"),
    (lambda x: 3 - x, "-"),
    (lambda x: x * 3, "*"),
    (lambda x: 3 * x, "*"),
    (lambda x: x / 3, "/"),
    (lambda x: 3 / x, "/"),
    (lambda x: x**3, "^"),
    (lambda x: -x, "negative"),
    (lambda x: (x + 1) * (2 - x) / (x * x + 1), "/"),
]


@pytest.mark.parametrize(("law", "op"), STATED)
def test_signs_are_pythons(law, op: str):
    function = law(X)
    assert function.op == op
    np.testing.assert_allclose(evaluate(function, PLACES), law(PLACES), rtol=1e-15)


def test_bounds_and_choices():
    for function, expected in (
        (maximum(0, X), np.maximum(0, PLACES)),
        (minimum(X, 1), np.minimum(PLACES, 1)),
        (below_zero(X), np.minimum(0, PLACES)),
        (choice(X > 0, 1, X), np.where(PLACES > 0, 1, PLACES)),
        (choice(X < 0, X * X, 5), np.where(PLACES < 0, PLACES**2, 5)),
    ):
        np.testing.assert_array_equal(evaluate(function, PLACES), expected)
    for function in (maximum(0, X * 2), maximum(X * 2, 0)):
        assert bounded(function) == (constant(0), X * 2)


def test_what_does_nothing_is_not_stated():
    assert X / 1 is X
    assert multiple(1, X) is X
    assert multiple(2, X) == 2 * X
    assert constant(X) is X
    assert constant(3) == Function("number", number=3)


def test_a_gate_holds_infinity_back_below_and_lets_it_through_above():
    function = gated(choice(X > 0, 1, 0), 10.0)
    assert evaluate(function, np.array([-np.inf, -11, 11, np.inf])).tolist() == [0, 0, 11, np.inf]
    with np.errstate(invalid="ignore"):
        assert np.isnan(evaluate(X * choice(X > 0, 1, 0), np.array([-np.inf]))).all(), "no gate"


def test_a_word_is_the_same_in_both_languages_unless_it_is_told():
    assert word("x[3]").text == ("x[3]", "x[3]")
    assert word("slope", "斜率", 0.5).text == ("slope", "斜率")
    assert evaluate(word("slope", "斜率", 0.5) * X, PLACES).tolist() == (PLACES / 2).tolist()
