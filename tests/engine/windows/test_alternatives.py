"""Floor, ceil and TensorFlow's padding side by side, against windows slid cell by cell."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator

import numpy as np
import pytest

from engine.analysis.report import shape_report
from engine.errors import ShapeError
from engine.limits import Limits
from engine.registry import all_operations, operation
from engine.windows.alternatives import alternatives
from engine.windows.window import PADDING_MODES, WindowAxis
from tests.engine.draws import LATEST, PICTURES, drawings, pick
from tests.engine.oracles.windows import read_from, sides, slide
from tests.worked_examples import EXAMPLES


def drawn_axes(number: int) -> Iterator[WindowAxis]:
    rng = np.random.default_rng(40)
    found = 0
    while found < number:
        size, kernel, stride, dilation = (int(rng.integers(1, top)) for top in (15, 7, 9, 6))
        before, after = (int(rng.integers(0, 7)) for _ in range(2))
        flags = bool(rng.integers(2)), pick(rng, PADDING_MODES), bool(rng.integers(2))
        try:
            axis = WindowAxis("height", size, kernel, stride, dilation, before, after, *flags)
        except ShapeError:
            continue
        found += 1
        LATEST[:] = [axis]
        yield axis


def by_sliding(axis: WindowAxis, padding: tuple[int, int], mode: str, *, ceil_mode: bool = False):
    """What an alternative must say, from windows in plain Python."""
    windows = slide(axis.size, axis.kernel, axis.stride, axis.dilation, *padding, ceil_mode=ceil_mode)
    end = axis.size + padding[1]
    read = {read_from(at, axis.size, mode) for window in windows for at in window if at < end}
    return {
        "output": len(windows),
        "padding": list(padding),
        "unread": sum(cell not in read for cell in range(axis.size)),
        "beyond": max(windows[-1][-1] + 1 - end, 0),
    }


def test_they_are_those_of_sliding():
    for axis in drawn_axes(4000):
        told = alternatives(axis)
        assert told is not None
        asked = (axis.before, axis.after)
        assert told["floor"] == by_sliding(axis, asked, axis.padding_mode)
        assert told["ceil"] == by_sliding(axis, asked, axis.padding_mode, ceil_mode=True)
        same = sides("same", (axis.size,), (axis.kernel,), (axis.stride,), (axis.dilation,))[0]
        most = {"reflect": axis.size - 1, "circular": axis.size}.get(axis.padding_mode)
        mode = axis.padding_mode if most is None or max(same) <= most else "zeros"
        assert told["same"] == by_sliding(axis, same, mode)
        assert told["same"]["output"] == len(range(0, axis.size, axis.stride))
        assert told["floor"]["beyond"] == told["same"]["beyond"] == 0
        assert told["ceil"]["output"] - told["floor"]["output"] in (-1, 0, 1)


def test_the_one_that_is_in_force_says_what_the_axis_says():
    for axis in drawn_axes(2000):
        told = alternatives(axis)
        assert told is not None
        mine = told["ceil" if axis.ceil_mode else "floor"]
        assert (mine["output"], mine["unread"]) == (axis.output, len(axis.unread))
        assert mine["padding"] == [axis.before, axis.after]
        read = axis.index[axis.index >= 0]
        assert axis.coverage.tolist() == np.bincount(read.ravel(), minlength=axis.size).tolist()


@pytest.mark.parametrize(
    ("numbers", "floor", "ceil", "same"),
    [
        # size, kernel, stride, dilation, before, after: (output, padding, unread, beyond) each
        ((10, 3, 3, 1, 0, 0), (3, [0, 0], 1, 0), (4, [0, 0], 0, 2), (4, [1, 1], 0, 0)),
        ((5, 2, 2, 1, 0, 0), (2, [0, 0], 1, 0), (3, [0, 0], 0, 1), (3, [0, 1], 0, 0)),
        ((32, 5, 1, 1, 0, 0), (28, [0, 0], 0, 0), (28, [0, 0], 0, 0), (32, [2, 2], 0, 0)),
        ((55, 3, 2, 1, 0, 0), (27, [0, 0], 0, 0), (27, [0, 0], 0, 0), (28, [1, 1], 0, 0)),
        ((112, 3, 2, 1, 0, 0), (55, [0, 0], 1, 0), (56, [0, 0], 0, 1), (56, [0, 1], 0, 0)),
        # The window that rounding up adds would begin at 2 = n + 1 - 1, in the padding: dropped.
        ((2, 2, 3, 1, 1, 1), (1, [1, 1], 1, 0), (1, [1, 1], 1, 0), (1, [0, 0], 0, 0)),
        # A stride beyond the kernel leaves gaps that no ending closes.
        ((9, 1, 4, 1, 0, 0), (3, [0, 0], 6, 0), (3, [0, 0], 6, 0), (3, [0, 0], 6, 0)),
    ],
)
def test_by_hand(numbers, floor, ceil, same):
    size, kernel, stride, dilation, before, after = numbers
    told = alternatives(WindowAxis("width", size, kernel, stride, dilation, before, after))
    assert told is not None
    assert [tuple(each.values()) for each in told.values()] == [floor, ceil, same]
    assert list(told) == ["floor", "ceil", "same"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.case)
def test_worked_examples(example):
    chosen = operation(example.operation)
    shapes = {"input": example.input_shape}
    asked = chosen.plan(shapes, example.params)[0]
    for place, axis in enumerate(shape_report(chosen, shapes, asked)["axes"]):
        told = axis["alternatives"]
        assert told is not None
        assert told["floor"]["output"] == example.output_shape[1 + place]
        assert told["floor"]["unread"] == len(axis["unread"])
        if example.params.get("padding") == "same":
            assert told["same"] == told["floor"]
        if example.dropped is not None and told["floor"]["padding"] == [0, 0]:
            lost = example.dropped[place]
            assert told["floor"]["unread"] == lost
            assert told["ceil"]["output"] == told["floor"]["output"] + bool(lost)
            assert told["ceil"]["unread"] == told["same"]["unread"] == 0


@pytest.mark.parametrize("chosen", all_operations(), ids=lambda operation: operation.name)
def test_axes_of_another_law_have_none(chosen):
    for drawn in drawings(chosen, 20, PICTURES, seed=41):
        for axis in drawn.call.layout.axes:
            assert (alternatives(axis) is not None) == isinstance(axis, WindowAxis)


@pytest.mark.parametrize("name", ["conv_transpose2d", "adaptive_avg_pool2d", "interpolate"])
def test_of_these_kinds(name):
    [drawn, *_] = drawings(operation(name), 5, PICTURES, seed=41)
    shapes = {given: array.shape for given, array in drawn.arrays.items()}
    report = shape_report(operation(name), shapes, drawn.call.asked, Limits())
    assert [axis["alternatives"] for axis in report["axes"]] == [None, None]


def test_a_window_as_large_as_its_input_costs_no_table():
    """TensorFlow's padding would slide it over every cell: a table of size times size."""
    tracemalloc.start()
    told = alternatives(WindowAxis("height", 100_000, 100_000))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert told is not None
    assert told["same"] == {"output": 100_000, "padding": [49_999, 50_000], "unread": 0, "beyond": 0}
    assert most < 20_000_000
