"""The lines that make windows, run: NumPy's are the windows of the table, PyTorch's are told the same."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from engine.recipes.windows import Windows
from engine.windows.axis import OUTSIDE
from engine.windows.window import WindowAxis

AXES = [
    WindowAxis("height", 6, 3, before=1, after=1),
    WindowAxis("height", 7, 2, 3, 2, before=0, after=2),
    WindowAxis("width", 5, 4, 2, before=1, after=1, ceil_mode=True),
    WindowAxis("width", 4),
]


def ran(code: str, **names: object) -> dict[str, object]:
    known = {"np": np, "sliding_window_view": sliding_window_view, **names}
    exec(code, known)
    return known


@pytest.mark.parametrize("axes", [*product(AXES, repeat=1), *product(AXES, repeat=2)])
def test_windows_are_those_of_the_table(axes: tuple[WindowAxis, ...]):
    x = np.random.default_rng(1).integers(1, 100, (2, *(axis.size for axis in axes)))
    found = ran(Windows(axes, x.ndim).numpy("-5"), x=x)["windows"]
    assert isinstance(found, np.ndarray)
    assert found.shape == (2, *(axis.output for axis in axes), *(axis.kernel for axis in axes))
    for cell in np.ndindex(found.shape[1:]):
        output, entry = cell[: len(axes)], cell[len(axes) :]
        read = [int(axis.index[at, place]) for axis, at, place in zip(axes, output, entry, strict=True)]
        expected = np.full(2, -5) if OUTSIDE in read else x[(slice(None), *read)]
        np.testing.assert_array_equal(found[(slice(None), *cell)], expected)


@pytest.mark.parametrize("mode", ["reflect", "replicate", "circular"])
def test_padding_that_repeats_the_input_needs_no_number(mode: str):
    axis = WindowAxis("length", 5, 3, before=2, after=2, padding_mode=mode)
    x = np.arange(5.0)[None]
    found = ran(Windows([axis], 2).numpy("7"), x=x)["windows"]
    np.testing.assert_array_equal(found, x[:, axis.index])


@pytest.mark.parametrize("padding", [False, True])
def test_cells_are_counted_with_the_padding_or_without(padding: bool):
    for axes in product(AXES[:3], repeat=2):
        numpy, _ = Windows(axes, 3).counts(padding=padding)
        counts = ran(numpy)["counts"]
        each = []
        for axis in axes:
            first, last = (-axis.before, axis.size + axis.after) if padding else (0, axis.size)
            at = np.arange(axis.output)[:, None] * axis.stride - axis.before
            at = at + np.arange(axis.kernel) * axis.dilation
            each.append(((at >= first) & (at < last)).sum(axis=1))
        np.testing.assert_array_equal(counts, np.outer(*each))


def test_nothing_is_said_that_is_usual():
    plain = Windows([WindowAxis("width", 4, 2)], 2)
    assert plain.numpy() == "windows = sliding_window_view(x, 2, axis=-1)"
    assert (plain.torch_pad(), plain.torch_arguments(padding=True)) == (None, "")
    assert plain.torch_pooling() == "2, stride=1"
    both = Windows([WindowAxis("height", 6, 3, 2, before=1, after=1)] * 2, 4)
    assert both.torch_arguments(padding=True) == ", stride=2, padding=1"
    assert both.torch_arguments(padding=False) == ", stride=2"
    assert both.torch_pooling() == "3, stride=2, padding=1"


def test_pytorch_pools_with_even_padding_of_half_a_window_alone():
    """What it would not take is padded before, and said to be padded no more."""
    for before, after, poolable in ((1, 1, True), (1, 0, False), (2, 2, False)):
        windows = Windows([WindowAxis("width", 6, 3, before=before, after=after)], 2)
        assert windows.poolable is poolable
        assert ("padding" in windows.torch_pooling()) is poolable
    assert Windows([WindowAxis("width", 6, 3, before=2, after=1)], 2).torch_pad() == "x = F.pad(x, (2, 1))"
