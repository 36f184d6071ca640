"""What is particular to the depthwise separable convolution: two steps, cost, exactness, whole traces."""

from __future__ import annotations

import numpy as np
import pytest

import engine
from engine.errors import ParameterError, ShapeError
from engine.kernels import kernels

RNG = np.random.default_rng(302)
PHOTO = RNG.integers(0, 256, (3, 9, 8)).astype(np.uint8)


@pytest.mark.parametrize("each", [1, 2])
@pytest.mark.parametrize(
    "settings",
    [{}, {"stride": 2, "padding": 1}, {"dilation": 2, "padding": "same", "padding_mode": "circular"}],
)
def test_it_is_two_convolutions(each: int, settings: dict):
    weight, pointwise = RNG.integers(-5, 6, (3 * each, 1, 3, 3)), RNG.integers(-5, 6, (4, 3 * each, 1, 1))
    bias = RNG.integers(-9, 10, 4)
    call = engine.depthwise_separable_conv2d.call(PHOTO, weight, pointwise, bias, **settings)
    between = engine.conv2d(PHOTO, weight, groups=3, **settings)
    outputs = call.outputs()
    np.testing.assert_array_equal(outputs["intermediate"], between)
    np.testing.assert_array_equal(outputs["output"], engine.conv2d(between, pointwise, bias))
    flat = engine.depthwise_separable_conv2d(PHOTO, weight, pointwise[:, :, 0, 0], bias, **settings)
    np.testing.assert_array_equal(flat, outputs["output"])


def test_cost_of_the_worked_example():
    """8x8x3 to 72 maps of 6x6: 972 + 7,776 = 8,748 against 69,984."""
    call = engine.depthwise_separable_conv2d.call(
        np.zeros((3, 8, 8)), np.zeros((3, 1, 3, 3)), np.zeros((72, 3))
    )
    assert call.layout.output == (72, 6, 6)
    assert call.layout.macs == 972 + 7_776 == 8_748
    assert call.layout.parameters == 3 * 9 + 72 * 3
    full = engine.conv2d.call(np.zeros((3, 8, 8)), np.zeros((72, 3, 3, 3)))
    assert full.layout.macs == 69_984
    shapes = {"kernel_size": 3, "out_channels": 72}
    assert engine.depthwise_separable_conv2d.plan({"input": (3, 8, 8)}, shapes)[2].macs == 8_748


def test_named_kernels_repeat_over_the_channels():
    """One kernel gives a map a channel, several give map number = channel x kernels + kernel."""
    gauss = kernels()["gauss-3"]
    one = engine.depthwise_separable_conv2d.call(PHOTO, gauss.values, np.eye(3), divisor=16)
    expected = engine.conv2d(PHOTO, gauss.values, groups=3, divisor=16)
    np.testing.assert_array_equal(one.run(), expected)
    two = np.stack([gauss.values, kernels()["sobel-x"].values])
    several = engine.depthwise_separable_conv2d(PHOTO, two, np.eye(6), divisor=[16, 1])
    np.testing.assert_array_equal(several[::2], expected)
    np.testing.assert_array_equal(several[1::2], engine.conv2d(PHOTO, two[1], groups=3))


def test_whole_numbers_stay_exact():
    big = np.full((2, 3, 3), 2**26 + 1)
    output = engine.depthwise_separable_conv2d(big, np.ones((3, 3), int), np.array([[3, 5]]), [1])
    assert output.dtype == np.float64
    assert output.tolist() == [[[9 * 8 * (2**26 + 1) + 1]]]
    small = engine.depthwise_separable_conv2d(PHOTO, np.ones((3, 3), np.int8), np.ones((2, 3), np.int8))
    assert small.dtype == np.float32


def test_a_map_between_may_be_larger_than_what_comes_out():
    """Pointwise weights of 0 do not make the sums between small."""
    big = np.full((1, 3, 3), 2**24 + 1)
    call = engine.depthwise_separable_conv2d.call(big, np.ones((3, 3), int), np.zeros((1, 1), int))
    assert call.outputs()["intermediate"].tolist() == [[[9 * (2**24 + 1)]]]


@pytest.mark.parametrize("divisor", [None, 4, [1, 2, 4]])
def test_a_trace_covers_every_input_cell(divisor: object):
    weight, pointwise = RNG.integers(-5, 6, (3, 1, 3, 3)), RNG.integers(1, 6, (2, 3))
    call = engine.depthwise_separable_conv2d.call(
        PHOTO, weight, pointwise, [7, -7], padding=1, divisor=divisor
    )
    for cell in ((0, 0, 0), (1, 4, 5), (1, 8, 7)):
        trace = call.trace(cell)
        assert len(trace.sources) == 27
        assert trace.bias is not None
        assert trace.weights is not None
        total = trace.sum / float(1 if trace.divisor is None else trace.divisor)
        np.testing.assert_allclose(total + float(trace.bias), trace.value, rtol=1e-6)
        if divisor is None:
            assert total + trace.bias == trace.value
            for (m, i, j), w in zip(trace.positions, trace.weights, strict=True):
                assert w == weight[m, 0, i, j] * pointwise[cell[0], m]


def test_a_trace_with_several_maps_a_channel():
    weight, pointwise = RNG.integers(1, 6, (6, 1, 2, 3)), RNG.integers(1, 6, (2, 6))
    call = engine.depthwise_separable_conv2d.call(PHOTO, weight, pointwise)
    trace = call.trace((1, 2, 3))
    assert trace.sum == trace.value
    assert trace.positions[:, 0].tolist() == [m for m in range(6) for _ in range(6)]
    assert trace.sources[:, 0].tolist() == [m // 2 for m in range(6) for _ in range(6)]


def test_what_does_not_fit_is_refused():
    operation = engine.depthwise_separable_conv2d
    cases = [
        ("weight_channels", np.ones((3, 3, 3, 3)), np.ones((2, 3))),
        ("weight_channels", np.ones((4, 1, 3, 3)), np.ones((2, 4))),
        ("weight_rank", np.ones((1, 1, 1, 3, 3)), np.ones((2, 3))),
        ("pointwise_channels", np.ones((3, 1, 3, 3)), np.ones((2, 4))),
        ("pointwise_rank", np.ones((3, 3)), np.ones((2, 3, 3, 3))),
        ("pointwise_rank", np.ones((3, 3)), np.ones(3)),
        ("bias_length", np.ones((3, 3)), np.ones((2, 3))),
    ]
    for code, weight, pointwise in cases:
        with pytest.raises(ShapeError) as caught:
            operation(PHOTO, weight, pointwise, [1, 2, 3])
        assert caught.value.code == code
    with pytest.raises(ParameterError, match="kernel_size"):
        operation.plan({"input": (3, 8, 8)}, {})
    with pytest.raises(ParameterError, match="pointwise weights say 2"):
        operation.plan({"input": (3, 8, 8), "pointwise": (2, 3)}, {"kernel_size": 3, "out_channels": 4})
