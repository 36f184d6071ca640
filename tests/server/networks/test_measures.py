"""Measures and thumbnails against the same in double precision, cell by cell, in every order of memory."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.networks.measures import measure
from server.networks.thumbnails import thumbnails

ORDERS = [(0, 1, 2), (1, 2, 0), (0, 2, 1)]


def drawn(shape, seed, order=(0, 1, 2), low=-1.0):
    """Numbers that lie in memory in this order of axes, some of them 0."""
    rng = np.random.default_rng(seed)
    array = rng.uniform(low, 3, [shape[axis] for axis in order]).astype(np.float32)
    array[rng.random(array.shape) < 0.2] = 0
    return array.transpose(np.argsort(order))


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("low", [-1.0, 0.0])
@pytest.mark.parametrize("shape", [(1, 1, 1), (7, 5, 3), (64, 113, 113), (3, 1, 4100)])
def test_measures(shape, low, order):
    array = drawn(shape, 1, order, low)
    found, exact = measure(array), array.astype(np.float64)
    assert (found.least, found.greatest) == (array.min(), array.max())
    assert found.zeros == (array == 0).mean()
    assert found.mean == pytest.approx(exact.mean(), rel=1e-6, abs=1e-7)
    assert found.deviation == pytest.approx(exact.std(), rel=1e-6, abs=1e-7)
    assert np.allclose(found.strength, np.abs(exact).mean(axis=(1, 2)), rtol=5e-6)
    assert found.strongest(3) == np.argsort(-found.strength, kind="stable")[:3].tolist()


def test_a_large_mean_does_not_drown_the_deviation():
    array = drawn((8, 50, 50), 2) / 100 + np.float32(1000)
    assert measure(array).deviation == pytest.approx(array.astype(np.float64).std(), rel=1e-3)


def test_of_a_vector_every_number_is_a_map():
    found = measure(np.array([0, -3, 2], np.float32))
    assert found.strength.tolist() == [0, 3, 2]
    assert found.data(2) == {
        "min": -3.0,
        "max": 2.0,
        "mean": pytest.approx(-1 / 3),
        "zeros": pytest.approx(1 / 3),
        "deviation": pytest.approx(np.std([0, -3, 2])),
        "strongest": [1, 2],
    }


def test_what_is_not_finite_is_null():
    with np.errstate(invalid="ignore"):
        found = measure(np.array([[[1, np.inf]]], np.float32)).data(1)
    assert (found["min"], found["max"], found["mean"], found["deviation"]) == (1, None, None, None)


@settings(deadline=None)
@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 50), st.integers(0, 9))
def test_a_cell_of_a_thumbnail_is_the_mean_of_its_area(height, width, side, seed):
    maps = drawn((2, height, width), seed)
    found = thumbnails(maps, side)
    if max(height, width) <= side:
        assert found is maps
        return
    _, rows, columns = found.shape
    assert max(rows, columns) == side
    assert rows == max(1, round(height * side / max(height, width)))
    # Every cell as rows x columns equal ones: then each area is a block of whole cells.
    fine = maps.astype(np.float64).repeat(rows, axis=1).repeat(columns, axis=2)
    expected = fine.reshape(2, rows, height, columns, width).mean(axis=(2, 4))
    assert np.allclose(found, expected, atol=1e-5)


@settings(deadline=None)
@given(st.floats(-(2.0**99), 2.0**99, width=32), st.integers(2, 200), st.integers(1, 50))
def test_a_map_of_one_number_stays_one(number, size, side):
    found = thumbnails(np.full((1, size, size), number, np.float32), side)
    assert (found == np.float32(number)).all()
