"""What is particular to global pooling: one number for each channel, whatever the size."""

from __future__ import annotations

import numpy as np
import pytest

import engine
from engine.errors import ShapeError


def test_one_number_for_each_channel():
    picture = np.arange(12).reshape(2, 2, 3)
    assert engine.global_avg_pool2d(picture).tolist() == [[[2.5]], [[8.5]]]
    assert engine.global_max_pool2d(picture).tolist() == [[[5]], [[11]]]
    assert engine.global_avg_pool1d([[1, 2, 6]]).tolist() == [[3]]
    assert engine.global_max_pool3d(np.arange(8).reshape(1, 2, 2, 2)).shape == (1, 1, 1, 1)


def test_a_batch():
    batch = np.arange(24).reshape(2, 3, 2, 2)
    assert engine.global_avg_pool2d(batch).shape == (2, 3, 1, 1)
    assert engine.global_max_pool2d(np.zeros((0, 3, 2, 2))).shape == (0, 3, 1, 1)


def test_large_whole_numbers_stay_exact():
    picture = np.full((1, 2, 2), 2**40 + 1)
    assert engine.global_avg_pool2d(picture).tolist() == [[[2**40 + 1]]]
    assert engine.global_max_pool2d(picture).tolist() == [[[2**40 + 1]]]


def test_the_mean_has_the_same_bits_in_any_layout():
    picture = np.random.default_rng(0).standard_normal((3, 31, 17))
    expected = engine.global_avg_pool2d(picture)
    np.testing.assert_array_equal(engine.global_avg_pool2d(np.asfortranarray(picture)), expected)
    np.testing.assert_array_equal(engine.global_avg_pool2d(picture[:, ::-1].copy()[:, ::-1]), expected)


def test_the_first_of_equal_cells_wins_and_what_is_no_number_over_all():
    call = engine.global_max_pool2d.call([[[1, 5], [5, 5]]])
    assert call.backward([[[3.0]]])["input"].tolist() == [[[0, 3], [0, 0]]]
    assert call.trace((0, 0, 0)).chosen == 1
    assert np.isnan(engine.global_max_pool2d([[[1, np.nan], [np.inf, 5]]])).all()


def test_the_mean_gives_every_cell_the_same_part():
    call = engine.global_avg_pool2d.call(np.zeros((1, 2, 4)))
    assert np.all(call.backward([[[4.0]]])["input"] == 0.5)
    assert call.trace((0, 0, 0)).divisor == 8


def test_no_cells_are_refused():
    with pytest.raises(ShapeError, match="at least one channel and one cell"):
        engine.global_avg_pool2d(np.zeros((1, 0, 4)))
