"""Padding against NumPy's own, and against the definition."""

from __future__ import annotations

import numpy as np
import pytest

from engine.errors import ShapeError
from engine.windows.padding import pad
from engine.windows.window import PADDING_MODES, WindowAxis
from tests.engine.draws import LATEST, pick
from tests.engine.oracles.windows import read_from

NUMPY_MODES = {"zeros": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}


def axis(name: str, size: int, before: int, after: int, mode: str) -> WindowAxis:
    """An axis whose windows read all that is padded: a kernel of one cell, stride 1."""
    return WindowAxis(name, size, before=before, after=after, padding_mode=mode)


@pytest.mark.parametrize("mode", PADDING_MODES)
def test_as_numpy_pads(mode: str):
    rng = np.random.default_rng(30)
    for _ in range(300):
        height, width = (int(n) for n in rng.integers(1, 8, 2))
        room = {"reflect": -1, "circular": 0}.get(mode)
        tops = [5, 5] if room is None else [height + room, width + room]
        top, bottom = (int(n) for n in rng.integers(0, tops[0] + 1, 2))
        left, right = (int(n) for n in rng.integers(0, tops[1] + 1, 2))
        array = rng.normal(size=(2, height, width)).astype(pick(rng, ("float32", "float64")))
        axes = (axis("height", height, top, bottom, mode), axis("width", width, left, right, mode))
        LATEST[:] = [axes]
        padded = pad(array, axes)
        expected = np.pad(array, [(0, 0), (top, bottom), (left, right)], NUMPY_MODES[mode])  # type: ignore[call-overload]
        np.testing.assert_array_equal(padded, expected)
        assert padded.dtype == array.dtype


def test_only_what_windows_read_is_kept():
    rng = np.random.default_rng(31)
    for _ in range(500):
        size, kernel, stride, dilation, before, after = (int(rng.integers(1, 6)) for _ in range(6))
        try:
            one = WindowAxis("width", size, kernel, stride, dilation, before, after, padding_mode="replicate")
        except ShapeError:
            continue
        array = rng.integers(0, 99, (1, size))
        padded = pad(array, (axis("height", 1, 0, 0, "zeros"), one))
        assert padded.shape == (1, one.reach)
        expected = [array[0, read_from(at - before, size, "replicate") or 0] for at in range(one.reach)]
        assert padded[0].tolist() == expected


def test_the_fill_stands_where_padding_is():
    array = np.array([[1, 2]], np.int16)
    axes = (axis("height", 1, 1, 0, "zeros"), axis("width", 2, 0, 2, "zeros"))
    assert pad(array, axes, -7).tolist() == [[-7, -7, -7, -7], [1, 2, -7, -7]]
    assert pad(array, axes, -7).dtype == np.int16


def test_a_window_of_nothing_but_padding():
    one = WindowAxis("width", 1, 2, 100, before=5, after=5)
    assert one.output == 1
    assert pad(np.array([[9.0]]), (axis("height", 1, 0, 0, "zeros"), one), 3).tolist() == [[3, 3]]
