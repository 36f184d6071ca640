"""The product with windows laid out as columns, by itself: its parts, and the memory it says it takes."""

from __future__ import annotations

import numpy as np
import pytest

import engine.algorithms.columns as module
from engine.algorithms.columns import columns_memory, correlate_columns
from tests.engine.algorithms.test_correlation import drawn, one_by_one


@pytest.mark.parametrize("at_once", [1, 300, 2**18])
def test_equals_multiplying_out_whatever_the_parts(monkeypatch: pytest.MonkeyPatch, at_once: int):
    monkeypatch.setattr(module, "_CELLS_AT_ONCE", at_once)
    rng = np.random.default_rng(75)
    for _ in range(60):
        padded, weight, stride, dilation, output = drawn(rng, wide=False)
        found = correlate_columns(padded, weight.astype(np.float64), stride, dilation, output)
        np.testing.assert_array_equal(found, one_by_one(padded, weight, stride, dilation, output))


def test_a_kernel_of_one_entry_lays_nothing_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "_windows", None)
    rng = np.random.default_rng(76)
    padded, weight = rng.integers(-9, 10, (2, 3, 4, 5, 6)), rng.integers(-9, 10, (3, 7, 4, 1, 1))
    found = correlate_columns(padded, weight.astype(np.float32), (1, 1), (1, 1), (5, 6))
    np.testing.assert_array_equal(found, one_by_one(padded, weight, (1, 1), (1, 1), (5, 6)))


def test_the_columns_laid_out_are_as_many_as_said(monkeypatch: pytest.MonkeyPatch):
    """No part is larger, and one row of windows is the least there can be."""
    monkeypatch.setattr(module, "_CELLS_AT_ONCE", 500)
    for batch, window, output in ((3, 18, (7, 9)), (1, 2, (3, 3)), (4, 100, (2, 40))):
        parts = list(module._parts((batch, 1, 2, window // 2, 1, *output)))
        held = [
            window * (min(pictures.stop, batch) - pictures.start) * (rows.stop - rows.start) * output[1]
            for pictures, rows in parts
        ]
        assert sum(held) == batch * window * output[0] * output[1]
        assert max(held) <= columns_memory(batch, window, output)
