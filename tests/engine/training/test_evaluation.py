"""Evaluation: loss, accuracy and confusion, against the same picture by picture."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.network import initialise, predict
from engine.training import Evaluation, Preparation, evaluate
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
