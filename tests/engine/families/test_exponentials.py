"""Exponentials as shares of their sum: never too large, exact under a shift, accurate where tiny."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from engine.families.exponentials import below_largest, log_shares, shares

SCORES = np.random.default_rng(1).integers(-9, 10, (3, 4, 5)).astype(float)


def test_shares_are_those_of_exact_exponentials():
    line = [-700.25, -3.5, 0.0, 1.0, 8.0]
    exponentials = [Decimal(x).exp() for x in line]
    expected = [part / sum(exponentials) for part in exponentials]
    np.testing.assert_allclose(shares(np.array(line), 0), np.array(expected, float), rtol=4e-16)
    np.testing.assert_allclose(
        log_shares(np.array(line), 0), [float(part.ln()) for part in expected], rtol=4e-16, atol=1e-16
    )


@pytest.mark.parametrize("axis", [0, 1, 2, -1])
def test_a_shift_along_the_axis_changes_no_bit(axis: int):
    assert (below_largest(SCORES, axis).max(axis=axis) == 0).all()
    kept = SCORES.copy()
    for shift in (-(2.0**40), 12345.0):
        np.testing.assert_array_equal(shares(SCORES + shift, axis), shares(SCORES, axis))
        np.testing.assert_array_equal(log_shares(SCORES + shift, axis), log_shares(SCORES, axis))
    np.testing.assert_array_equal(SCORES, kept, "what was given was written over")


@pytest.mark.parametrize("kind", ["float32", "float64"])
def test_nothing_overflows_and_the_type_stays(kind: str):
    x = np.array([np.finfo(kind).max / 2, 0, np.finfo(kind).min / 2], kind)
    with np.errstate(over="raise"):
        assert shares(x, 0).tolist() == [1, 0, 0]
        assert log_shares(x, 0).tolist() == [0, -x[0], x[2] - x[0]]
    assert shares(x, 0).dtype == log_shares(x, 0).dtype == kind


def test_no_cells_have_no_shares():
    for shape, axis in (((0,), 0), ((2, 0), 1), ((0, 3), 1)):
        with np.errstate(all="ignore"):  # as a call has it
            found = [each(np.empty(shape), axis) for each in (shares, log_shares)]
        assert [array.shape for array in found] == [shape, shape]
