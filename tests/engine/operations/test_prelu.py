"""What is particular to PReLU: how its slopes spread over the input, and their gradient."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

import engine
from engine.errors import ParameterError, ShapeError


@pytest.mark.parametrize(
    ("shape", "weight", "params", "axis"),
    [
        ((3,), (3,), {}, 0),
        ((2, 3), (3,), {}, 1),
        ((3, 4, 5), (3,), {}, 0),
        ((2, 3, 4, 5), (3,), {}, 1),
        ((2, 3, 4, 5, 2), (3,), {}, 1),
        ((3, 4, 5), (5,), {"channel_axis": 2}, 2),
        ((3, 4, 5), (3, 4, 5), {}, None),
        ((3, 4, 5), (1, 4, 1), {}, 1),
        ((3, 4, 5), (), {}, None),
        ((3, 4, 5), (1,), {"channel_axis": 1}, None),
    ],
)
def test_prelu_slopes(shape, weight, params: dict, axis: int | None):
    rng = np.random.default_rng(5)
    array, slope = rng.standard_normal(shape), rng.uniform(0.1, 2, weight)
    call = engine.prelu.call(array, slope, **params)
    spread = slope
    if axis is not None and slope.ndim == 1:
        spread = slope.reshape([-1 if place == axis else 1 for place in range(len(shape))])
    np.testing.assert_array_equal(call.run(), np.where(array > 0, array, array * spread))
    gradient = rng.standard_normal(shape)
    found = call.backward(gradient)
    assert found["weight"].shape == slope.shape
    for cell in np.ndindex(weight):
        step = np.zeros(weight)
        step[cell] = 1e-3
        ends = [engine.prelu(array, slope + side * step, **params) for side in (-1, 1)]
        measured = (gradient * (ends[1] - ends[0])).sum() / 2e-3
        assert found["weight"][cell] == pytest.approx(measured, abs=1e-9)


@pytest.mark.parametrize(
    ("shape", "weight", "params"),
    [
        ((3, 4, 5), (4,), {}),
        ((3, 4, 5), (2, 4, 5), {}),
        ((3, 4, 5), (3, 1), {}),
        ((3, 4, 5), (3,), {"channel_axis": 1}),
        ((), (2,), {}),
    ],
)
def test_prelu_slopes_must_fit(shape, weight, params: dict):
    with pytest.raises(ShapeError, match="weight has the shape .* must be one number, ") as caught:
        engine.prelu(np.ones(shape), np.ones(weight), **params)
    assert caught.value.field == "weight"


def test_prelu_without_slopes_says_its_sizes():
    shapes = {"input": (3, 4, 5)}
    _, settled, layout = engine.prelu.plan(shapes, {})
    assert (settled["num_parameters"], layout.parameters, layout.output) == (1, 1, (3, 4, 5))
    assert engine.prelu.plan(shapes, {"num_parameters": 3})[2].parameters == 3
    with pytest.raises(ShapeError, match="3 numbers"):
        engine.prelu.plan(shapes, {"num_parameters": 2})
    with pytest.raises(ParameterError, match="leave it out"):
        engine.prelu.bind({"input": np.ones((3, 4, 5)), "weight": np.ones(3)}, {"num_parameters": 1})
    for params, size in (({}, 1), ({"num_parameters": 3}, 3)):
        drawn = engine.prelu.sample(
            "weight", shapes, engine.prelu.plan(shapes, params)[1], np.random.default_rng(0)
        )
        assert drawn.shape == (size,)


def test_prelu_types():
    single, double = np.ones(2, np.float32), np.ones(2)
    for array, weight in itertools.product((single, double, [1, 2]), repeat=2):
        kind = np.float64 if array is double or weight is double else np.float32
        assert engine.prelu(array, weight).dtype == kind
