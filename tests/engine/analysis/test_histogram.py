"""Counting numbers: every one is in a bin, and whole numbers leave no comb."""

from __future__ import annotations

import json

import numpy as np
import pytest

from engine.analysis.histogram import finite, histogram


@pytest.mark.parametrize("kind", ["uint8", "int16", "float32", "float64"])
@pytest.mark.parametrize("scale", [1, 50, 3000])
def test_every_finite_number_is_counted_between_its_edges(kind: str, scale: int):
    rng = np.random.default_rng(9)
    array = np.abs(rng.standard_normal((3, 40)) * scale).astype(kind)
    found = histogram(array)
    assert found.counts.sum() == array.size
    assert len(found.counts) <= 64
    for low, high, count in zip(found.edges, found.edges[1:], found.counts, strict=False):
        last = high == found.edges[-1]
        inside = (array >= low) & ((array <= high) if last else (array < high))
        assert abs(int(inside.sum()) - int(count)) <= (kind.startswith("float"))
    assert (found.least, found.greatest) == (array.min(), array.max())
    assert found.mean == pytest.approx(array.mean(dtype=np.float64))


@pytest.mark.parametrize("most", [1, 63, 64, 255, 1000])
def test_bins_hold_equally_many_whole_numbers(most: int):
    found = histogram(np.arange(most + 1))
    assert len(set(found.counts[:-1].tolist())) <= 1
    assert found.counts[-1] <= found.counts[0]


def test_nothing_finite_has_no_edges():
    found = histogram(np.array([np.nan, np.inf]))
    assert (found.not_finite, found.zeros, found.edges.size, found.counts.size) == (2, 0, 0, 0)
    assert found.data()["mean"] is None
    json.dumps(found.data(), allow_nan=False)


def test_one_number_alone_and_two_far_apart():
    alone = histogram(np.full(5, 0.1))
    assert alone.edges[0] < 0.1 < alone.edges[-1]
    assert alone.counts.sum() == 5
    apart = histogram(np.array([-1.7e308, 1.7e308]))
    assert np.isfinite(apart.edges).all()
    assert apart.counts[[0, -1]].tolist() == [1, 1]
    assert apart.mean == 0


def test_zeros_of_both_signs_are_zeros():
    assert histogram(np.array([0.0, -0.0, 1.0])).zeros == 2
    assert finite(float("nan")) is None
    assert finite(2.5) == 2.5
