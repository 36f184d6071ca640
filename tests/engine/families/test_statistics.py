"""Mean and variance where the usual formula loses every digit, and gradients through both."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from engine.families.statistics import deviation, normalised, scaled, statistics, through_statistics


@pytest.mark.parametrize("kind", ["float32", "float64", "int64", "uint8"])
def test_they_are_those_of_exact_fractions(kind: str):
    array = np.random.default_rng(1).integers(0, 200, (3, 4, 5)).astype(kind)
    found = statistics(array, (0, 2))
    assert found.mean.shape == found.variance.shape == found.squares.shape == (1, 4, 1)
    assert found.numbers == 15
    for place in range(4):
        cells = [Fraction(int(cell)) for cell in array[:, place].flat]
        mean = sum(cells) / 15
        squares = sum((cell - mean) ** 2 for cell in cells)
        assert found.mean[0, place, 0] == pytest.approx(float(mean), rel=1e-15)
        assert found.squares[0, place, 0] == pytest.approx(float(squares), rel=1e-13)
        assert found.variance[0, place, 0] == pytest.approx(float(squares / 15), rel=1e-13)


def test_a_small_spread_about_a_large_mean_is_kept():
    array = 1e9 + np.array([1.0, 2.0, 3.0, 4.0])
    assert statistics(array, (0,)).variance.item() == 1.25
    assert np.square(array).mean() - array.mean() ** 2 != 1.25  # the formula in one pass


def test_no_numbers_have_none_and_order_in_memory_does_not_matter():
    assert statistics(np.empty((0, 3)), (0,)).variance.tolist() == [[0, 0, 0]]
    array = np.random.default_rng(2).standard_normal((50, 60))
    for other in (np.asfortranarray(array), array[::-1][::-1]):
        for axes in ((0,), (1,), (0, 1)):
            assert [part.tobytes() for part in statistics(other, axes)[:3]] == [
                part.tobytes() for part in statistics(array, axes)[:3]
            ]


def test_gradients_pass_through_mean_and_variance():
    rng, step, eps, axes = np.random.default_rng(3), 1e-6, 1e-3, (0, 2)
    array, weights, direction = rng.standard_normal((3, 4, 2, 5))

    def normal(x: np.ndarray) -> np.ndarray:
        found = statistics(x, axes)
        return normalised(x, found.mean, deviation(found.variance, eps))

    by = deviation(statistics(array, axes).variance, eps)
    stated = (through_statistics(weights, normal(array), by, axes) * direction).sum()
    ends = [(normal(array + side * step * direction) * weights).sum() for side in (-1, 1)]
    assert stated == pytest.approx((ends[1] - ends[0]) / (2 * step), rel=1e-6)


def test_scaling_writes_over_what_it_is_given_and_nothing_else():
    weight, bias, normal = np.array([2.0, 3.0]), np.array([1.0, -1.0]), np.ones((2, 2))
    assert scaled(normal, weight, bias) is normal
    assert normal.tolist() == [[3, 2], [3, 2]]
    assert scaled(np.ones(2), None, None).tolist() == [1, 1]
    array = np.ones(3)
    normalised(array, np.array([1.0]), np.array([2.0]))[...] = 7
    assert array.tolist() == [1, 1, 1]
