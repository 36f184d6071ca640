"""What is particular to max pooling: what wins, what never does, and types that are kept."""

from __future__ import annotations

import numpy as np
import pytest

import engine
from engine.errors import ShapeError


def test_the_textbook_window():
    picture = [[[1, 3, 2, 9], [7, 4, 1, 5], [8, 5, 2, 3], [4, 2, 1, 4]]]
    assert engine.max_pool2d(picture, 2).tolist() == [[[7, 9], [8, 4]]]


@pytest.mark.parametrize("kind", ["int8", "int16", "int32", "int64", "float32", "float64"])
def test_padding_never_wins(kind: str):
    picture = np.full((1, 3, 3), -100, kind)
    assert np.all(engine.max_pool2d(picture, 2, 1, 1) == -100)
    assert np.all(engine.max_pool2d(picture, 3, 2, 0, 1, True) == -100)


def test_minus_infinity_is_a_value_like_any_other():
    picture = np.full((1, 3, 3), -np.inf, np.float32)
    assert np.all(engine.max_pool2d(picture, 2, 1, 1) == -np.inf)
    picture[0, 1, 1] = -1e38
    assert engine.max_pool2d(picture, 3, 1, 1)[0, 1, 1] == np.float32(-1e38)


def test_what_is_not_a_number_wins_where_it_is_read_and_nowhere_else():
    picture = np.arange(25, dtype=np.float32).reshape(1, 5, 5)
    picture[0, 0, 0] = np.nan
    output = engine.max_pool2d(picture, 2)
    assert np.isnan(output[0, 0, 0])
    assert np.isfinite(output).sum() == output.size - 1


@pytest.mark.parametrize(
    ("given", "kind"),
    [(kind, "float32") for kind in ("bool", "uint8", "int32", "float16", "float32")]
    + [("float64", "float64")],
)
def test_types(given: str, kind: str):
    assert engine.max_pool2d(np.ones((1, 4, 4), given), 2).dtype == np.dtype(kind)


def test_large_whole_numbers_stay_exact():
    picture = np.array([[[2**24 + 1, 2**24], [5, 2**40 + 1]]])
    assert engine.max_pool2d(picture, 2).tolist() == [[[2**40 + 1]]]
    assert engine.max_pool2d(picture[:, :1], [1, 2]).tolist() == [[[2**24 + 1]]]


def test_the_stride_is_the_kernels_unless_given():
    picture = np.arange(36).reshape(1, 6, 6)
    for given in (None, [2, 3]):
        np.testing.assert_array_equal(
            engine.max_pool2d(picture, [2, 3], given), engine.max_pool2d(picture, (2, 3))
        )
    assert engine.max_pool2d(picture, [2, 3]).shape == (1, 3, 2)
    assert engine.max_pool2d(picture, [2, 3], 1).shape == (1, 5, 4)


@pytest.mark.parametrize(
    ("size", "params", "most"),
    [
        ((1, 5), {"kernel_size": [1, 3], "padding": [0, 0, 3, 0]}, 2),
        ((5, 1), {"kernel_size": [3, 1], "padding": [0, 3, 0, 0]}, 2),
        ((1, 9), {"kernel_size": [1, 3], "dilation": 2, "padding": [0, 0, 5, 0]}, 4),
    ],
)
def test_every_window_must_hold_a_real_cell(size, params, most: int):
    with pytest.raises(ShapeError, match=f"at most {most}") as caught:
        engine.max_pool2d(np.ones((1, *size)), **params)
    assert (caught.value.code, caught.value.field) == ("empty_window", "padding")
    params = {**params, "padding": [min(side, most) for side in params["padding"]]}
    assert np.all(engine.max_pool2d(np.ones((1, *size)), **params) == 1)


def test_a_window_whose_gaps_straddle_the_input_is_refused():
    """Kernel 2 with dilation 2 over one cell and padding 1: cells -1 and 1, both outside."""
    with pytest.raises(ShapeError, match="without a single input cell"):
        engine.max_pool2d(np.ones((1, 1, 1)), 2, 1, 1, 2)


def test_the_result_is_the_callers_own():
    picture = np.zeros((1, 4, 4), np.float32)
    engine.max_pool2d(picture, 1)[...] = 1
    engine.max_pool2d(picture, 1, 2)[...] = 1
    assert not picture.any()
