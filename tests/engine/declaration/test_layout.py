"""Sizes of a call: the output seen as maps, where a cell stands in them, and cells that are not there."""

from __future__ import annotations

import numpy as np
import pytest

from engine.declaration.layout import Layout
from engine.errors import ShapeError

SHAPES = [(), (5,), (4, 7), (2, 3, 4), (2, 3, 4, 5), (2, 1, 3, 2, 2)]


@pytest.mark.parametrize(
    ("shape", "maps"),
    [
        ((), (1, 1, 1)),
        ((5,), (1, 1, 5)),
        ((4, 7), (4, 1, 7)),
        ((2, 3, 4), (2, 3, 4)),
        ((2, 3, 4, 5), (6, 4, 5)),
    ],
)
def test_any_output_is_a_stack_of_pictures(shape: tuple[int, ...], maps: tuple[int, ...]):
    assert Layout(shape).maps == maps


@pytest.mark.parametrize("shape", SHAPES)
def test_a_cell_stands_in_the_maps_where_it_stood(shape: tuple[int, ...]):
    layout = Layout(shape)
    cells = np.arange(np.prod(shape, dtype=int)).reshape(shape)
    seen = cells.reshape(layout.maps)
    for cell in np.ndindex(shape):
        assert seen[layout.place(cell)] == cells[cell]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_cell_beyond_an_axis_is_refused_by_the_axis_name(shape: tuple[int, ...]):
    for axis, size in enumerate(shape):
        for outside in (-1, size):
            cell = tuple(outside if place == axis else 0 for place in range(len(shape)))
            with pytest.raises(ShapeError, match=f"must be 0 to {size - 1}") as caught:
                Layout(shape).place(cell)
            assert (caught.value.code, caught.value.values["asked"]) == ("cell", outside)
    with pytest.raises(ShapeError) as caught:
        Layout(shape).place((0,) * (len(shape) + 1))
    assert caught.value.code == "cell_rank"
    assert caught.value.values["expected"] == len(shape)


def test_maps_are_counted_from_0():
    layout = Layout((2, 3, 4, 5))
    for number in range(6):
        layout.check_map(number, "map")
    for number in (-1, 6):
        with pytest.raises(ShapeError, match="there are maps 0 to 5") as caught:
            layout.check_map(number, "map")
        assert caught.value.field == "map"
