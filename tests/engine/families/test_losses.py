"""From the losses of many examples to one number and back, and which cells an example reads."""

from __future__ import annotations

from math import isnan

import numpy as np
import pytest

import engine
from engine.errors import ParameterError, ShapeError
from engine.families.losses import examples_of, expanded, loss_type, reduced, sources_of

LOSSES = np.array([[1.0, 2.0, 6.0], [0.0, -4.0, 1.0]])


def test_a_mean_a_sum_or_one_by_one():
    assert reduced(LOSSES, "mean", 6) == 1
    assert reduced(LOSSES, "mean", 4) == 1.5
    assert reduced(LOSSES, "sum", 4) == 6
    np.testing.assert_array_equal(reduced(LOSSES, "none", 4), LOSSES)
    with np.errstate(invalid="ignore"):
        assert isnan(reduced(np.zeros(0), "mean", 0))
    assert reduced(np.zeros(0), "sum", 0) == 0


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
def test_the_way_back_is_the_adjoint(reduction: str):
    gradient = np.full((), 3.0) if reduction != "none" else np.arange(6.0).reshape(2, 3)
    forth = (reduced(LOSSES, reduction, 6) * gradient).sum()
    assert forth == pytest.approx((LOSSES * expanded(gradient, reduction, 6)).sum(), rel=1e-15)


def test_whole_numbers_have_losses_in_double_precision():
    single, whole = np.ones(2, np.float32), np.ones(2, np.int64)
    assert loss_type(single, None) == loss_type(single, single) == np.float32
    assert loss_type(whole) == loss_type(single, np.ones(2)) == np.float64


@pytest.mark.parametrize("axis", [0, 1, 2])
def test_an_example_reads_its_scores_class_by_class(axis: int):
    scores = np.random.default_rng(1).standard_normal((3, 4, 5))
    target = np.full([size for place, size in enumerate(scores.shape) if place != axis], 2)
    call = engine.operation("cross_entropy").bind({"input": scores, "target": target}, {"channel_axis": axis})
    found = examples_of(call)
    assert found.scores.shape == (*target.shape, scores.shape[axis])
    assert (found.classes == 2).all()
    for example in np.ndindex(target.shape):
        read = scores[tuple(sources_of(call, example).T)]
        np.testing.assert_array_equal(read, found.scores[example])
    every = scores[tuple(sources_of(call, None).T)]
    np.testing.assert_array_equal(every.reshape(found.scores.shape), found.scores)


def test_what_is_ignored_is_of_no_class():
    inputs = {"input": np.zeros((3, 2)), "target": [1, -100, 0]}
    call = engine.operation("cross_entropy").bind(inputs, {})
    found = examples_of(call, -100)
    assert (found.classes.tolist(), found.ignored.tolist()) == ([1, 0, 0], [0, 1, 0])


@pytest.mark.parametrize("target", [[0, 2, 0], [0, -1, 0], [0, 0.5, 0]])
def test_there_must_be_such_a_class(target: list[float]):
    with pytest.raises(ParameterError, match="whole numbers from 0 to 1") as caught:
        engine.operation("multi_margin_loss").bind({"input": np.zeros((3, 2)), "target": target}, {})
    assert (caught.value.code, caught.value.field) == ("class_number", "target")


def test_targets_have_the_shape_without_the_classes():
    with pytest.raises(ShapeError, match=r"target must have the shape \[3\]") as caught:
        engine.operation("cross_entropy").bind({"input": np.zeros((3, 2)), "target": [0, 1]}, {})
    assert caught.value.field == "target"
    with pytest.raises(ShapeError, match="at least one class") as caught:
        engine.operation("cross_entropy").bind({"input": np.zeros((3, 0)), "target": [0, 0, 0]}, {})
    assert caught.value.field == "input"
