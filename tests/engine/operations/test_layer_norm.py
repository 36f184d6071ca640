"""What is particular to layer normalisation: over which axes, and its own kind of parameter."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import engine
from engine.errors import ParameterError, ShapeError


@pytest.mark.parametrize(
    ("shape", "axes"), [((6,), (0,)), ((3, 6), (1,)), ((3, 4, 5), (0, 1, 2)), ((2, 3, 4, 5), (1, 2, 3))]
)
def test_each_picture_by_itself_unless_told_otherwise(shape: tuple[int, ...], axes: tuple[int, ...]):
    array = np.random.default_rng(0).normal(4, 3, shape)
    output = engine.layer_norm(array, eps=0)
    np.testing.assert_allclose(output.mean(axis=axes), 0, atol=1e-14)
    np.testing.assert_allclose(output.var(axis=axes), 1, rtol=1e-13)
    np.testing.assert_array_equal(output, engine.layer_norm(array, [shape[axis] for axis in axes], eps=0))


def test_the_last_axes_as_said():
    array = np.random.default_rng(1).normal(size=(2, 3, 4))
    output = engine.layer_norm(array, 4, weight=[1, 2, 3, 4], bias=[5, 6, 7, 8], eps=0)
    normal = (array - array.mean(axis=2, keepdims=True)) / array.std(axis=2, keepdims=True)
    np.testing.assert_allclose(output, normal * [1, 2, 3, 4] + [5, 6, 7, 8], rtol=1e-13)


def test_equal_cells_come_out_as_0():
    assert engine.layer_norm(np.full((2, 3), 7.0)).tolist() == [[0, 0, 0], [0, 0, 0]]


def test_what_does_not_fit_is_named():
    with pytest.raises(ShapeError, match=r"normalized_shape is \[3\]") as caught:
        engine.layer_norm(np.ones((2, 3, 4)), 3)
    assert caught.value.field == "normalized_shape"
    with pytest.raises(ShapeError, match=r"weight must have the normalised shape, \[3, 4\]") as caught:
        engine.layer_norm(np.ones((2, 3, 4)), [3, 4], weight=np.ones(4))
    assert caught.value.field == "weight"


@pytest.mark.parametrize("value", [0, [], [3, 0], [1] * 6, True, "4", [2.5], 4.0])
def test_sizes_are_one_to_five_whole_numbers(value: object):
    with pytest.raises(ParameterError, match="1 to 5 whole numbers") as caught:
        engine.layer_norm.plan({"input": (4, 4)}, {"normalized_shape": value})
    assert caught.value.field == "normalized_shape"


def test_sizes_are_described():
    declared: Any = engine.layer_norm.describe()["params"]
    [described] = [p for p in declared if p["name"] == "normalized_shape"]
    assert described["kind"] == "sizes"
    assert described["default"] is None


def test_cost():
    shapes = {"input": (3, 4, 5), "weight": (3, 4, 5), "bias": (3, 4, 5)}
    assert engine.layer_norm.plan(shapes, {})[2].parameters == 120
