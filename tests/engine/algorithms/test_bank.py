"""Kernels, divisors and biases spread over groups and maps, and gathered again."""

from __future__ import annotations

import numpy as np
import pytest

from engine.algorithms.bank import check_per_map, gather, per_map, spread, sum_of_channels, sum_per_map
from engine.errors import ShapeError


def test_full_weights_are_cut_into_groups():
    weight = np.arange(6 * 2 * 3 * 3).reshape(6, 2, 3, 3)
    bank = spread(weight, groups=3, channels=6)
    assert bank.shape == (3, 2, 2, 3, 3)
    np.testing.assert_array_equal(bank[1, 0], weight[2])


def test_kernels_without_channels_repeat_in_every_group():
    """Map number = group x kernels + kernel."""
    kernels = np.arange(2 * 3 * 3).reshape(2, 3, 3)
    bank = spread(kernels, groups=4, channels=8)
    assert bank.shape == (4, 2, 2, 3, 3)
    for group, channel in np.ndindex(4, 2):
        np.testing.assert_array_equal(bank[group, :, channel], kernels)


def test_one_group_sums_the_channels_first():
    assert spread(np.ones((3, 3)), groups=1, channels=5).shape == (1, 1, 1, 3, 3)


@pytest.mark.parametrize("shape", [(3, 3), (2, 3, 3), (4, 2, 3, 3)])
@pytest.mark.parametrize("groups", [1, 2])
def test_gather_is_the_adjoint_of_spread(shape, groups):
    rng = np.random.default_rng(6)
    weight = rng.integers(-9, 10, shape)
    bank = spread(weight, groups, 2 * groups)
    gradient = rng.integers(-9, 10, bank.shape).astype(float)
    assert (bank * gradient).sum() == (weight * gather(gradient, shape)).sum()


@pytest.mark.parametrize("shape", [None, (), (1,), (2,), (6,)])
def test_one_number_one_per_kernel_or_one_per_map(shape):
    check_per_map("bias", shape, maps=6, kernels=2)


@pytest.mark.parametrize("shape", [(3,), (0,), (6, 1)])
def test_any_other_number_is_refused(shape):
    with pytest.raises(ShapeError) as caught:
        check_per_map("divisor", shape, maps=6, kernels=2)
    assert (caught.value.code, caught.value.field) == ("divisor_length", "divisor")
    assert "2 (one per kernel) or 6 (one per map)" in caught.value.message


@pytest.mark.parametrize("shape", [(), (1,), (3,), (6,)])
def test_per_map_and_back(shape):
    values = np.arange(np.prod(shape, dtype=int)).reshape(shape) + 1
    spread_out = per_map(values, 6)
    assert spread_out is not None
    assert spread_out.tolist() == np.resize(values, 6).tolist()
    totals = np.arange(6.0)
    assert (sum_per_map(totals, shape) * values).sum() == (totals * spread_out).sum()
    assert per_map(None, 6) is None


@pytest.mark.parametrize("kind", ["uint8", "int64", "float32"])
def test_channels_are_summed_without_loss(kind):
    array = np.full((2, 300, 2, 2), 255, kind)
    assert (sum_of_channels(array) == 300 * 255).all()
    assert sum_of_channels(array[:, :1]) is not None
    few = sum_of_channels(np.full((1, 3, 1, 1), 255, "uint8"))
    assert few.tolist() == [[[[765]]]]


def test_sums_beyond_whole_numbers_are_doubles():
    assert sum_of_channels(np.full((1, 4, 1, 1), 2**62, np.int64)).dtype == np.float64
