"""What is particular to GELU: its two curves, their limits, and how far apart they are."""

from __future__ import annotations

import math

import numpy as np
import pytest

import engine
from engine.errors import ParameterError

# To more digits than float64 has.
EXACT = [-0.158655253931457, 0, 0.841344746068543]
WITH_TANH = [-0.158808009391723, 0, 0.841191990608277]


@pytest.mark.parametrize(("approximate", "expected"), [("none", EXACT), ("tanh", WITH_TANH)])
def test_known_values_and_limits(approximate: str, expected: list[float]):
    output = engine.gelu(np.array([-1.0, 0, 1]), approximate)
    np.testing.assert_allclose(output, expected, rtol=1e-14, atol=1e-16)
    for kind in (np.float32, np.float64):
        ends = engine.gelu(np.array([-math.inf, math.inf], kind), approximate)
        np.testing.assert_array_equal(ends, [0, math.inf])


def test_the_curve_with_tanh_is_near_the_exact_one_and_not_the_same():
    places = np.linspace(-6, 6, 1001)
    apart = np.abs(engine.gelu(places) - engine.gelu(places, "tanh")).max()
    assert 4e-4 < apart < 5e-4


def test_it_has_its_least_value_below_0():
    """Unlike ReLU it is not monotone: about -0.17 where x is about -0.75."""
    places = np.linspace(-3, 1, 4001)
    output = engine.gelu(places)
    assert output.min() == pytest.approx(-0.16997, abs=1e-5)
    assert places[output.argmin()] == pytest.approx(-0.7518, abs=1e-3)


def test_another_approximation_is_refused():
    with pytest.raises(ParameterError, match="none, tanh") as caught:
        engine.gelu([1.0], "sigmoid")
    assert caught.value.field == "approximate"
