"""Work in blocks is the work on the whole, whatever the sizes."""

from __future__ import annotations

import numpy as np
import pytest

from engine.families.channel_blocks import (
    by_channel,
    combined,
    gradient_sums,
    mapped,
    mapped_single,
    measured,
    scaled,
    widened,
)

SHAPES = [
    (3, 5, 7),
    (1, 4, 90_000),
    (70, 300, 1),
    (40_000, 2, 3),
    (300, 3, 400),
    (0, 3, 4),
    (2, 0, 4),
    (2, 3, 0),
]


def column(size: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).uniform(0.5, 2, (size, 1))


@pytest.mark.parametrize("shape", SHAPES)
def test_every_cell_is_in_one_block(shape: tuple[int, int, int]):
    array = np.random.default_rng(0).standard_normal(shape).astype(np.float32)
    again, times = np.zeros(shape), np.zeros(shape, int)
    for block, cells in widened(array):
        assert cells.dtype == np.float64
        again[block] = cells
        times[block] += 1
    np.testing.assert_array_equal(again, array)
    assert (times == 1).all()


@pytest.mark.parametrize("shape", SHAPES[:5])
def test_everything_is_its_formula(shape: tuple[int, int, int]):
    rng = np.random.default_rng(1)
    array, gradient = rng.normal(3, 2, shape), rng.standard_normal(shape)
    found = measured(array)
    np.testing.assert_allclose(found.mean[:, 0], array.mean(axis=(0, 2)), rtol=1e-12)
    np.testing.assert_allclose(found.variance[:, 0], array.var(axis=(0, 2)), rtol=1e-12)
    mean, by, weight, bias = found.mean, *(column(shape[1], seed) for seed in (2, 3, 4))

    def close(one: np.ndarray, other: np.ndarray) -> None:
        np.testing.assert_allclose(one, other, rtol=1e-10, atol=1e-10)

    normal = (array - mean) / by
    close(mapped(array, np.dtype(np.float64), mean, by, weight, bias), normal * weight + bias)
    plain, weighed = gradient_sums(array, gradient, mean, by)
    close(plain[:, 0], gradient.sum(axis=(0, 2)))
    close(weighed[:, 0], (gradient * normal).sum(axis=(0, 2)))
    a, b, c = (column(shape[1], seed) for seed in (5, 6, 7))
    close(combined(array, gradient, mean, (a, b, c)), gradient * a + (array - mean) * b + c)
    close(scaled(gradient, a), gradient * a)
    single = array.astype(np.float32)
    np.testing.assert_allclose(
        mapped_single(single, mean, 1 / by, bias), (single - mean) / by + bias, rtol=1e-5, atol=1e-5
    )


def test_channels_may_lie_along_any_axis():
    array = np.arange(24).reshape(2, 3, 4)
    for axis, shape in enumerate([(1, 2, 12), (2, 3, 4), (6, 4, 1)]):
        found = by_channel(array, axis)
        assert found.shape == shape
        np.testing.assert_array_equal(found.ravel(), array.ravel())
