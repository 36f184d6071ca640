"""What is particular to dropout: how many fall, which, and by how much the others grow."""

from __future__ import annotations

import numpy as np
import pytest

import engine
from engine.errors import ParameterError


@pytest.mark.parametrize("p", [0.1, 0.5, 0.9])
def test_the_share_dropped_and_the_mean(p: float):
    array = np.ones((4, 100, 100), np.float32)
    outputs = engine.dropout.call(array, p).outputs()
    assert abs(float(outputs["mask"].mean()) - (1 - p)) < 0.01
    assert abs(float(outputs["output"].mean()) - 1) < 0.05
    np.testing.assert_array_equal(outputs["output"], outputs["mask"] / np.float32(1 - p))


def test_the_ends():
    array = np.array([1.0, np.inf, np.nan, -2.0])
    assert engine.dropout(array, 1).tolist() == [0, 0, 0, 0]
    np.testing.assert_array_equal(engine.dropout(array, 0), array)
    np.testing.assert_array_equal(engine.dropout(array, 0.7, training=False), array)
    assert engine.dropout.call(array, training=False).outputs()["mask"].tolist() == [1, 1, 1, 1]
    assert engine.dropout.call(array, 1).backward(np.ones(4))["input"].tolist() == [0, 0, 0, 0]


def test_the_seed_decides():
    array = np.ones(1000)
    np.testing.assert_array_equal(engine.dropout(array, seed=3), engine.dropout(array, seed=3))
    assert np.any(engine.dropout(array, seed=3) != engine.dropout(array, seed=4))
    np.testing.assert_array_equal(engine.dropout(array), engine.dropout(array.astype(np.float32)))


def test_traces_of_both_kinds():
    call = engine.dropout.call([1.0, 2.0, 3.0, 4.0], seed=1)
    kept, dropped = call.trace((1,)).data()["steps"], call.trace((2,)).data()["steps"]
    assert [(s["kind"], s["operand"], s["result"]) for s in kept] == [("divide", 0.5, 4)]
    assert [(s["kind"], s["operand"], s["result"]) for s in dropped] == [("multiply", 0, 0)]
    assert engine.dropout.call([1.0], training=False).trace((0,)).data()["steps"] == []


@pytest.mark.parametrize("params", [{"p": -0.1}, {"p": 1.1}, {"seed": -1}, {"training": 1}])
def test_what_cannot_be_is_named(params: dict):
    with pytest.raises(ParameterError) as caught:
        engine.dropout([1.0], **params)
    assert caught.value.field in params
