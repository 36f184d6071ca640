"""What is noted is what happened."""

from __future__ import annotations

import numpy as np

from engine.training import evaluate
from engine.training.history import SERIES, History
from tests.engine.training.runs import LOGITS, run, training


def test_the_history_is_that_of_the_run():
    some = training()
    start = some.first_kernels.copy()
    run(some, 2)
    arrays = some.history.arrays()
    assert arrays["kernels"].shape == (3, 4, 1, 3, 3)
    np.testing.assert_array_equal(arrays["kernels"][0], start)
    np.testing.assert_array_equal(arrays["kernels"][2], some.network.weights["conv", "weight"])
    assert (arrays["kernels"][1] != arrays["kernels"][2]).any()
    assert some.history.layers == ["conv", "norm", LOGITS]
    assert arrays["norms"].shape == (2, 3)
    assert (arrays["norms"] > 0).all()
    held = evaluate(some.network, LOGITS, some.choosing, some.preparation)
    assert (held.loss, held.accuracy) == (arrays["held_loss"][-1], arrays["held_accuracy"][-1])


def test_arrays_and_back():
    some = training()
    run(some, 2)
    arrays = some.history.arrays()
    again = History.of(some.history.layers, arrays)
    assert again.epochs == 2
    assert again.arrays().keys() == arrays.keys()
    for name, array in arrays.items():
        np.testing.assert_array_equal(again.arrays()[name], array)


def test_kernels_are_noted_as_they_were():
    history, kernels = History(["conv"], kernels=[np.zeros(3)]), np.ones(3)
    history.add(dict.fromkeys(SERIES, 1.0), [0.5], kernels)
    kernels += 1
    assert history.kernels[1].tolist() == [1, 1, 1]
