"""The logistic function and its slope, relative to themselves, against decimals."""

from __future__ import annotations

from decimal import Decimal, localcontext

import numpy as np
import pytest

from engine.algorithms.logistic import logistic, logistic_slope

PLACES = np.r_[np.linspace(-40, 40, 401), -700.0, 700.0, 1e-300]


def exactly(x: float) -> tuple[float, float]:
    with localcontext() as context:
        context.prec = 700
        value = 1 / (1 + (-Decimal(x)).exp())
        return float(value), float(value * (1 - value))


@pytest.mark.parametrize("which", [0, 1], ids=["value", "slope"])
def test_good_to_rounding_at_both_ends(which: int):
    expected = [exactly(float(x))[which] for x in PLACES]
    np.testing.assert_allclose((logistic, logistic_slope)[which](PLACES), expected, rtol=1e-15, atol=0)


def test_its_ends_and_its_symmetry():
    with np.errstate(all="raise"):
        assert logistic(np.array([-np.inf, 0, np.inf])).tolist() == [0, 0.5, 1]
        assert logistic_slope(np.array([-np.inf, 0, np.inf])).tolist() == [0, 0.25, 0]
    np.testing.assert_array_equal(logistic_slope(PLACES), logistic_slope(-PLACES))
    assert logistic(np.ones(1, np.float32)).dtype == np.float32
