"""What is particular to cat: order, axes, and what does not fit."""

from __future__ import annotations

import numpy as np
import pytest

import engine
from engine.errors import ParameterError, ShapeError


def test_an_inception_module():
    """GoogLeNet 3a: 64 + 128 + 32 + 32 = 256 maps (Szegedy et al., 2015, table 1)."""
    branches = [np.full((maps, 28, 28), number) for number, maps in enumerate((64, 128, 32, 32))]
    joined = engine.cat(*branches)
    assert joined.shape == (256, 28, 28)
    assert joined[[0, 63, 64, 191, 192, 223, 224, 255], 3, 3].tolist() == [0, 0, 1, 1, 2, 2, 3, 3]


@pytest.mark.parametrize(("shape", "axis"), [((3,), 0), ((2, 3), 1), ((2, 3, 4), 0), ((2, 3, 4, 5), 1)])
def test_the_channels_unless_told_otherwise(shape: tuple[int, ...], axis: int):
    one, two = np.zeros(shape), np.ones(shape)
    np.testing.assert_array_equal(engine.cat(one, two), np.concatenate([one, two], axis))
    for dim in range(-len(shape), len(shape)):
        np.testing.assert_array_equal(engine.cat(one, two, dim=dim), np.concatenate([one, two], dim))


def test_the_gradient_is_cut_where_the_inputs_meet():
    call = engine.cat.call(np.ones((1, 2, 2)), np.ones((3, 2, 2)), eighth=np.ones((2, 2, 2)))
    gradient = np.arange(24.0).reshape(6, 2, 2)
    found = call.backward(gradient)
    assert list(found) == ["input", "other", "eighth"]
    np.testing.assert_array_equal(np.concatenate(list(found.values())), gradient)


def test_a_trace_names_the_input():
    call = engine.cat.call(np.zeros((1, 2, 2)), np.ones((2, 2, 2)), np.full((1, 2, 2), 5.0))
    of = [call.trace((number, 1, 0)).data()["terms"][0] for number in range(4)]
    assert [(term["of"], term["input"], term["value"]) for term in of] == [
        ("input", [0, 1, 0], 0),
        ("other", [0, 1, 0], 1),
        ("other", [1, 1, 0], 1),
        ("third", [0, 1, 0], 5),
    ]


def test_what_does_not_fit_is_named():
    with pytest.raises(ShapeError, match=r"third must have the shape \(any, 2, 2\)") as caught:
        engine.cat(np.ones((1, 2, 2)), np.ones((3, 2, 2)), np.ones((3, 2, 3)))
    assert caught.value.field == "third"
    with pytest.raises(ShapeError, match="dim is 3") as caught:
        engine.cat(np.ones((1, 2, 2)), np.ones((1, 2, 2)), dim=3)
    assert caught.value.field == "dim"
    with pytest.raises(ShapeError):
        engine.cat(1, 2)
    with pytest.raises(ParameterError):
        engine.cat.bind({"input": [1]})


def test_sizes_alone_take_the_second_for_the_first():
    assert engine.cat.plan({"input": (3, 8, 8)}, {})[2].output == (6, 8, 8)
