"""What is particular to average pooling: what is counted, and sums that stay exact."""

from __future__ import annotations

import numpy as np
import pytest

import engine


def test_the_textbook_window():
    assert engine.avg_pool2d([[[1, 3], [7, 5]]], 2).tolist() == [[[4]]]


@pytest.mark.parametrize(
    ("options", "corner"),
    [
        ({}, 36 / 9),  # four real cells of 9, nine cells counted
        ({"count_include_pad": False}, 9),
        ({"divisor_override": 12}, 3),
        ({"count_include_pad": False, "divisor_override": 12}, 3),
    ],
)
def test_what_is_counted(options: dict[str, object], corner: float):
    output = engine.avg_pool2d(np.full((1, 4, 4), 9), 3, 1, 1, **options)
    assert output[0, 0, 0] == corner
    assert output[0, 1, 1] == (81 / 12 if "divisor_override" in options else 9)


def test_cells_beyond_the_padded_input_are_never_counted():
    """ceil_mode lets the last window stick out: it holds two cells, and one of padding at the end."""
    row = np.array([[[3, 3, 3, 3, 3, 3]]])
    assert engine.avg_pool2d(row, [1, 4], [1, 4], 0, True).tolist() == [[[3, 3]]]
    padded = engine.avg_pool2d(row, [1, 4], [1, 4], [0, 0, 0, 1], True)
    assert padded[0, 0].tolist() == [3, 2]
    alone = engine.avg_pool2d(row, [1, 4], [1, 4], [0, 0, 0, 1], True, False)
    assert alone[0, 0].tolist() == [3, 3]


@pytest.mark.parametrize(
    ("kind", "value", "size"),
    [
        ("uint8", 255, 2950),
        ("uint16", 65535, 200),
        ("int16", -32768, 300),
        ("int8", -128, 500),
        ("int32", 2**31 - 1, 3),
    ],
)
def test_large_windows_do_not_overflow(kind: str, value: int, size: int):
    picture = np.full((1, size, size), value, kind)
    assert engine.avg_pool2d(picture, size).item() == value


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_does_not_leak(bad: float):
    picture = np.ones((1, 6, 6), np.float32)
    picture[0, 0, 0] = bad
    output = engine.avg_pool2d(picture, 2)
    np.testing.assert_array_equal(output[0, 0, 0], np.float32(bad))
    assert np.all(np.delete(output.ravel(), 0) == 1)
    picture[0, 5, 5] = bad
    np.testing.assert_array_equal(engine.avg_pool2d(picture, 4), np.full((1, 1, 1), bad))


def test_opposite_infinities_in_one_window():
    picture = np.array([[[np.inf, -np.inf]]], np.float32)
    assert np.isnan(engine.avg_pool2d(picture, [1, 2]).item())


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ("uint8", "float32"),
        ("int16", "float32"),
        ("float16", "float32"),
        ("float32", "float32"),
        ("float64", "float64"),
    ],
)
def test_types(given: str, kind: str):
    assert engine.avg_pool2d(np.ones((1, 4, 4), given), 2).dtype == np.dtype(kind)


def test_global_average():
    rng = np.random.default_rng(110)
    picture = rng.integers(0, 256, (72, 6, 6)).astype(np.uint8)
    output = engine.avg_pool2d(picture, 6)
    assert output.shape == (72, 1, 1)
    np.testing.assert_array_equal(output.ravel(), picture.mean(axis=(1, 2)).astype(np.float32))
