"""What is particular to the logarithm of softmax: accurate where softmax itself rounds to 0."""

from __future__ import annotations

import numpy as np
import pytest

import engine


def test_known_values():
    output = engine.log_softmax(np.array([1.0, 2, 3]))
    expected = [-2.40760596444438, -1.40760596444438, -0.40760596444438]
    np.testing.assert_allclose(output, expected, rtol=1e-14, atol=1e-16)


def test_it_is_known_where_the_share_is_0():
    scores = np.array([0.0, -1000, -1e6])
    assert engine.softmax(scores).tolist() == [1, 0, 0]
    assert engine.log_softmax(scores).tolist() == scores.tolist()


def test_gradients_along_the_axis_add_up_to_0():
    """All scores may grow alike: no share moves, so no loss does."""
    rng = np.random.default_rng(1)
    scores, gradient = rng.standard_normal((2, 3, 4, 5))
    for dim in range(3):
        back = engine.log_softmax.call(scores, dim).backward(gradient)["input"]
        np.testing.assert_allclose(back.sum(axis=dim), 0, atol=1e-14)
        assert np.abs(back).max() > 0.1


def test_a_trace_takes_the_logarithm_of_the_sum_from_the_cell():
    scores = np.array([[1.0, 2, 4], [0, 0, 0]])
    trace = engine.log_softmax.call(scores, 1).trace((0, 1))
    assert trace.sum == pytest.approx(np.exp([-3.0, -2, 0]).sum(), rel=1e-15)
    assert [step.kind for step in trace.steps] == ["apply", "add"]
    lowered, last = trace.steps
    assert lowered.result == pytest.approx(-np.log(trace.sum), rel=1e-15)
    assert (last.operand, last.result) == (-2, trace.value)
