"""Correlation as matrix products, against windows multiplied out one by one."""

from __future__ import annotations

import numpy as np
import pytest

import engine.algorithms.columns as columns
import engine.algorithms.depthwise as depthwise
from engine.algorithms.correlation import correlate, work_type
from tests.engine.draws import LATEST, pick


def one_by_one(padded: np.ndarray, weight: np.ndarray, stride, dilation, output) -> np.ndarray:
    """Each output is its window times the kernel, summed: in float64."""
    batch, groups = padded.shape[:2]
    result = np.zeros((batch, groups, weight.shape[1], *output))
    for y, x in np.ndindex(*output):
        rows = y * stride[0] + np.arange(weight.shape[3]) * dilation[0]
        columns = x * stride[1] + np.arange(weight.shape[4]) * dilation[1]
        window = padded[:, :, None][..., rows[:, None], columns].astype(np.float64)
        result[..., y, x] = (window * weight).sum(axis=(-3, -2, -1))
    return result


def drawn(rng: np.random.Generator, wide: bool):
    groups, outputs, channels = (int(rng.integers(1, top)) for top in (4, 20, 4))
    kernel = rng.integers(1, 6, 2).tolist()
    stride, dilation = rng.integers(1, 5, 2).tolist(), rng.integers(1, 4, 2).tolist()
    # Beyond 16 columns the width falls into several bands.
    output = (int(rng.integers(1, 6)), int(rng.integers(1, 70 if wide else 6)))
    reach = [
        (o - 1) * s + d * (k - 1) + 1 for o, s, d, k in zip(output, stride, dilation, kernel, strict=True)
    ]
    padded = rng.integers(-99, 100, (pick(rng, (0, 1, 1, 2)), groups, channels, *reach))
    weight = rng.integers(-9, 10, (groups, outputs, channels, *kernel))
    LATEST[:] = [f"{padded.shape} with {weight.shape}, stride {stride}, dilation {dilation}"]
    return padded, weight, tuple(stride), tuple(dilation), output


@pytest.mark.parametrize("wide", [False, True], ids=["narrow", "wide"])
@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_equals_multiplying_out(wide: bool, kind: type):
    rng = np.random.default_rng(70)
    for _ in range(250):
        padded, weight, stride, dilation, output = drawn(rng, wide)
        result = correlate(padded, weight, stride, dilation, output, np.dtype(kind))
        assert result.dtype == kind
        np.testing.assert_array_equal(result, one_by_one(padded, weight, stride, dilation, output))


@pytest.mark.parametrize("outputs", [1, 3], ids=["depthwise", "several each"])
@pytest.mark.parametrize("spoilt", [False, True])
def test_many_channels_each_by_itself(outputs: int, spoilt: bool):
    """All at once, with the channels next to each other; what is not finite stays where it is."""
    rng = np.random.default_rng(73)
    for _ in range(60):
        padded, weight, stride, dilation, output = drawn(rng, wide=False)
        groups = int(rng.integers(8, 20))
        padded = rng.integers(-99, 100, (len(padded), groups, 1, *padded.shape[3:])).astype(np.float32)
        weight = rng.integers(-9, 10, (groups, outputs, 1, *weight.shape[3:]))
        if spoilt and padded.size:
            padded[tuple(int(rng.integers(size)) for size in padded.shape)] = pick(rng, (np.nan, np.inf))
        with np.errstate(invalid="ignore"):
            result = correlate(padded, weight, stride, dilation, output, np.dtype(np.float32))
            expected = one_by_one(padded, weight, stride, dilation, output)
        np.testing.assert_array_equal(result, expected)


@pytest.mark.parametrize("at_once", [1, 40, 1000])
def test_parts_of_any_size_give_the_same(monkeypatch: pytest.MonkeyPatch, at_once: int):
    """Windows are laid out, and channels summed, some rows or pictures at a time."""
    for module in (columns, depthwise):
        monkeypatch.setattr(module, "_CELLS_AT_ONCE", at_once)
    rng = np.random.default_rng(74)
    for groups, outputs, channels in ((1, 17, 3), (2, 12, 2), (9, 1, 1)):
        padded = rng.integers(-99, 100, (3, groups, channels, 13, 17))
        weight = rng.integers(-9, 10, (groups, outputs, channels, 3, 2))
        result = correlate(padded, weight, (2, 3), (1, 2), (6, 5), np.dtype(np.float32))
        np.testing.assert_array_equal(result, one_by_one(padded, weight, (2, 3), (1, 2), (6, 5)))


@pytest.mark.parametrize(("kernel", "dilation"), [((31, 31), (1, 1)), ((15, 31), (2, 1)), ((3, 31), (1, 2))])
@pytest.mark.parametrize("outputs", [1, 3, 17])
def test_large_kernels(kernel: tuple[int, int], dilation: tuple[int, int], outputs: int):
    rng = np.random.default_rng(72)
    stride, output = (2, 1), (4, 35)
    reach = [(output[a] - 1) * stride[a] + dilation[a] * (kernel[a] - 1) + 1 for a in range(2)]
    padded = rng.integers(-9, 10, (1, 2, 1, *reach))
    weight = rng.integers(-9, 10, (2, outputs, 1, *kernel))
    result = correlate(padded, weight, stride, dilation, output, np.dtype(np.float64))
    np.testing.assert_array_equal(result, one_by_one(padded, weight, stride, dilation, output))


def test_what_is_not_finite_stays_in_the_windows_that_read_it():
    rng = np.random.default_rng(71)
    for _ in range(200):
        padded, weight, stride, dilation, output = drawn(rng, wide=True)
        clean = one_by_one(padded, weight, stride, dilation, output)
        spoilt = padded.astype(np.float32)
        if spoilt.size == 0:
            continue
        place = tuple(int(rng.integers(size)) for size in spoilt.shape)
        spoilt[place] = pick(rng, (np.nan, np.inf, -np.inf))
        with np.errstate(invalid="ignore"):
            result = correlate(spoilt, weight, stride, dilation, output, np.dtype(np.float32))
            expected = one_by_one(spoilt, weight, stride, dilation, output)
        np.testing.assert_array_equal(result, expected)
        untouched = np.isfinite(expected)
        np.testing.assert_array_equal(result[untouched], clean[untouched])


@pytest.mark.parametrize(
    ("top", "weights", "kind"),
    [
        (2**24, [[[[1]]]], np.float32),
        (2**24 + 1, [[[[1]]]], np.float64),
        (2**23, [[[[1, -1]]]], np.float32),
        (2**23 + 1, [[[[1, -1]]]], np.float64),
        (255, np.full((1, 1, 1, 2**16), 1), np.float32),
        (255, np.full((1, 1, 1, 2**17), 1), np.float64),
    ],
)
def test_whole_numbers_take_the_narrowest_exact_type(top: int, weights, kind: type):
    """The bound is on sums of magnitudes, so that every partial sum is exact, in any order."""
    assert work_type(np.array([top, 0]), np.asarray(weights)) == kind
    assert work_type(np.array([-top, 0]), -np.asarray(weights)) == kind


def test_other_numbers_take_the_wider_type():
    single, double = np.array([0.5], np.float32), np.array([0.5])
    weight = np.full((1, 1, 1, 1), 0.5, np.float32)
    assert work_type(single, weight) == np.float32
    assert work_type(double, weight) == np.float64
    assert work_type(single, weight.astype(np.float64)) == np.float64
