"""Evaluation: loss, accuracy and confusion, against the same picture by picture."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.network import initialise, predict
from engine.training import Evaluation, Examples, Preparation, evaluate, held_out
from tests.engine.training.runs import LOGITS, network, stripes


def test_it_is_what_pictures_one_by_one_give():
    some, examples, preparation = network(), stripes(600), Preparation(60, 60)
    initialise(some, 1)
    found = evaluate(some, LOGITS, examples, preparation)
    confusion, loss = np.zeros((2, 2), int), 0.0
    for picture, label in zip(examples.pictures, examples.labels, strict=True):
        shares = predict(some, (picture[None].astype(np.float32) - 60) / 60)
        confusion[label, shares.argmax()] += 1
        loss -= math.log(shares[label])
    np.testing.assert_array_equal(found.confusion, confusion)
    assert found.loss == pytest.approx(loss / 600, rel=1e-4)
    assert found.accuracy == pytest.approx((confusion[0, 0] + confusion[1, 1]) / 600)
    assert found.count == 600


def test_no_pictures_at_all():
    some = network()
    initialise(some, 1)
    found = evaluate(some, LOGITS, stripes(0), Preparation())
    assert (found.count, found.accuracy, found.loss) == (0, 0, 0)


def test_accuracy_is_the_diagonal():
    assert Evaluation(0.0, np.array([[3, 1], [2, 4]])).accuracy == 0.7


def test_preparation_is_the_formula():
    found = Preparation(100, 50)(np.array([[[0, 100], [150, 255]]], np.uint8))
    assert found.shape == (1, 1, 2, 2)
    assert found.dtype == np.float32
    assert found.tolist() == pytest.approx(np.array([[[[-2, 0], [1, 3.1]]]]))


def test_what_is_held_out_is_seeded_and_nothing_is_lost():
    pictures = np.arange(50, dtype=np.uint8)[:, None, None] * np.ones((1, 2, 2), np.uint8)
    examples = Examples(pictures, np.arange(50) % 10)
    learning, choosing = held_out(examples, 8, 3)
    assert (len(learning.labels), len(choosing.labels)) == (42, 8)
    seen = [*learning.pictures[:, 0, 0].tolist(), *choosing.pictures[:, 0, 0].tolist()]
    assert sorted(seen) == list(range(50))
    for part in (learning, choosing):
        assert (part.pictures[:, 0, 0] % 10 == part.labels).all()
    again, other = held_out(examples, 8, 3), held_out(examples, 8, 4)
    np.testing.assert_array_equal(again[1].pictures, choosing.pictures)
    assert (other[1].pictures != choosing.pictures).any()
