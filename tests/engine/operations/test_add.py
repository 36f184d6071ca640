"""What is particular to add: broadcasting there and back, and whole numbers."""

from __future__ import annotations

import numpy as np
import pytest

import engine
from engine.errors import ShapeError


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ((3, 4, 5), (5,)),
        ((3, 4, 5), (4, 1)),
        ((3, 4, 5), (3, 1, 1)),
        ((1, 5), (4, 1)),
        ((5,), (2, 3, 5)),
        ((2,), ()),
    ],
)
def test_broadcasting_and_its_adjoint(one: tuple[int, ...], two: tuple[int, ...]):
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=one), rng.normal(size=two)
    call = engine.add.call(a, b)
    np.testing.assert_array_equal(call.run(), a + b)
    gradient = rng.normal(size=call.layout.output)
    found = call.backward(gradient)
    for name, array in (("input", a), ("other", b)):
        assert found[name].shape == array.shape
        moved = np.broadcast_to(array, gradient.shape)
        assert np.isclose((found[name] * array).sum(), (gradient * moved).sum())


def test_whole_numbers_add_up_exactly():
    assert engine.add([2**24], [1]).tolist() == [2**24 + 1]
    assert engine.add(np.array([2**24], np.float64), [1]).tolist() == [2**24 + 1]
    assert engine.add([1], [2]).dtype == np.float32


def test_a_trace_has_both_terms():
    call = engine.add.call(np.arange(6.0).reshape(1, 2, 3), np.arange(10.0, 13.0).reshape(1, 1, 3))
    terms = call.trace((0, 1, 2)).data()["terms"]
    assert [(t["of"], t["input"], t["value"]) for t in terms] == [
        ("input", [0, 1, 2], 5),
        ("other", [0, 0, 2], 12),
    ]


def test_what_does_not_fit_is_named():
    with pytest.raises(ShapeError, match=r"other must have the input's shape, \[3, 4\]") as caught:
        engine.add(np.ones((3, 4)), np.ones(3))
    assert caught.value.field == "other"
    assert engine.add.plan({"input": (3, 4)}, {})[2].output == (3, 4)
