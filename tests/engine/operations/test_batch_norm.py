"""What is particular to batch normalisation: its two modes, running statistics and numerics."""

from __future__ import annotations

import numpy as np
import pytest

import engine
from engine.errors import ParameterError, ShapeError


def test_evaluation_is_the_formula():
    rng = np.random.default_rng(0)
    array, mean, weight, bias = rng.normal(size=(2, 3, 4, 5)), *rng.normal(size=(3, 3))
    variance = rng.uniform(0.5, 2, 3)
    mean_, variance_, weight_, bias_ = (v.reshape(3, 1, 1) for v in (mean, variance, weight, bias))
    expected = (array - mean_) / np.sqrt(variance_ + 1e-5) * weight_ + bias_
    np.testing.assert_allclose(
        engine.batch_norm(array, mean, variance, weight, bias), expected, rtol=0, atol=1e-14
    )


def test_training_gives_every_channel_mean_0_and_variance_1():
    array = np.random.default_rng(1).normal(5, 3, (8, 3, 6, 6))
    output = engine.batch_norm(array, training=True, eps=0)
    np.testing.assert_allclose(output.mean(axis=(0, 2, 3)), 0, atol=1e-13)
    np.testing.assert_allclose(output.var(axis=(0, 2, 3)), 1, rtol=1e-12)


def test_running_statistics_move_towards_those_of_the_input():
    """PyTorch: (1 - momentum) old + momentum new, the new variance divided by n - 1."""
    array = np.array([[1.0], [2.0], [6.0]])
    call = engine.batch_norm.call(array, [10.0], [1.0], training=True, momentum=0.5)
    outputs = call.outputs()
    assert outputs["running_mean"].tolist() == [6.5]
    assert outputs["running_var"].tolist() == [4.0]
    biased = engine.batch_norm.call(array, [10.0], [1.0], training=True, momentum=0.5, unbiased=False)
    np.testing.assert_allclose(biased.outputs()["running_var"], [0.5 + 14 / 6])
    assert set(engine.batch_norm.call(array, [10.0], [1.0]).outputs()) == {"output"}
    assert set(engine.batch_norm.call(array, training=True).outputs()) == {"output"}


def test_a_large_mean_does_not_drown_a_small_spread():
    """In one pass in float32 the variance of these would be 0, or negative."""
    small = np.random.default_rng(2).normal(size=(4, 2, 5, 5)).round(2)
    array = (small + 10_000).astype(np.float32)
    exact = array.astype(np.float64)
    mean, variance = exact.mean(axis=(0, 2, 3), keepdims=True), exact.var(axis=(0, 2, 3), keepdims=True)
    np.testing.assert_allclose(
        engine.batch_norm(array, training=True), (exact - mean) / np.sqrt(variance + 1e-5), rtol=1e-6
    )


@pytest.mark.parametrize("given", [{}, {"running_mean": [0.0]}, {"running_var": [1.0]}])
def test_evaluation_needs_running_statistics(given: dict):
    with pytest.raises(ParameterError, match="unless training is true") as caught:
        engine.batch_norm(np.ones((1, 2, 2)), **given)
    assert caught.value.code == "missing_input"
    assert caught.value.field not in given


def test_training_on_one_number_per_channel_is_refused():
    with pytest.raises(ShapeError, match="more than one number per channel"):
        engine.batch_norm(np.ones((1, 3)), training=True)
    with pytest.raises(ShapeError, match="more than one number per channel"):
        engine.batch_norm(np.ones(3), training=True)


def test_vectors_of_another_length_are_named():
    with pytest.raises(ShapeError, match=r"bias must have the shape \[3\]") as caught:
        engine.batch_norm(np.ones((3, 2, 2)), np.ones(3), np.ones(3), bias=np.ones(2))
    assert caught.value.field == "bias"


def test_an_empty_batch_leaves_the_statistics_alone():
    call = engine.batch_norm.call(np.ones((0, 2, 3, 3)), [1.0, 2.0], [3.0, 4.0], training=True)
    outputs = call.outputs()
    assert outputs["output"].shape == (0, 2, 3, 3)
    assert outputs["running_mean"].tolist() == [1, 2]
    assert outputs["running_var"].tolist() == [3, 4]
    assert call.backward(np.ones((0, 2, 3, 3)))["input"].shape == (0, 2, 3, 3)


def test_channels_where_they_are_said_to_be():
    array = np.random.default_rng(3).normal(size=(2, 4, 5, 3))
    last = engine.batch_norm(array, training=True, channel_axis=3)
    np.testing.assert_allclose(
        last, np.moveaxis(engine.batch_norm(np.moveaxis(array, 3, 1), training=True), 1, 3), atol=1e-14
    )


def test_a_trace_has_four_steps():
    call = engine.batch_norm.call(np.full((1, 1, 1), 7.0), [3.0], [4.0], [10.0], [1.0], eps=0)
    steps = call.trace((0, 0, 0)).data()["steps"]
    assert [(s["kind"], s["operand"], s["result"]) for s in steps] == [
        ("subtract", 3, 4),
        ("divide", 2, 2),
        ("multiply", 10, 20),
        ("add", 1, 21),
    ]


def test_cost():
    layout = engine.batch_norm.plan(
        {"input": (2, 3, 4, 4), "weight": (3,), "bias": (3,), "running_mean": (3,)}, {}
    )[2]
    assert (layout.parameters, layout.macs) == (6, 96)
