"""The words that recipes are made of: each is run, and does what it says."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine.declaration.recipe import along_line, arguments, lines, one_or_all, torch_channels


def test_lines_and_arguments_leave_out_what_is_not_there():
    assert lines("a = 1", None, "", "b = 2") == "a = 1\nb = 2"
    assert lines() == ""
    assert arguments(stride=2, padding=None, groups=0) == ", stride=2, groups=0"
    assert [one_or_all(numbers) for numbers in ([2, 2], [2, 3], [4])] == ["2", "(2, 3)", "4"]


@pytest.mark.parametrize("axis", range(4))
def test_a_line_through_a_cell(axis: int):
    a = np.arange(2 * 3 * 4 * 5).reshape(2, 3, 4, 5)
    for cell in np.ndindex(a.shape):
        through = tuple(slice(None) if place == axis else at for place, at in enumerate(cell))
        np.testing.assert_array_equal(eval(along_line("a", axis)), a[through])


class Tensor:
    """An array with PyTorch's word for moving an axis."""

    def __init__(self, array: np.ndarray) -> None:
        self.array = array

    def __getitem__(self, place: Any) -> Tensor:
        return Tensor(self.array[place])

    def movedim(self, source: int, target: int) -> Tensor:
        return Tensor(np.moveaxis(self.array, source, target))


@pytest.mark.parametrize("axis", range(4))
def test_channels_are_moved_to_the_second_axis_and_back(axis: int):
    there, back = torch_channels(axis)
    x = Tensor(np.arange(2 * 3 * 4 * 5).reshape(2, 3, 4, 5))
    moved: Tensor = eval(f"x{there}", {"x": x})
    assert moved.array.shape[1] == x.array.shape[axis]
    np.testing.assert_array_equal(eval(f"x{back}", {"x": moved}).array, x.array)
