"""Channels each by itself, all at once: values, types, and parts of any size."""

from __future__ import annotations

import numpy as np
import pytest

import engine.algorithms.depthwise as module
from engine.algorithms.depthwise import channels_memory, correlate_channels
from tests.engine.algorithms.test_correlation import one_by_one


@pytest.mark.parametrize("at_once", [1, 64, 2**16])
@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_equals_multiplying_out_whatever_the_parts(monkeypatch: pytest.MonkeyPatch, at_once: int, kind: type):
    monkeypatch.setattr(module, "_CELLS_AT_ONCE", at_once)
    rng = np.random.default_rng(77)
    for _ in range(40):
        batch, groups, maps = (int(rng.integers(1, top)) for top in (4, 6, 3))
        kernel, stride, dilation = (tuple(rng.integers(1, 4, 2).tolist()) for _ in range(3))
        output = tuple(rng.integers(1, 6, 2).tolist())
        reach = [
            (o - 1) * s + d * (k - 1) + 1 for o, s, d, k in zip(output, stride, dilation, kernel, strict=True)
        ]
        padded = rng.integers(-9, 10, (batch, groups, 1, *reach))
        weight = rng.integers(-9, 10, (groups, maps, 1, *kernel))
        found = correlate_channels(padded, weight.astype(kind), stride, dilation, output)
        assert found.dtype == kind
        np.testing.assert_array_equal(found, one_by_one(padded, weight, stride, dilation, output))


def test_memory_counts_the_channels_side_by_side():
    few, many = (channels_memory(1, groups, (9, 9), (7, 7)) for groups in (4, 8))
    assert few >= 4 * 81
    assert many == 2 * few
