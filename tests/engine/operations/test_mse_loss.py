"""What is particular to the mean squared error: whole numbers, both gradients, and its traces."""

from __future__ import annotations

import numpy as np
import pytest

import engine
from engine.errors import ParameterError, ShapeError


def test_whole_numbers_are_exact():
    one, two = np.array([0, 2**20, 255], np.uint32), np.array([3, 1, 0], np.uint8)
    expected = [9, (2**20 - 1) ** 2, 255**2]
    assert engine.mse_loss(one, two, "none").tolist() == expected
    assert float(engine.mse_loss(one, two, "sum")) == sum(expected)
    assert float(engine.mse_loss(one, two)) == sum(expected) / 3


def test_both_are_pulled_together():
    found = engine.mse_loss.call([1.0, 2.0], [4.0, 0.0]).backward(1.0)
    assert found["input"].tolist() == [-3, 2]
    assert found["target"].tolist() == [3, -2]


def test_a_trace_of_one_cell():
    trace = engine.mse_loss.call([1.0, 2.0], [4.0, 0.0], "none").trace((0,)).data()
    terms = [(term["of"], term["input"], term["product"]) for term in trace["terms"]]
    assert terms == [("input", [0], 1), ("target", [0], -4)]
    assert [(step["name"], step["result"]) for step in trace["steps"]] == [("x^2", 9)]


def test_a_trace_of_all_cells_counts_half_for_each_input():
    trace = engine.mse_loss.call([1.0, 2.0], [4.0, 0.0]).trace(()).data()
    assert [(term["of"], term["product"]) for term in trace["terms"]] == [
        ("input", 4.5),
        ("input", 2),
        ("target", 4.5),
        ("target", 2),
    ]
    assert (trace["sum"], trace["divisor"], trace["value"]) == (13, 2, 6.5)


def test_what_does_not_fit_is_named():
    with pytest.raises(ShapeError, match=r"target must have the input's shape, \[2\]") as caught:
        engine.mse_loss([1.0, 2.0], [1.0])
    assert caught.value.field == "target"
    with pytest.raises(ParameterError, match="one of mean, sum, none"):
        engine.mse_loss([1.0], [1.0], "median")
    assert engine.mse_loss.plan({"input": (3, 4)}, {"reduction": "none"})[2].output == (3, 4)


def test_no_cells():
    call = engine.mse_loss.call(np.zeros(0), np.zeros(0))
    assert np.isnan(call.run())
    assert call.trace(()).data()["value"] is None
