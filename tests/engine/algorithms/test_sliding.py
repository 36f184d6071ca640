"""Sliding along one, two and three axes against windows multiplied out, and its two adjoints."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from engine.algorithms.sliding import kernel_gradient, positions, scatter, slide, slide_memory
from engine.windows.window import WindowAxis

KIND = np.dtype(np.float64)


def drawn(dims: int, number: int) -> Iterator[tuple[np.ndarray, np.ndarray, tuple[WindowAxis, ...]]]:
    """A padded input, a bank of kernels and the axes along which they slide."""
    rng = np.random.default_rng(90 + dims)
    for _ in range(number):
        batch, groups, maps, channels = (int(rng.integers(1, top)) for top in (3, 4, 4, 4))
        axes = []
        for _ in range(dims):
            kernel, stride, dilation = (int(rng.integers(1, top)) for top in (4, 4, 3))
            reach = dilation * (kernel - 1) + 1 + stride * int(rng.integers(0, 4))
            axes.append(WindowAxis("width", reach, kernel, stride, dilation))
        reaches, kernels = ([getattr(axis, name) for axis in axes] for name in ("reach", "kernel"))
        padded = rng.integers(-9, 10, (batch, groups, channels, *reaches))
        yield padded, rng.integers(-9, 10, (groups, maps, channels, *kernels)), tuple(axes)


@pytest.mark.parametrize("dims", [1, 2, 3])
def test_slides_as_defined(dims: int):
    for padded, weight, axes in drawn(dims, 60):
        found = slide(padded, weight, axes, KIND)
        expected = np.zeros_like(found)
        for output in np.ndindex(*found.shape[3:]):
            where = np.ix_(*(axis.index[at] for axis, at in zip(axes, output, strict=True)))
            window = padded[(slice(None),) * 3 + where][:, :, None]
            expected[(..., *output)] = (window * weight).sum(axis=tuple(range(3, 4 + dims)))
        np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("dims", [1, 2, 3])
def test_both_ways_back_are_its_adjoints(dims: int):
    rng = np.random.default_rng(7)
    for padded, weight, axes in drawn(dims, 60):
        found = slide(padded, weight, axes, KIND)
        gradient = rng.integers(-9, 10, found.shape).astype(float)
        forth = (found * gradient).sum()
        assert forth == (scatter(gradient, weight, axes, KIND) * padded).sum()
        assert forth == (kernel_gradient(padded, gradient, axes, KIND) * weight).sum()


def test_positions_are_the_columns_of_the_tables():
    for padded, _, axes in drawn(2, 20):
        for place, stops in positions(axes):
            cells = np.arange(padded.shape[-1])
            assert cells[stops[1]].tolist() == axes[1].index[:, place[1]].tolist()


@pytest.mark.parametrize("dims", [1, 2, 3])
def test_memory_grows_with_maps_and_counts_the_batch(dims: int):
    axes = tuple(WindowAxis("width", 12, 3) for _ in range(dims))
    one = slide_memory((4, *[12] * dims), 8, 1, axes, summed=True)
    assert 0 < one < slide_memory((4, *[12] * dims), 80, 1, axes, summed=True)
    assert one < slide_memory((5, 4, *[12] * dims), 8, 1, axes, summed=True)
