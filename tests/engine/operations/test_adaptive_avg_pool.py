"""What is particular to adaptive average pooling: windows of uneven size, and their table."""

from __future__ import annotations

import numpy as np
import pytest

import engine
from engine.errors import ParameterError
from engine.windows.adaptive import AdaptiveAxis


def test_windows_share_cells_where_the_size_does_not_divide():
    assert engine.adaptive_avg_pool1d([[1, 2, 3, 4, 5]], 3).tolist() == [[1.5, 3, 4.5]]


def test_more_cells_than_there_are_repeat():
    assert engine.adaptive_avg_pool1d([[1, 5]], 5).tolist() == [[1, 1, 3, 5, 5]]
    assert engine.adaptive_avg_pool2d([[[7]]], [2, 3]).tolist() == [[[7, 7, 7], [7, 7, 7]]]


def test_as_many_as_there_are_copies_and_one_is_the_mean():
    picture = np.arange(30).reshape(1, 5, 6)
    np.testing.assert_array_equal(engine.adaptive_avg_pool2d(picture, [5, 6]), picture)
    np.testing.assert_array_equal(engine.adaptive_avg_pool2d(picture, 1), engine.global_avg_pool2d(picture))


def test_even_windows_equal_average_pooling():
    picture = np.random.default_rng(0).standard_normal((2, 3, 8, 12))
    np.testing.assert_allclose(
        engine.adaptive_avg_pool2d(picture, [4, 3]),
        engine.avg_pool2d(picture, [2, 4]),
        rtol=1e-14,
        atol=1e-15,
    )


def test_the_table():
    axis = AdaptiveAxis("length", 5, 3)
    assert axis.index.tolist() == [[0, 1, -1], [1, 2, 3], [3, 4, -1]]
    assert axis.coverage.tolist() == [1, 2, 1, 2, 1]
    assert (axis.kernel, axis.text) == (3, "3 = 3")
    assert axis.formula.symbols == "o = output_size"


def test_every_cell_is_read_whatever_the_sizes():
    for size in range(1, 20):
        for count in range(1, 25):
            axis = AdaptiveAxis("length", size, count)
            assert not axis.unread
            assert axis.index.max() == size - 1
            assert ((axis.index >= 0).sum(axis=1) == axis.ends - axis.starts).all()


def test_what_is_not_a_number_stays_in_its_windows():
    output = engine.adaptive_avg_pool1d([[np.nan, 1, 2, np.inf, 4, 6]], 3)
    assert np.isnan(output[0, 0])
    assert output[0, 1:].tolist() == [np.inf, 5]


def test_large_whole_numbers_stay_exact():
    assert engine.adaptive_avg_pool1d([[2**40 + 1, 2**40 + 3, 2**41]], 3).tolist() == [
        [2**40 + 1, 2**40 + 3, 2**41]
    ]
    assert engine.adaptive_avg_pool1d([[2**40 + 1, 2**40 + 3]], 1).tolist() == [[2**40 + 2]]


def test_the_trace_has_the_windows_own_cells():
    trace = engine.adaptive_avg_pool1d.call([[1, 2, 3, 4, 5]], 3).trace((0, 0))
    assert trace.sources.tolist() == [[0, 0], [0, 1]]
    assert trace.divisor == 2


@pytest.mark.parametrize("size", [0, [1, 2, 3], "all", None])
def test_sizes_that_are_refused(size: object):
    with pytest.raises(ParameterError) as caught:
        engine.adaptive_avg_pool2d(np.ones((1, 4, 4)), size)
    assert caught.value.field == "output_size"
