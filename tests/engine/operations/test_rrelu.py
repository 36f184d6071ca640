"""The randomised rectifier: its slopes are the seed's, and its bounds stand in order."""

from __future__ import annotations

import numpy as np
import pytest

import engine
from engine.errors import ParameterError
from engine.operations.rrelu import Rrelu


def test_drawn_slopes_are_the_seeds():
    array = -np.ones((2, 50, 50), np.float32)
    first, again = (engine.rrelu(array, training=True, seed=3) for _ in range(2))
    np.testing.assert_array_equal(first, again)
    assert (engine.rrelu(array, training=True, seed=4) != first).any()
    assert -1 / 3 <= first.min() < -0.32
    assert -0.14 < first.max() <= -1 / 8
    call = engine.rrelu.call(array, training=True, seed=3)
    np.testing.assert_array_equal(call.backward(np.ones_like(array))["input"], -first)


def test_without_training_the_slope_is_the_mean_of_the_bounds():
    output = engine.rrelu(np.array([-48, 0, 2.5]))
    np.testing.assert_allclose(output, [-11, 0, 2.5], rtol=1e-14, atol=1e-16)
    for kind in (np.float64, np.float32):
        slopes = engine.rrelu.call(np.zeros(1, kind)).backward(np.ones(1, kind))["input"]
        assert slopes[0] == pytest.approx(11 / 48, rel=1e-7)


def test_there_is_a_curve_only_where_all_cells_have_one_slope():
    for training in (False, True):
        params = engine.rrelu.call([0.0], training=training).params
        assert Rrelu().has_curve(params) is not training


def test_a_trace_says_the_slope_that_was_drawn():
    call = engine.rrelu.call(np.array([-2.0, 3, -1]), training=True, seed=5)
    slopes = np.random.default_rng(5).uniform(1 / 8, 1 / 3, 3)
    steps = [call.trace((cell,)).steps[0] for cell in range(3)]
    assert [step.kind for step in steps] == ["multiply", "apply", "multiply"]
    assert [steps[cell].operand for cell in (0, 2)] == [slopes[0], slopes[2]]


@pytest.mark.parametrize(
    ("params", "field"), [({"lower": 0.5, "upper": 0.25}, "lower"), ({"seed": -1}, "seed")]
)
def test_what_cannot_be_is_refused(params: dict[str, float], field: str):
    with pytest.raises(ParameterError) as caught:
        engine.rrelu(np.ones(3), **params)
    assert caught.value.field == field
