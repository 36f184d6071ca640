"""A dense layer as the convolution that is the same layer."""

from __future__ import annotations

import numpy as np
import pytest

import engine
from engine.analysis.dense import as_convolution
from engine.errors import ShapeError


@pytest.mark.parametrize("shape", [(3, 7), (2, 4, 5), (2, 2, 3, 4)])
def test_both_give_the_same_numbers(shape: tuple[int, ...]):
    rng = np.random.default_rng(10)
    maps, weight = rng.integers(-9, 10, shape), rng.integers(-9, 10, (6, int(np.prod(shape))))
    convolution = engine.operation(f"conv{len(shape) - 1}d")
    found = convolution(maps, as_convolution(weight, shape), np.arange(6))
    assert found.shape == (6, *[1] * (len(shape) - 1))
    np.testing.assert_array_equal(found.reshape(-1), engine.linear(maps.reshape(-1), weight, np.arange(6)))


@pytest.mark.parametrize("weight", [np.ones((4, 11)), np.ones(12), np.ones((2, 3, 4))])
def test_other_weights_are_refused(weight: np.ndarray):
    with pytest.raises(ShapeError) as caught:
        as_convolution(weight, (3, 2, 2))
    assert (caught.value.code, caught.value.field) == ("weight_features", "weight")
    assert caught.value.values["expected"] == 12
