"""Pictures prepared, and some of them set apart."""

from __future__ import annotations

import numpy as np
import pytest

from engine.training import Examples, Preparation, held_out


def test_preparation_is_the_formula():
    found = Preparation(100, 50)(np.array([[[0, 100], [150, 255]]], np.uint8))
    assert found.shape == (1, 1, 2, 2)
    assert found.dtype == np.float32
    assert found.tolist() == pytest.approx(np.array([[[[-2, 0], [1, 3.1]]]]))


def test_what_is_held_out_is_seeded_and_nothing_is_lost():
    pictures = np.arange(50, dtype=np.uint8)[:, None, None] * np.ones((1, 2, 2), np.uint8)
    examples = Examples(pictures, np.arange(50) % 10)
    learning, choosing = held_out(examples, 8, 3)
    assert (len(learning.labels), len(choosing.labels)) == (42, 8)
    seen = [*learning.pictures[:, 0, 0].tolist(), *choosing.pictures[:, 0, 0].tolist()]
    assert sorted(seen) == list(range(50))
    for part in (learning, choosing):
        assert (part.pictures[:, 0, 0] % 10 == part.labels).all()
    again, other = held_out(examples, 8, 3), held_out(examples, 8, 4)
    np.testing.assert_array_equal(again[1].pictures, choosing.pictures)
    assert (other[1].pictures != choosing.pictures).any()
