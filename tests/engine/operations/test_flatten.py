"""What is particular to flatten: axes from either end, and nothing changed on the way."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import engine
from engine.analysis.ranges import ranges
from engine.declaration.parameters import parse_params
from engine.errors import ShapeError
from engine.limits import Limits


def test_reading_order_is_kept():
    picture = np.arange(24.0).reshape(2, 3, 4)
    assert engine.flatten(picture).tolist() == list(range(24))
    assert engine.flatten(picture, 1).tolist() == picture.reshape(2, 12).tolist()
    assert engine.flatten(picture, 0, 1).shape == engine.flatten(picture, -3, -2).shape == (6, 4)
    assert engine.flatten(5).tolist() == [5]


def test_large_whole_numbers_stay_exact():
    assert engine.flatten([[2**24 + 1], [2**40 + 1]]).tolist() == [2**24 + 1, 2**40 + 1]


@pytest.mark.parametrize(
    ("params", "field", "most"),
    [
        ({"start_dim": 3}, "start_dim", 2),
        ({"end_dim": -4}, "end_dim", 2),
        ({"start_dim": -1, "end_dim": 1}, "start_dim", 1),
    ],
)
def test_axes_that_are_not_there(params: dict, field: str, most: int):
    with pytest.raises(ShapeError) as caught:
        engine.flatten(np.ones((2, 3, 4)), **params)
    assert caught.value.field == field
    assert caught.value.values["max"] == most


def test_the_range_has_the_axes_from_both_ends():
    asked = parse_params(engine.flatten.parameters, {"start_dim": 1, "end_dim": 1}, Limits())
    found: Any = ranges(engine.flatten, {"input": (2, 3, 4)}, asked, Limits())
    assert found["start_dim"][0]["values"] == [-3, -2, 0, 1]
    assert found["end_dim"][0]["values"] == [-2, -1, 1, 2]


def test_an_empty_batch():
    assert engine.flatten(np.ones((0, 3, 4)), 1).shape == (0, 12)
