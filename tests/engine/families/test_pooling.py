"""Windows reduced one axis at a time, their adjoint, and the rule that each holds a real cell."""

from __future__ import annotations

from collections import Counter
from itertools import product

import numpy as np
import pytest

import engine
from engine.algorithms.sliding import reduce_windows, share
from engine.errors import ShapeError
from engine.windows.window import WindowAxis

AXES = [
    WindowAxis("height", 7, 3, 2, 1, before=1, after=1),
    WindowAxis("width", 9, 2, 3, 4),
    WindowAxis("width", 5, 5, 1, 1),
    WindowAxis("width", 6, 3, 4, 1, after=1, ceil_mode=True),
]


def stops(axis: WindowAxis, output: int) -> list[int]:
    return [output * axis.stride + place * axis.dilation for place in range(axis.kernel)]


@pytest.mark.parametrize("axes", [*product(AXES, repeat=1), *product(AXES, repeat=2)])
def test_each_window_is_reduced_and_shared_among_its_cells(axes: tuple[WindowAxis, ...]):
    rng = np.random.default_rng(1)
    padded = rng.integers(-9, 10, (2, 3, *(axis.reach for axis in axes))).astype(float)
    outputs = [axis.output for axis in axes]
    windows = {cell: np.ix_(*map(stops, axes, cell)) for cell in np.ndindex(*outputs)}
    sums = reduce_windows(padded, axes, np.add)
    greatest = reduce_windows(padded, axes, np.maximum)
    assert sums.shape == (2, 3, *outputs)
    over = tuple(range(2, 2 + len(axes)))
    for cell, window in windows.items():
        read = padded[(slice(None), slice(None), *window)]
        np.testing.assert_array_equal(sums[(..., *cell)], read.sum(axis=over))
        np.testing.assert_array_equal(greatest[(..., *cell)], read.max(axis=over))
    each = rng.integers(-9, 10, sums.shape).astype(float)
    assert (sums * each).sum() == (padded * share(each, axes)).sum()


def refusal(params: dict[str, object], size: int) -> str | None:
    """The code with which a pooling is refused, if it is."""
    try:
        engine.operation("max_pool1d").plan({"input": (1, size)}, params)
    except ShapeError as error:
        return error.code
    return None


def test_padding_is_refused_where_a_window_would_hold_nothing_else():
    """By trying every cell of every window of many small poolings."""
    seen: Counter[str | None] = Counter()
    for size, kernel, stride, dilation, padding in product((1, 2, 4), (1, 2, 3), (1, 2, 3), (1, 3), range(4)):
        sizes = {"kernel_size": kernel, "stride": stride, "dilation": dilation, "padding": padding}
        code = refusal({**sizes}, size)
        seen[code] += 1
        if code == "kernel_exceeds_input":
            continue
        axis = WindowAxis("length", size, kernel, stride, dilation, padding, padding)
        windows = [stops(axis, output) for output in range(axis.output)]
        full = all(any(0 <= stop - padding < size for stop in window) for window in windows)
        assert code == (None if full else "empty_window"), sizes
    assert set(seen) == {None, "empty_window", "kernel_exceeds_input"}


def test_the_stride_is_the_kernel_size_unless_it_is_given():
    pool = engine.operation("avg_pool2d")
    assert pool.plan({"input": (1, 9, 9)}, {"kernel_size": [3, 2]})[1]["stride"] == (3, 2)
    assert pool.plan({"input": (1, 9, 9)}, {"kernel_size": 3, "stride": 1})[1]["stride"] == (1, 1)
