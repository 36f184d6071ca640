"""Which float type comes of which arrays."""

from __future__ import annotations

import numpy as np
import pytest

from engine.algorithms.floats import gradient_type, widest, widest_of_all

BYTES, WHOLE, HALF, SINGLE, DOUBLE = (
    np.ones(1, kind) for kind in ("uint8", "int64", "float16", "float32", "float64")
)


@pytest.mark.parametrize(
    ("first", "others", "kind"),
    [
        (BYTES, (), "float32"),
        (SINGLE, (), "float32"),
        (SINGLE, (DOUBLE,), "float64"),
        (SINGLE, (WHOLE, None), "float32"),
        (DOUBLE, (SINGLE,), "float64"),
        (BYTES, (HALF,), "float32"),
    ],
)
def test_the_first_decides_and_wider_floats_widen(first, others, kind):
    assert widest(first, *others) == kind


@pytest.mark.parametrize(
    ("arrays", "kind"),
    [((WHOLE, SINGLE), "float32"), ((BYTES, BYTES), "float32"), ((SINGLE, DOUBLE), "float64")],
)
def test_of_several_only_floats_count_where_there_are_some(arrays, kind):
    assert widest_of_all(*arrays) == kind


def test_whole_numbers_that_float32_cannot_hold_make_doubles():
    assert widest_of_all(np.array([2**40])) == "float64"
    assert widest(np.array([2**40])) == "float64"


def test_gradients_keep_their_type_or_widen():
    assert gradient_type(SINGLE, WHOLE, None) == "float32"
    assert gradient_type(SINGLE, DOUBLE) == "float64"
    assert gradient_type(DOUBLE, SINGLE) == "float64"
