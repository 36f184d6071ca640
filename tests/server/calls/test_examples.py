"""A small call of any operation, from its declaration alone."""

from __future__ import annotations

import numpy as np
import pytest

from engine.errors import LimitError
from engine.limits import Limits
from engine.registry import operation as by_name
from server.calls.examples import example, example_params
from tests.server.every import EVERY


@EVERY
def test_every_operation_has_one_that_is_small_and_the_same_again(operation):
    call, again = example(operation, Limits()), example(operation, Limits())
    first, *others = [call.inputs[name.name] for name in operation.inputs if name.name in call.inputs]
    assert first.dtype.kind == "i"
    assert (first.min() >= -3, first.max() <= 7, first.size <= 40) == (True, True, True)
    for array in others:
        np.testing.assert_array_equal(array, np.round(array, 1))
    np.testing.assert_array_equal(call.run(), again.run())
    assert call.run().size > 0


def test_parameters_are_where_their_controls_begin():
    assert example_params(by_name("max_pool2d")) == {"kernel_size": 2}
    assert example_params(by_name("relu")) == {}


def test_what_is_beyond_the_limits_is_refused_as_the_first_try_was():
    with pytest.raises(LimitError) as caught:
        example(by_name("relu"), Limits(cells=3))
    assert caught.value.code == "limit_cells"
    assert caught.value.values["asked"] == 18
