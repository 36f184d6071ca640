"""What counts as a number."""

from __future__ import annotations

import numpy as np
import pytest

from engine.arrays import EXACT_IN_SINGLE, as_numbers, float_for, is_whole, largest
from engine.errors import ParameterError


@pytest.mark.parametrize(
    "given",
    [
        "abc",
        [["1", "2"]],
        [[1, 2], [3]],
        [[1, None]],
        [[1, [2]]],
        {"a": 1},
        None,
        [[1 + 2j]],
        [[10**30]],
        [[{}]],
        np.array(["2020-01-01"], "datetime64[D]"),
        np.array([1, 2], "m8[s]"),
        np.zeros(2, [("a", int)]),
        np.zeros(2, object),
        object(),
    ],
    ids=lambda given: repr(given)[:20],
)
def test_what_is_no_grid_of_real_numbers(given: object):
    with pytest.raises(ParameterError, match="weight must be real numbers in a regular grid") as caught:
        as_numbers(given, "weight")
    assert (caught.value.code, caught.value.field) == ("not_numbers", "weight")


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ([[1, 2]], "int64"),
        ([[1, 2.5]], "float64"),
        ([[True, False]], "uint8"),
        (np.zeros((2, 2), np.float16), "float32"),
        (np.zeros((2, 2), np.float32), "float32"),
        (np.zeros((2, 2), np.uint8), "uint8"),
        (np.zeros((2, 2), ">f4"), "float32"),
        (np.zeros((2, 2), ">f2"), "float32"),
        (np.zeros((2, 2), ">i2"), "int16"),
        (3, "int64"),
    ],
)
def test_types_that_are_kept(given: object, kind: str):
    array = as_numbers(given, "input")
    assert array.dtype == np.dtype(kind)
    assert array.dtype.isnative
    np.testing.assert_array_equal(array, np.asarray(given))


def test_whole_numbers_are_known_by_their_value():
    assert is_whole(np.array([1.0, -2.0]))
    assert is_whole(np.array([], np.float32))
    assert not is_whole(np.array([0.5]))
    assert not is_whole(np.array([1.0, np.nan]))
    assert not is_whole(np.array([np.inf]))


def test_largest_magnitude():
    assert largest(np.array([3, -7])) == 7
    assert largest(np.array([-128], np.int8)) == 128
    assert largest(np.array([np.iinfo(np.int64).min])) == 2.0**63
    assert largest(np.zeros((0, 3))) == 0


@pytest.mark.parametrize(
    ("top", "kind"), [(EXACT_IN_SINGLE, np.float32), (EXACT_IN_SINGLE + 1, np.float64), (2**40, np.float64)]
)
def test_whole_numbers_become_the_smallest_float_that_holds_them(top: int, kind: type):
    for array in (np.array([top, 1]), np.array([-top, 1])):
        assert float_for(array) == kind
        np.testing.assert_array_equal(array.astype(float_for(array)).astype(np.int64), array)


def test_sums_of_terms_need_room_too():
    array = np.array([2**20])
    assert float_for(array, 16) == np.float32
    assert float_for(array, 17) == np.float64


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_floats_keep_their_type(kind: type):
    assert float_for(np.array([1e30], kind), 1000) == kind
