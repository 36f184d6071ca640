"""Slopes: those of differences, for every sign and primitive, without what does nothing."""

from __future__ import annotations

import numpy as np
import pytest

from engine.functions import primitives
from engine.functions.function import (
    Primitive,
    X,
    below_zero,
    choice,
    maximum,
    minimum,
    word,
)
from engine.functions.primitives import EXP, LOGISTIC
from engine.functions.slopes import slope
from engine.functions.spelling import english
from engine.functions.values import evaluate

PRIMITIVES = {n: p for n, p in vars(primitives).items() if isinstance(p, Primitive)}
PLACES = np.array([0.3, 0.9, 1.7, 3.0])


@pytest.mark.parametrize("name", PRIMITIVES)
def test_primitives_have_their_slopes(name: str):
    function, step = PRIMITIVES[name](X), 1e-6
    measured = (evaluate(function, PLACES + step) - evaluate(function, PLACES - step)) / (2 * step)
    np.testing.assert_allclose(evaluate(slope(function), PLACES), measured, rtol=1e-6, atol=1e-9)


def test_every_sign_has_a_slope():
    functions = [
        X / (1 + X**2),
        3 - X * EXP(-X),
        choice(X < 1, X**2, 2 * X - 1),
        X**0.5 + word("k", number=2),
    ]
    for function in functions:
        step = 1e-6
        measured = (evaluate(function, PLACES + step) - evaluate(function, PLACES - step)) / (2 * step)
        np.testing.assert_allclose(evaluate(slope(function), PLACES), measured, rtol=1e-6)


def test_slopes_are_written_without_what_does_nothing():
    assert english(slope(maximum(0, X) + 0.5 * below_zero(X))) == "1 if x > 0 else 0.5"
    assert english(slope(minimum(maximum(0, X), 6))) == "1 if x > 0 and x < 6 else 0"
    assert english(slope(LOGISTIC(2 * X) / 2)) == "exp(-2 x) / (1 + exp(-2 x))^2"
    assert english(slope(X)) == "1"
