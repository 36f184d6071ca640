"""What is particular to softplus: the curve, the line above its threshold, and what is refused."""

from __future__ import annotations

import math

import numpy as np
import pytest

import engine
from engine.errors import ParameterError


def test_known_values():
    output = engine.softplus(np.array([-1.0, 0, 1]))
    np.testing.assert_allclose(
        output, [0.313261687518223, math.log(2), 1.31326168751822], rtol=1e-14, atol=1e-16
    )


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_at_the_threshold_the_slope_is_still_the_curves(kind: type):
    slopes = engine.softplus.call(np.array([20, 20.1], kind)).backward(np.ones(2, kind))["input"]
    assert slopes[0] == pytest.approx(1 / (1 + math.exp(-20)), rel=1e-7)
    assert slopes[1] == 1


def test_above_the_threshold_what_goes_in_comes_out():
    places = np.array([0.5, 1, 1.5, 3])
    output = engine.softplus(places, beta=2, threshold=2)
    assert (output[2:] == places[2:]).all()
    np.testing.assert_allclose(output[:2], np.log1p(np.exp(2 * places[:2])) / 2, rtol=1e-14)


def test_a_sharp_bend_comes_close_to_relu():
    places = np.linspace(-3, 3, 61)
    apart = [np.abs(engine.softplus(places, beta) - engine.relu(places)).max() for beta in (1, 10, 100)]
    np.testing.assert_allclose(apart, [math.log(2) / beta for beta in (1, 10, 100)], rtol=1e-12)


def test_a_bend_must_be_above_0():
    with pytest.raises(ParameterError, match=r"beta must be a number from 0\.001") as caught:
        engine.softplus([1.0], 0)
    assert caught.value.field == "beta"
