"""Which axis holds the channels: the usual one by the number of axes, or the one asked for."""

from __future__ import annotations

import pytest

from engine.declaration.parameters import Params
from engine.errors import ShapeError
from engine.families.channels import CHANNEL_AXIS, channel_axis, identity_axes

LEFT_OUT = Params({CHANNEL_AXIS.name: None})


def asked(axis: int) -> Params:
    return Params({CHANNEL_AXIS.name: axis})


@pytest.mark.parametrize(
    ("shape", "axis"),
    [((7,), 0), ((2, 7), 1), ((7, 4, 5), 0), ((2, 7, 4, 5), 1), ((2, 7, 3, 4, 5), 1)],
)
def test_the_usual_axis_is_the_one_of_seven(shape: tuple[int, ...], axis: int):
    assert channel_axis(shape, LEFT_OUT) == axis
    assert shape[axis] == 7
    for other in range(len(shape)):
        assert channel_axis(shape, asked(other)) == other


def test_an_axis_that_is_not_there_is_refused():
    with pytest.raises(ShapeError, match="has the axes 0 to 1") as caught:
        channel_axis((2, 7), asked(2))
    assert (caught.value.code, caught.value.field) == ("channel_axis", "channel_axis")
    with pytest.raises(ShapeError, match="an input without axes") as caught:
        channel_axis((), LEFT_OUT)
    assert caught.value.field == "input"


def test_each_cell_of_a_picture_reads_itself():
    for shape in ((3, 4, 5), (2, 3, 4, 5)):
        axes = identity_axes(shape)
        assert [axis.name for axis in axes] == ["height", "width"]
        assert [axis.index.tolist() for axis in axes] == [[[n] for n in range(size)] for size in (4, 5)]
    for shape in ((), (5,), (4, 5), (2, 3, 4, 5, 6), (3, 0, 5), (3, 4, 0)):
        assert identity_axes(shape) == ()
