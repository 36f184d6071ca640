"""The window law against windows that are slid cell by cell."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest

from engine.errors import ShapeError
from engine.windows.window import OUTSIDE, PADDING_MODES, WindowAxis, padding_sides
from tests.engine.draws import LATEST, pick
from tests.engine.oracles.windows import read_from, sides, slide


def drawn_axes(number: int, *, ceil_mode: bool = True) -> Iterator[WindowAxis]:
    """Sound axes: all parameters at once, gaps, one cell, strides beyond the kernel."""
    rng = np.random.default_rng(20)
    found = 0
    while found < number:
        mode = pick(rng, PADDING_MODES)
        size, kernel, stride, dilation = (int(rng.integers(1, top)) for top in (13, 6, 8, 5))
        before, after = (int(rng.integers(0, 7)) for _ in range(2))
        ceil = ceil_mode and mode == "zeros" and bool(rng.integers(2))
        try:
            axis = WindowAxis("height", size, kernel, stride, dilation, before, after, ceil, mode)
        except ShapeError:
            continue
        found += 1
        LATEST[:] = [axis]
        yield axis


def slid(axis: WindowAxis) -> list[list[int]]:
    return slide(
        axis.size, axis.kernel, axis.stride, axis.dilation, axis.before, axis.after, ceil_mode=axis.ceil_mode
    )


def test_index_table_and_size_are_those_of_sliding():
    for axis in drawn_axes(4000):
        windows = slid(axis)
        assert axis.output == len(windows)
        expected = [[read_from(at, axis.size, axis.padding_mode) for at in window] for window in windows]
        assert axis.index.tolist() == [[OUTSIDE if at is None else at for at in row] for row in expected]


def test_coverage_counts_every_read():
    for axis in drawn_axes(2000):
        reads = [at for row in axis.index.tolist() for at in row if at != OUTSIDE]
        assert axis.coverage.tolist() == [reads.count(cell) for cell in range(axis.size)]
        assert axis.unread == [cell for cell in range(axis.size) if cell not in reads]


def test_counted_cells():
    for axis in drawn_axes(2000):
        if axis.padding_mode != "zeros":
            continue
        real = [sum(0 <= at < axis.size for at in window) for window in slid(axis)]
        padded = [sum(at < axis.size + axis.after for at in window) for window in slid(axis)]
        assert axis.counted(padding=False).tolist() == real
        assert axis.counted(padding=True).tolist() == padded


def test_dropped_cells_are_the_ones_after_the_last_window():
    for axis in drawn_axes(2000):
        last = slid(axis)[-1][-1]
        assert axis.dropped == sum(cell > last for cell in range(axis.size))


def test_extent_and_reach():
    for axis in drawn_axes(500):
        first, last = slid(axis)[0], slid(axis)[-1]
        assert axis.extent == first[-1] - first[0] + 1
        assert axis.reach == last[-1] - first[0] + 1
        assert len(axis.sources) == axis.reach


def test_the_formula_counts_to_the_size():
    for axis in drawn_axes(500):
        assert axis.formula.value == axis.output == axis.law.value
        assert axis.text == f"{axis.law.text} = {axis.output}"
        # The line of text is arithmetic that Python can check, reading floor and ceil.
        told, said = axis.text.split(" = ")
        assert eval(told, {"floor": math.floor, "ceil": math.ceil}) == int(said)


def test_the_formula_as_the_lesson_prints_it():
    axis = WindowAxis("height", 320, kernel=3)
    assert axis.text == "floor((320 + 0 + 0 - 1 * (3 - 1) - 1) / 1) + 1 = 318"
    assert axis.law.symbols == "floor((n + p_before + p_after - d * (k - 1) - 1) / s) + 1"


@pytest.mark.parametrize(
    ("size", "kernel", "stride", "before", "after", "output"),
    [
        (5, 2, 2, 0, 0, 3),  # one cell is left over: a window that sticks out
        (4, 2, 2, 0, 0, 2),  # nothing is left over
        (4, 1, 3, 0, 2, 2),  # the next window would start at 6, beyond input and padding
        (3, 2, 3, 1, 1, 2),  # it starts at 2, in the input
        (2, 2, 3, 1, 1, 1),  # it would start at 2 = n: dropped, as in PyTorch
        (1, 1, 2, 0, 1, 1),  # it would start in the padding after: dropped
    ],
)
def test_ceil_mode_drops_a_window_that_starts_past_the_input(size, kernel, stride, before, after, output):
    axis = WindowAxis("width", size, kernel, stride, before=before, after=after, ceil_mode=True)
    assert axis.output == output == len(slid(axis))


def test_padding_words():
    rng = np.random.default_rng(21)
    for _ in range(3000):
        size, kernel, stride, dilation = (int(rng.integers(1, top)) for top in (20, 8, 7, 5))
        for word in ("valid", "same", "full"):
            expected = sides(word, (size, 1), (kernel, 1), (stride, 1), (dilation, 1))[0]
            assert padding_sides(word, size, kernel, stride, dilation) == expected
        before, after = padding_sides("same", size, kernel, stride, dilation)
        axis = WindowAxis("height", size, kernel, stride, dilation, before, after)
        assert axis.output == -(-size // stride)
        assert 0 <= after - before <= 1
        reach = padding_sides("full", size, kernel, stride, dilation)[0]
        assert len(slide(size, kernel, 1, dilation, reach, reach)) == size + reach


@pytest.mark.parametrize(("mode", "most"), [("reflect", 4), ("circular", 5)])
@pytest.mark.parametrize("side", ["before", "after"])
def test_padding_modes_reach_no_further_than_the_input(mode: str, most: int, side: str):
    def axis(cells: int) -> WindowAxis:
        before, after = (cells, 0) if side == "before" else (0, cells)
        return WindowAxis("width", 5, 3, before=before, after=after, padding_mode=mode)

    assert axis(most).output == most + 3
    with pytest.raises(ShapeError, match=f"it may be 0 to {most}") as caught:
        axis(most + 1)
    assert caught.value.field == "padding"
    assert caught.value.code == f"padding_{mode}"
    assert caught.value.values["max"] == most


@pytest.mark.parametrize("mode", ["zeros", "replicate"])
def test_other_modes_pad_as_far_as_one_likes(mode: str):
    assert WindowAxis("width", 1, 1, before=500, after=500, padding_mode=mode).output == 1001


@pytest.mark.parametrize(
    ("numbers", "padding", "largest"),
    [
        ((4, 5, 1, 1), (0, 0), 4),
        ((5, 4, 1, 2), (0, 0), 3),
        ((1, 5, 1, 1), (1, 1), 3),
        ((5, 3, 1, 9), (2, 2), 1),
    ],
)
def test_a_kernel_beyond_the_padded_input_is_refused_and_the_largest_named(numbers, padding, largest):
    with pytest.raises(ShapeError) as caught:
        WindowAxis("height", *numbers, *padding)
    error = caught.value
    assert (error.code, error.field, error.values["max"]) == ("kernel_exceeds_input", "kernel_size", largest)
    assert f"the kernel may be 1 to {largest}" in str(error)
    size, _, stride, dilation = numbers
    WindowAxis("height", size, largest, stride, dilation, *padding)
    with pytest.raises(ShapeError):
        WindowAxis("height", size, largest + 1, stride, dilation, *padding)


def test_an_empty_axis_is_refused():
    with pytest.raises(ShapeError, match="height is 0") as caught:
        WindowAxis("height", 0)
    assert caught.value.field == "input"


def test_a_kernel_as_large_as_the_padded_input_gives_one_cell():
    assert WindowAxis("height", 3, 7, 5, before=2, after=2).output == 1


@pytest.mark.parametrize("mode", PADDING_MODES)
def test_one_row_is_the_tables_and_nothing_is_kept(mode: str):
    rng = np.random.default_rng(7)
    for _ in range(200):
        size, kernel, stride, dilation = (int(rng.integers(1, high)) for high in (12, 5, 5, 4))
        before, after = rng.integers(0, size, 2).tolist()
        if dilation * (kernel - 1) + 1 > size + before + after:
            continue
        axis = WindowAxis(
            "height",
            size,
            kernel,
            stride,
            dilation,
            before,
            after,
            bool(rng.integers(2)),
            mode,
            bool(rng.integers(2)),
        )
        assert [axis.reads(place).tolist() for place in range(axis.output)] == axis.index.tolist()
        if mode == "zeros":
            assert axis.counted(padding=False).tolist() == (axis.index != OUTSIDE).sum(axis=1).tolist()
        assert not any(isinstance(kept, np.ndarray) for kept in vars(axis).values())
