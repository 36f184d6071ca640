"""Measures and thumbnails against the same in double precision, cell by cell, in every order of memory."""

from __future__ import annotations

import numpy as np
import pytest

from server.networks.measures import measure

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
