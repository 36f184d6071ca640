"""The randomised rectifier: its slopes are the seed's, and its bounds stand in order."""

from __future__ import annotations

import numpy as np

import engine


def test_drawn_slopes_are_the_seeds():
    array = -np.ones((2, 50, 50), np.float32)
    first, again = (engine.rrelu(array, training=True, seed=3) for _ in range(2))
    np.testing.assert_array_equal(first, again)
    assert (engine.rrelu(array, training=True, seed=4) != first).any()
    assert -1 / 3 <= first.min() < -0.32
    assert -0.14 < first.max() <= -1 / 8
    call = engine.rrelu.call(array, training=True, seed=3)
    np.testing.assert_array_equal(call.backward(np.ones_like(array))["input"], -first)
