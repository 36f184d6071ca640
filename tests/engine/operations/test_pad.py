"""What is particular to padding a picture: four sides, four modes, and the adjoint of copies."""

from __future__ import annotations

import numpy as np
import pytest

import engine
from engine.errors import ParameterError, ShapeError

PICTURE = np.arange(6).reshape(1, 2, 3)


@pytest.mark.parametrize(
    ("mode", "numpys", "most"),
    [
        ("constant", "constant", 5),
        ("reflect", "reflect", 1),
        ("replicate", "edge", 5),
        ("circular", "wrap", 2),
    ],
)
def test_as_numpy_does(mode: str, numpys, most: int):
    sides = (most, 1, 0, min(most, 2))
    expected = np.pad(PICTURE, [(0, 0), sides[:2], sides[2:]], numpys)
    np.testing.assert_array_equal(engine.pad(PICTURE, sides, mode), expected)


def test_one_number_and_two_stand_for_four():
    np.testing.assert_array_equal(engine.pad(PICTURE, 1), engine.pad(PICTURE, [1, 1, 1, 1]))
    np.testing.assert_array_equal(engine.pad(PICTURE, [0, 2]), engine.pad(PICTURE, [0, 0, 2, 2]))
    assert engine.pad(PICTURE[None], [1, 0, 0, 2]).shape == (1, 1, 3, 5)


def test_any_value_around_whole_numbers():
    output = engine.pad(PICTURE.astype(np.uint8), 1, "constant", -0.5)
    assert output[0, 0].tolist() == [-0.5] * 5
    assert output[0, 1].tolist() == [-0.5, 0, 1, 2, -0.5]


def test_every_copy_has_a_gradient():
    call = engine.pad.call([[[1, 2, 3]]], [0, 0, 2, 1], "replicate")
    assert call.backward(np.ones((1, 1, 6)))["input"].tolist() == [[[3, 1, 2]]]


def test_the_trace_names_the_cell_that_was_copied():
    call = engine.pad.call([[[1, 2, 3]]], [0, 0, 2, 1], "reflect")
    assert call.trace((0, 0, 0)).sources.tolist() == [[0, 0, 2]]
    padded = engine.pad.call([[[1, 2, 3]]], 1, value=7).trace((0, 0, 0)).data()
    assert padded["terms"][0]["input"] is None
    assert padded["value"] == padded["sum"] == 7


def test_padding_that_is_refused():
    with pytest.raises(ShapeError, match="may be 0 to 1"):
        engine.pad(PICTURE, 2, "reflect")
    with pytest.raises(ShapeError, match="may be 0 to 2"):
        engine.pad(PICTURE, [3, 0, 0, 0], "circular")
    for padding in (-1, "same", None, [1, 2, 3]):
        with pytest.raises(ParameterError):
            engine.pad(PICTURE, padding)
