"""Windows of uneven size against their definition, and sums over them against their own adjoint."""

from __future__ import annotations

from math import ceil

import numpy as np
import pytest

from engine.windows.adaptive import AdaptiveAxis, window_shares, window_sums
from engine.windows.axis import OUTSIDE

SIZES = [(size, count) for size in range(1, 14) for count in range(1, 17)]


def test_windows_are_those_of_the_definition():
    for size, count in SIZES:
        axis = AdaptiveAxis("length", size, count)
        windows = [range(i * size // count, ceil((i + 1) * size / count)) for i in range(count)]
        read = [[at for at in row if at != OUTSIDE] for row in axis.index.tolist()]
        assert read == [list(window) for window in windows]
        assert axis.kernel == max(map(len, windows))
        assert not axis.unread


@pytest.mark.parametrize("along", [-1, -2, 1])
def test_sums_are_those_of_the_table(along: int):
    rng = np.random.default_rng(3)
    for size, count in SIZES[::7]:
        axis = AdaptiveAxis("length", size, count)
        shape = [2, 3, 4]
        shape[along] = size
        array = rng.integers(-9, 10, shape).astype(float)
        rows = [array.take([at for at in row if at != OUTSIDE], axis=along) for row in axis.index]
        expected = np.stack([row.sum(axis=along) for row in rows], axis=along)
        np.testing.assert_array_equal(window_sums(array, axis, along), expected)


def test_shares_are_the_adjoint_of_sums():
    rng = np.random.default_rng(4)
    for size, count in SIZES:
        axis = AdaptiveAxis("length", size, count)
        cells, outputs = rng.integers(-9, 10, (2, size)), rng.integers(-9, 10, (2, count))
        forth = (window_sums(cells.astype(float), axis, -1) * outputs).sum()
        assert forth == (window_shares(outputs.astype(float), axis, -1) * cells).sum()


def test_what_is_not_finite_stays_in_its_windows():
    axis = AdaptiveAxis("length", 5, 3)
    sums = window_sums(np.array([np.inf, 1, 1, 1, np.nan]), axis, -1)
    assert sums[0] == np.inf
    assert sums[1] == 3
    assert np.isnan(sums[2])


def test_jump_and_law():
    axis = AdaptiveAxis("width", 7, 3)
    assert axis.jump == 7 / 3
    assert (axis.law.symbols, axis.law.value) == ("output_size", 3)
