"""What is particular to softmax and its logarithm: along which axis, and what infinities do."""

from __future__ import annotations

import math

import numpy as np
import pytest

import engine
from engine.errors import ConvscopeError, ShapeError


@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
def test_axes_of_shares(name: str):
    known = engine.operation(name)
    array = np.random.default_rng(6).standard_normal((2, 3, 4, 5))
    for dim in (None, *range(-4, 4)):
        output = np.exp(known(array, dim)) if name == "log_softmax" else known(array, dim)
        np.testing.assert_allclose(output.sum(1 if dim is None else dim), 1, rtol=1e-14)
    assert known.call(array, -1).params["dim"] == 3
    assert [len(known.call(array, dim).layout.axes) for dim in (None, 0, 1, 2, 3)] == [2, 2, 2, 0, 0]
    for dim in (4, -5):
        with pytest.raises(ShapeError, match="has the axes -4 to 3") as caught:
            known(array, dim)
        assert caught.value.field == "dim"


def test_shares_of_infinities():
    assert engine.softmax([-math.inf, 0.0, 0.0]).tolist() == [0, 0.5, 0.5]
    assert engine.log_softmax([-math.inf, 0.0])[0] == -math.inf
    for line in ([math.inf, 0.0], [math.nan, 0.0], [-math.inf, -math.inf]):
        assert np.isnan(engine.softmax(line)).any()


def test_known_values():
    output = engine.softmax(np.array([1.0, 2, 3]))
    expected = [0.0900305731703805, 0.244728471054798, 0.665240955774822]
    np.testing.assert_allclose(output, expected, rtol=1e-14, atol=1e-16)


def test_an_axis_beyond_the_limit_is_refused():
    with pytest.raises(ConvscopeError) as caught:
        engine.softmax(np.ones((2, 3)), 7)
    assert caught.value.field == "dim"
