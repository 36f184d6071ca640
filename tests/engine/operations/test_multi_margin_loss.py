"""What is particular to the hinge loss: known values, and whether it is divided by the classes."""

from __future__ import annotations

import numpy as np
import pytest

import engine
from engine.errors import ParameterError

LECTURE = np.array([[3.2, 5.1, -1.7], [1.3, 4.9, 2.0], [2.2, 2.5, -3.1]])
"""CS231n, lecture 3: the scores of a cat, a car and a frog."""


def test_the_lectures_values():
    """2.9, 0 and 12.9, and their mean, 5.27; the lecture does not divide by the classes."""
    ours = {"divide_by_classes": False}
    each = engine.multi_margin_loss(LECTURE, [0, 1, 2], reduction="none", **ours)
    np.testing.assert_allclose(each, [2.9, 0, 12.9], rtol=1e-14)
    assert round(float(engine.multi_margin_loss(LECTURE, [0, 1, 2], **ours)), 2) == 5.27


def test_pytorchs_documented_value():
    """0.25 ((1 - (0.8 - 0.1)) + (1 - (0.8 - 0.2)) + (1 - (0.8 - 0.4)))."""
    found = engine.multi_margin_loss([[0.1, 0.2, 0.4, 0.8]], [3])
    assert np.isclose(found, 0.325, rtol=1e-14)


def test_squares_weights_and_sums():
    each = engine.multi_margin_loss(LECTURE, [0, 1, 2], 2, 1.0, weight=[1.0, 2.0, 3.0], reduction="none")
    np.testing.assert_allclose(each, [2.9**2 / 3, 0, 3 * (6.3**2 + 6.6**2) / 3], rtol=1e-13)
    total = engine.multi_margin_loss(LECTURE, [0, 1, 2], 2, weight=[1.0, 2.0, 3.0], reduction="sum")
    np.testing.assert_allclose(total, each.sum(), rtol=1e-14)


def test_gradient_counts_the_classes_over_the_hinge():
    found = engine.multi_margin_loss.call(LECTURE[2], 2, divide_by_classes=False).backward(1.0)
    assert found["input"].tolist() == [1, 1, -2]
    none = engine.multi_margin_loss.call(LECTURE[1], 1).backward(1.0)
    assert none["input"].tolist() == [0, 0, 0]


def test_at_the_hinge_itself_nothing_is_lost():
    call = engine.multi_margin_loss.call([1.0, 2.0], 1)
    assert call.run() == 0
    assert call.backward(1.0)["input"].tolist() == [0, 0]


def test_traces_have_every_class():
    call = engine.multi_margin_loss.call(LECTURE, [0, 1, 2], reduction="none")
    trace = call.trace((2,)).data()
    assert [term["input"] for term in trace["terms"]] == [[2, 0], [2, 1], [2, 2]]
    found = np.array([term["product"] for term in trace["terms"]], float)
    np.testing.assert_allclose(found, [6.3, 6.6, 0])
    assert trace["divisor"] == 3
    assert engine.multi_margin_loss.call(LECTURE, [0, 1, 2]).trace(()).data()["divisor"] == 9


def test_only_the_first_two_powers():
    with pytest.raises(ParameterError, match="p must be 1 or 2") as caught:
        engine.multi_margin_loss(LECTURE, [0, 1, 2], 3)
    assert caught.value.field == "p"
    with pytest.raises(ParameterError, match=r"from 0 to 2, the numbers of the classes; there is a 3\."):
        engine.multi_margin_loss(LECTURE, [0, 1, 3])


def test_no_examples():
    call = engine.multi_margin_loss.call(np.zeros((0, 3)), np.zeros(0, int))
    assert np.isnan(call.run())
    assert call.trace(()).data()["value"] is None
    assert call.backward(1.0)["input"].shape == (0, 3)
