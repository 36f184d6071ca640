"""What is particular to the dense layer: its weights, and the convolution that is the same."""

from __future__ import annotations

import tracemalloc
from typing import Any

import numpy as np
import pytest

import engine
from engine.analysis.dense import as_convolution
from engine.analysis.ranges import ranges
from engine.declaration.parameters import parse_params
from engine.errors import ParameterError, ShapeError
from engine.limits import Limits


def test_a_dense_layer_on_7_x_7_x_512_has_25_088_000_weights():
    """As the convolution whose kernel is as large as the map has."""
    flat = engine.flatten.plan({"input": (512, 7, 7)}, {})[2].output
    dense = engine.linear.plan({"input": flat}, {"out_features": 1000})[2]
    sliding = engine.conv2d.plan({"input": (512, 7, 7)}, {"kernel_size": 7, "out_channels": 1000})[2]
    assert dense.parameters == sliding.parameters == 25_088_000
    assert dense.macs == sliding.macs == 25_088_000
    assert (dense.output, sliding.output) == ((1000,), (1000, 1, 1))


@pytest.mark.parametrize("shape", [(4, 3, 5), (3, 1, 1), (2, 6), (2, 2, 3, 4)])
def test_it_is_the_convolution_with_a_kernel_as_large_as_the_map(shape: tuple[int, ...]):
    rng = np.random.default_rng(1)
    maps = rng.integers(-9, 10, shape)
    weight, bias = rng.integers(-9, 10, (6, maps.size)), rng.integers(-9, 10, 6)
    convolution = engine.operation(f"conv{len(shape) - 1}d")
    found = convolution(maps, as_convolution(weight, shape), bias)
    assert found.shape == (6, *[1] * (len(shape) - 1))
    np.testing.assert_array_equal(found.reshape(-1), engine.linear(engine.flatten(maps), weight, bias))


def test_weights_that_are_no_convolution_of_that_map():
    with pytest.raises(ShapeError, match=r"\(O, 60\)"):
        as_convolution(np.ones((6, 59)), (4, 3, 5))


def test_the_last_axis_is_read():
    rng = np.random.default_rng(2)
    array, weight, bias = rng.normal(size=(2, 3, 4)), rng.normal(size=(5, 4)), rng.normal(size=5)
    np.testing.assert_allclose(engine.linear(array, weight, bias), array @ weight.T + bias, rtol=1e-14)
    assert engine.linear(array[:0], weight).shape == (0, 3, 5)


def test_whole_numbers_stay_exact():
    assert engine.linear([2**24 + 1, 1], [[1, 1]]).tolist() == [2**24 + 2]
    assert engine.linear([2**24, 1], [[1, 0], [0, 1]], [1, 2**25 + 1]).tolist() == [2**24 + 1, 2**25 + 2]


@pytest.mark.parametrize(
    ("inputs", "field"),
    [
        ({"input": (3,), "weight": (2, 4)}, "weight"),
        ({"input": (3,), "weight": (3,)}, "weight"),
        ({"input": (3,), "weight": (2, 3), "bias": (3,)}, "bias"),
        ({"input": (), "weight": (2, 3)}, "input"),
        ({"input": (2, 0), "weight": (2, 3)}, "input"),
    ],
)
def test_what_does_not_fit_is_named(inputs: dict, field: str):
    with pytest.raises(ShapeError) as caught:
        engine.linear.bind({name: np.ones(shape) for name, shape in inputs.items()})
    assert caught.value.field == field


def test_out_features_follow_the_weights():
    with pytest.raises(ParameterError, match="out_features is 3, but the weights say 2"):
        engine.linear.bind({"input": np.ones(3), "weight": np.ones((2, 3))}, {"out_features": 3})
    with pytest.raises(ParameterError, match="needs weights"):
        engine.linear.plan({"input": (3,)}, {})
    asked = parse_params(engine.linear.parameters, {"out_features": 7}, Limits())
    of_all: Any = ranges(engine.linear, {"input": (3,)}, asked, Limits())
    [found] = of_all["out_features"]
    assert (found["min"], found["max"]) == (1, Limits().channels)


@pytest.mark.parametrize("kind", ["float32", "float64", "int8"])
def test_weights_are_not_copied_whole(kind: str):
    """AlexNet's first dense layer: 38 million weights, which the limit of a request must leave room for."""
    layout = engine.linear.plan({"input": (9216,), "weight": (4096, 9216)}, {}, Limits())[2]
    assert layout.bytes < 16e6
    weight = np.ones((1024, 2048), kind)
    call = engine.linear.call(np.ones(2048, np.float32), weight)
    call.run()
    tracemalloc.start()
    output = call.run()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert output.tolist() == [2048] * 1024
    assert peak <= call.layout.bytes + 50_000
