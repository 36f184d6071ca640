"""Numbers out of JSON: whole ones stay whole, others are singles, and none is beyond them."""

from __future__ import annotations

import numpy as np
import pytest

from engine.errors import ParameterError
from server.errors import ApiError
from server.wire.numbers import numbers


@pytest.mark.parametrize(
    ("given", "kind"), [(3, "i"), ([1, 2**53], "i"), ([[1], [-2]], "i"), (0.5, "f"), ([1, 2.5], "f")]
)
def test_whole_numbers_stay_whole_and_others_are_singles(given: object, kind: str):
    found = numbers(given, "bias")
    assert found.dtype.kind == kind
    assert found.dtype == np.float32 or kind == "i"
    np.testing.assert_array_equal(found, np.array(given))


def test_what_single_precision_cannot_hold_is_refused():
    most = float(np.finfo(np.float32).max)
    assert numbers([most, -most], "bias").tolist() == [most, -most]
    assert numbers([1e-60], "bias").tolist() == [0]
    for beyond in (3.5e38, -1e300):
        with pytest.raises(ApiError, match="from -3.4e38 to 3.4e38") as caught:
            numbers([0.5, beyond], "inputs.other")
        assert (caught.value.code, caught.value.field) == ("not_finite", "inputs.other")


@pytest.mark.parametrize("given", [[[1, 2], [3]], ["1"], [None], {"a": 1}, [[1], 2], 10**400])
def test_what_is_no_grid_of_numbers_is_refused(given: object):
    with pytest.raises(ParameterError) as caught:
        numbers(given, "weights")
    assert (caught.value.code, caught.value.field) == ("not_numbers", "weights")
