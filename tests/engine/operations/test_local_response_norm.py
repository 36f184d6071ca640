"""What is particular to local response normalisation: which channels stand together."""

from __future__ import annotations

import numpy as np
import pytest

import engine
from engine.errors import ParameterError


def test_alexnets():
    """Krizhevsky et al., 2012: n = 5, k = 2, alpha = 1e-4 (times 5 here), beta = 0.75."""
    array = np.random.default_rng(0).normal(0, 50, (96, 2, 2))
    output = engine.local_response_norm(array, 5, alpha=5e-4, beta=0.75, k=2)
    for c in (0, 1, 2, 50, 93, 94, 95):
        squares = (array[max(c - 2, 0) : min(c + 3, 96)] ** 2).sum(axis=0)
        np.testing.assert_allclose(output[c], array[c] / (2 + 1e-4 * squares) ** 0.75, rtol=1e-13)


@pytest.mark.parametrize(
    ("size", "reads"), [(1, [1]), (2, [0, 1]), (3, [0, 1, 2]), (4, [0, 1, 2]), (50, [0, 1, 2])]
)
def test_even_sizes_reach_further_back(size: int, reads: list[int]):
    trace = engine.local_response_norm.call([1.0, 2.0, 3.0], size).trace((1,))
    assert trace.sources[:, 0].tolist() == reads
    assert trace.divisor == size


def test_an_even_size_is_the_mean_square_of_those_before():
    found = engine.local_response_norm([1.0, 2.0, 4.0], 2, alpha=2, beta=1, k=0)
    assert found.tolist() == [1, 2 / 5, 4 / 20]


def test_infinity_stays_within_its_neighbourhood():
    output = engine.local_response_norm([1.0, 1.0, 1.0, np.inf, 1.0, 1.0, 1.0], 3)
    assert np.isnan(output[3])
    assert output[[2, 4]].tolist() == [0, 0]
    assert np.all(output[[0, 1, 5, 6]] > 0.9)


def test_size_is_needed():
    with pytest.raises(ParameterError) as caught:
        engine.local_response_norm.bind({"input": [1.0]})
    assert caught.value.field == "size"


def test_more_channels_than_any_window():
    call = engine.local_response_norm.call(np.ones((0, 3, 2, 2)), 9)
    assert call.run().shape == (0, 3, 2, 2)
    assert call.backward(np.ones((0, 3, 2, 2)))["input"].shape == (0, 3, 2, 2)


@pytest.mark.parametrize(("alpha", "beta"), [(0, 0), (1, 0), (0, 0.75)])
def test_the_gradient_is_finite_where_nothing_damps(alpha: float, beta: float):
    """Even where nothing is what would be divided by."""
    k = 0 if beta == 0 else 1
    call = engine.local_response_norm.call([0.0, 1.0, -2.0, 0.0], 3, alpha=alpha, beta=beta, k=k)
    assert call.run().tolist() == [0, 1, -2, 0]
    assert call.backward(np.ones(4))["input"].tolist() == [1, 1, 1, 1]
