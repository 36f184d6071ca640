"""The transposed law against windows slid over the output, entry by entry."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from engine.errors import ShapeError
from engine.formula import symbol
from engine.windows.axis import OUTSIDE
from engine.windows.transposed import TransposedAxis, transposed_outputs


def drawn_axes(number: int) -> Iterator[TransposedAxis]:
    rng = np.random.default_rng(21)
    found = 0
    while found < number:
        size, kernel, stride, dilation = (int(rng.integers(1, top)) for top in (8, 6, 6, 4))
        before, after, more = (int(rng.integers(0, top)) for top in (5, 5, 5))
        try:
            yield TransposedAxis("width", size, kernel, stride, dilation, before, after, more)
        except ShapeError:
            continue
        found += 1


def test_every_input_gives_a_share_through_every_entry():
    """Input i, entry j lands on output i s + j d - p, where there is one."""
    for axis in drawn_axes(2000):
        expected = np.full((axis.output, axis.kernel), OUTSIDE)
        for i in range(axis.size):
            for j in range(axis.kernel):
                y = i * axis.stride + j * axis.dilation - axis.before
                if 0 <= y < axis.output:
                    expected[y, j] = i
        assert axis.index.tolist() == expected.tolist()


def test_one_row_is_read_without_the_table():
    for axis in drawn_axes(600):
        for output in range(axis.output):
            assert axis.reads(output).tolist() == axis.index[output].tolist()


def test_extent_is_from_the_first_to_the_last_input_of_an_output():
    for axis in drawn_axes(600):
        rows = [[at for at in row if at != OUTSIDE] for row in axis.index.tolist()]
        assert axis.extent == max((max(row) - min(row) + 1 for row in rows if row), default=0)


def test_its_window_gives_back_the_input_size():
    """A window of these settings over the output makes as many cells as the input has."""
    for axis in drawn_axes(600):
        assert axis.window.output == axis.size


def test_the_law_is_counted_once_with_numbers_and_once_with_symbols():
    for axis in drawn_axes(200):
        assert axis.law.value == axis.output
    numbers = (5, 1, 2, 3, 2, 1, 1)
    names = ("n", "p_before", "p_after", "k", "s", "d", "p_output")
    law = transposed_outputs(*map(symbol, names, numbers))
    assert law.value == transposed_outputs(*numbers) == 9
    assert TransposedAxis("width", 5, stride=4).jump == 1 / 4


@pytest.mark.parametrize(
    ("settings", "code", "field", "most"),
    [
        ({"size": 0}, "empty_axis", "input", None),
        ({"size": 3, "stride": 2, "output_padding": 2}, "output_padding", "output_padding", 1),
        ({"size": 3, "dilation": 3, "kernel": 2, "output_padding": 3}, "output_padding", "output_padding", 2),
        ({"size": 2, "before": 1, "after": 1}, "padding_exceeds_output", "padding", 1),
    ],
)
def test_what_cannot_be_says_how_far_it_may_go(settings, code, field, most):
    with pytest.raises(ShapeError) as caught:
        TransposedAxis("height", **settings)
    assert (caught.value.code, caught.value.field, caught.value.values.get("max")) == (code, field, most)
    assert "height" in caught.value.message
