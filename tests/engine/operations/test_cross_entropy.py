"""What is particular to cross-entropy: known values, weights, what is ignored, and large scores."""

from __future__ import annotations

import math

import numpy as np
import pytest

import engine
from engine.errors import ParameterError, ShapeError

SCORES = np.array([3.2, 5.1, -1.7])


def test_the_textbook_example():
    """CS231n, lecture 3: probabilities 0.13, 0.87, 0.00, and the loss -ln 0.13 = 2.04."""
    call = engine.cross_entropy.call(SCORES, 0)
    outputs = call.outputs()
    assert outputs["probabilities"].round(2).tolist() == [0.13, 0.87, 0.0]
    assert outputs["output"].shape == ()
    assert round(float(outputs["output"]), 2) == 2.04


def test_gradient_is_probabilities_less_the_right_class():
    call = engine.cross_entropy.call(SCORES, 0)
    expected = call.outputs()["probabilities"] - [1, 0, 0]
    np.testing.assert_allclose(call.backward(1.0)["input"], expected, rtol=1e-14)


def test_pictures_and_batches():
    rng = np.random.default_rng(0)
    batch, target = rng.normal(size=(2, 5, 3, 4)), rng.integers(0, 5, (2, 3, 4))
    whole = engine.cross_entropy(batch, target, reduction="none")
    assert whole.shape == (2, 3, 4)
    for number in range(2):
        alone = engine.cross_entropy(batch[number], target[number], reduction="none")
        np.testing.assert_allclose(alone, whole[number], rtol=1e-14)
    np.testing.assert_allclose(engine.cross_entropy(batch, target), whole.mean(), rtol=1e-14)
    np.testing.assert_allclose(engine.cross_entropy(batch, target, reduction="sum"), whole.sum(), rtol=1e-14)


def test_the_mean_is_weighted_by_the_targets():
    scores, target, weight = np.zeros((3, 2)), [0, 1, 1], [1.0, 3.0]
    scores[0] = [1, 0]
    each = [math.log1p(math.exp(-1)), 3 * math.log(2), 3 * math.log(2)]
    found = engine.cross_entropy(scores, target, weight)
    assert math.isclose(float(found), math.fsum(each) / 7)


def test_label_smoothing_spreads_what_is_wanted():
    p = np.exp(SCORES) / np.exp(SCORES).sum()
    wanted = np.array([0.7 + 0.1, 0.1, 0.1])
    found = engine.cross_entropy(SCORES, 0, label_smoothing=0.3)
    assert math.isclose(float(found), -float((wanted * np.log(p)).sum()))


def test_what_is_ignored_counts_for_nothing():
    scores = np.random.default_rng(1).normal(size=(4, 3))
    some = engine.cross_entropy.call(scores, [0, -100, 2, -100])
    np.testing.assert_allclose(some.run(), engine.cross_entropy(scores[::2], [0, 2]))
    assert np.all(some.backward(1.0)["input"][1::2] == 0)
    np.testing.assert_allclose(engine.cross_entropy(scores, [0, 9, 2, 9], ignore_index=9), some.run())
    assert np.isnan(engine.cross_entropy(scores, [-100] * 4))
    assert engine.cross_entropy(scores, [-100] * 4, reduction="sum") == 0


def test_no_score_is_too_large():
    assert engine.cross_entropy([1e300, 0.0], 0) == 0
    assert engine.cross_entropy([1e30, 0.0], 1) == 1e30
    assert engine.cross_entropy([0.0, -np.inf], 0) == 0
    assert engine.cross_entropy([0.0, -np.inf], 1) == np.inf


@pytest.mark.parametrize("target", [[3, 0], [-1, 0], [0.5, 0], [np.nan, 0]])
def test_classes_that_are_not_there(target: list[float]):
    with pytest.raises(ParameterError, match="target must be whole numbers from 0 to 2") as caught:
        engine.cross_entropy(np.zeros((2, 3)), target)
    assert (caught.value.code, caught.value.field) == ("class_number", "target")
    assert caught.value.values["max"] == 2


def test_whole_numbers_as_floats_will_do():
    assert engine.cross_entropy(SCORES, 1.0) == engine.cross_entropy(SCORES, 1)


def test_shapes_that_do_not_fit_are_named():
    with pytest.raises(ShapeError, match=r"target must have the shape \[4, 5\]") as caught:
        engine.cross_entropy(np.zeros((3, 4, 5)), np.zeros((3, 5), int))
    assert caught.value.field == "target"
    with pytest.raises(ShapeError, match=r"weight must have the shape \[3\]") as caught:
        engine.cross_entropy(np.zeros((2, 3)), [0, 0], [1.0, 2.0])
    assert caught.value.field == "weight"
    with pytest.raises(ShapeError, match="at least one class"):
        engine.cross_entropy(np.zeros((2, 0)), [0, 0])
    assert engine.cross_entropy.plan({"input": (3, 4, 5)}, {"reduction": "none"})[2].output == (4, 5)


def test_signals_by_channel_axis():
    """PyTorch reads three axes as (N, C, L); here they are a picture, unless told otherwise."""
    scores = np.random.default_rng(2).normal(size=(2, 3, 4))
    target = np.zeros((2, 4), int)
    found = engine.cross_entropy(scores, target, channel_axis=1, reduction="none")
    np.testing.assert_allclose(
        found, engine.cross_entropy(scores[:, :, None], target[:, None], reduction="none")[:, 0]
    )


def test_the_story_of_one_example():
    steps = engine.cross_entropy.call(SCORES, 0).trace(()).data()["steps"]
    assert [(s["kind"], s["name"]) for s in steps] == [("apply", "ln(x)"), ("subtract", "x[target] - max")]
    steps = engine.cross_entropy.call([SCORES], [0], [2.0, 1, 1]).trace(()).data()["steps"]
    assert [(s["kind"], s["operand"]) for s in steps[2:]] == [("multiply", 2), ("divide", 2)]


def test_the_parts_of_many_examples():
    call = engine.cross_entropy.call(np.stack([SCORES, SCORES]), [0, 1])
    trace = call.trace(()).data()
    assert [term["input"] for term in trace["terms"]] == [[n, c] for n in range(2) for c in range(3)]
    losses = call.outputs()["losses"]
    found = np.array([term["product"] for term in trace["terms"]], float)
    np.testing.assert_allclose(found, [losses[0], 0, 0, 0, losses[1], 0], rtol=1e-14)
    assert trace["divisor"] == 2
    assert engine.cross_entropy.call(np.zeros((2, 3)), [-100, -100]).trace(()).data()["value"] is None
