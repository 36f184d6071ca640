"""What is particular to max unpooling: the way back, twice the same cell, indices that are none."""

from __future__ import annotations

import numpy as np
import pytest

import engine
from engine.errors import ParameterError, ShapeError


def test_torchs_documented_example():
    picture = np.arange(1, 17, dtype=np.float32).reshape(1, 1, 4, 4)
    pooled = engine.max_pool2d.call(picture, 2).outputs()
    expected = [[0, 0, 0, 0], [0, 6, 0, 8], [0, 0, 0, 0], [0, 14, 0, 16]]
    output = engine.max_unpool2d(pooled["output"], pooled["indices"], 2)
    assert output.tolist() == [[expected]]


def test_torchs_documented_output_size():
    pooled = engine.max_pool1d.call([[1, 2, 3, 4, 5, 6, 7, 8, 9]], 2, 2).outputs()
    back = engine.max_unpool1d(pooled["output"], pooled["indices"], 2, 2, output_size=9)
    assert back.tolist() == [[0, 2, 0, 4, 0, 6, 0, 8, 0]]
    assert engine.max_unpool1d(pooled["output"], pooled["indices"], 2, 2).shape == (1, 8)


@pytest.mark.parametrize("name", ["max_pool1d", "max_pool2d", "max_pool3d"])
def test_pooling_again_gives_the_same(name: str):
    dims = int(name[-2])
    picture = np.random.default_rng(0).uniform(1, 2, (2, 3, *(6,) * dims))
    pooled = engine.operation(name).call(picture, 3, 2, 1).outputs()
    back = getattr(engine, f"max_unpool{dims}d")(pooled["output"], pooled["indices"], 3, 2, 1, (6,) * dims)
    assert back.shape == picture.shape
    np.testing.assert_array_equal(back[back != 0], picture[back != 0])
    np.testing.assert_array_equal(engine.operation(name)(back, 3, 2, 1), pooled["output"])


def test_the_last_of_several_is_kept_and_has_the_gradient():
    call = engine.max_unpool1d.call([[5, 7, 9]], [[2, 2, 0]], 1)
    assert call.run().tolist() == [[9, 0, 7]]
    assert call.backward([[1.0, 2.0, 3.0]])["input"].tolist() == [[0, 3, 1]]
    assert call.trace((0, 2)).sources.tolist() == [[0, 1]]


def test_a_cell_that_nothing_went_to_has_no_terms():
    trace = engine.max_unpool2d.call([[[5]]], [[[3]]], 2).trace((0, 0, 1))
    assert trace.sources.shape == (0, 3)
    assert trace.data()["terms"] == []
    assert (trace.data()["sum"], trace.data()["value"]) == (0, 0)


@pytest.mark.parametrize(
    ("indices", "words"),
    [
        ([[[4]]], "indices holds 4; with 4 cells in a channel of the output they must be 0 to 3"),
        ([[[-1]]], "indices holds -1"),
        ([[[0.5]]], "indices must be whole numbers"),
        ([[[np.nan]]], "indices must be whole numbers"),
    ],
)
def test_indices_that_are_refused(indices: object, words: str):
    with pytest.raises(ParameterError, match=words) as caught:
        engine.max_unpool2d([[[5]]], indices, 2)
    assert caught.value.field == "indices"


def test_shapes_that_are_refused():
    with pytest.raises(ShapeError, match=r"indices must have the input's shape, \[1, 1, 2\]"):
        engine.max_unpool2d(np.ones((1, 1, 2)), np.zeros((1, 2, 1), int), 2)
    with pytest.raises(ShapeError, match="Along the width, output_size is 6; .* it may be 3 to 5"):
        engine.max_unpool2d(np.ones((1, 2, 2)), np.zeros((1, 2, 2), int), 2, output_size=[4, 6])
    with pytest.raises(ShapeError, match="padding cuts off everything"):
        engine.max_unpool2d(np.ones((1, 1, 1)), np.zeros((1, 1, 1), int), 2, padding=1)
