"""More numbers that courses teach with: other dimensions, the way back, networks, and errata.

Where a published number is wrong, the right one stands here and the wrong one is named.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

import engine
from engine.analysis.dense import as_convolution
from engine.analysis.matrix import matrix
from engine.declaration.layout import Layout

Shape = tuple[int, ...]
RNG = np.random.default_rng(93)


def sizes(name: str, shape: Shape, weights: Mapping[str, Shape] | None = None, **params: Any) -> Layout:
    """The layout of an operation on these shapes."""
    return engine.operation(name).plan({"input": shape, **(weights or {})}, params)[2]


# Output sizes


@pytest.mark.parametrize("n", [3, 4, 7, 100])
def test_a_signal_with_stride_two(n: int):
    """1-D: kernel 1x3, stride 2."""
    assert sizes("conv1d", (1, n), kernel_size=3, stride=2).output == (1, (n - 3) // 2 + 1)


def test_a_volume_is_17_by_17_by_11():
    """21x21x15 and a 3-D kernel 5x5x5, stride 1; a textbook prints 16x16x11."""
    layout = sizes("conv3d", (1, 21, 21, 15), kernel_size=5)
    assert layout.output == (1, 17, 17, 11) != (1, 16, 16, 11)
    assert engine.conv3d(np.zeros((1, 21, 21, 15)), np.ones((5, 5, 5))).shape == (1, 17, 17, 11)


def test_the_transposed_convolutions_size():
    """o = s(n-1) + d(k-1) + 1 - 2p + output padding; 2x2 with 3x3, stride 1: 4x4."""
    assert sizes("conv_transpose2d", (1, 2, 2), kernel_size=3).output == (1, 4, 4)
    for n, k, s, p, d, more in (
        (2, 3, 1, 0, 1, 0),
        (5, 3, 2, 1, 1, 1),
        (4, 4, 3, 2, 2, 2),
        (1, 1, 1, 0, 1, 0),
    ):
        layout = sizes(
            "conv_transpose1d", (1, n), kernel_size=k, stride=s, padding=p, dilation=d, output_padding=more
        )
        assert layout.output == (1, s * (n - 1) + d * (k - 1) + 1 - 2 * p + more)


def test_global_average_pooling():
    """6x6x72 becomes 1x1x72, and that is average pooling with a window over everything."""
    assert sizes("global_avg_pool2d", (72, 6, 6)).output == (72, 1, 1)
    picture = RNG.integers(0, 256, (72, 6, 6)).astype(np.uint8)
    np.testing.assert_array_equal(engine.global_avg_pool2d(picture), engine.avg_pool2d(picture, 6))


@pytest.mark.parametrize(("n", "k"), [(5, 3), (9, 5), (4, 4), (3, 7)])
def test_full_is_not_same(n: int, k: int):
    """full: p = k - 1 and o = n + k - 1; a textbook calls same padding "full"."""
    full, same = (sizes("conv1d", (1, n), kernel_size=k, padding=word) for word in ("full", "same"))
    assert full.output == (1, n + k - 1)
    assert same.output == (1, n)
    assert (full.axes[0].before, full.axes[0].after) == (k - 1, k - 1)


# Convolution as a matrix


def test_a_convolution_is_a_matrix_and_its_transpose_goes_back():
    """3x3 on 4x4: a 4x16 matrix times 16 numbers gives 4; its transpose takes 4 to 16."""
    kernel, picture = RNG.integers(-9, 10, (1, 1, 3, 3)), RNG.integers(-9, 10, (1, 4, 4))
    table = matrix(engine.conv2d.call(picture, kernel))
    assert table.shape == (4, 16)
    assert table.dense().shape == (4, 16)
    assert table.transpose.shape == (16, 4)
    output = engine.conv2d(picture, kernel)
    assert (table.dense() @ picture.ravel()).tolist() == output.ravel().tolist()
    back = engine.conv_transpose2d(output, kernel)
    assert back.shape == (1, 4, 4)
    assert (table.dense().T @ output.ravel()).tolist() == back.ravel().tolist()
    # Every row holds the nine weights, each row one place further on.
    assert all(sorted(row[row != 0]) == sorted(kernel[kernel != 0]) for row in table.dense())


# Cost


def test_separable_convolutions_cost():
    """3x3 on 6x6: 16 x 9 = 144 directly; 24 x 3 + 16 x 3 = 120 as a column, then a row."""
    assert sizes("conv2d", (1, 6, 6), {"weight": (3, 3)}).macs == 16 * 9 == 144
    assert sizes("separable_conv2d", (1, 6, 6), {"weight": (3, 3)}).macs == 24 * 3 + 16 * 3 == 120


def test_depthwise_separable_convolutions_cost():
    """8x8x3 to 72 maps of 6x6: 69,984 multiplications, or 972 + 7,776 = 8,748."""
    assert sizes("conv2d", (3, 8, 8), {"weight": (72, 3, 3, 3)}).macs == 69_984
    weights = {"weight": (3, 1, 3, 3), "pointwise": (72, 3, 1, 1)}
    layout = sizes("depthwise_separable_conv2d", (3, 8, 8), weights)
    assert layout.output == (72, 6, 6)
    assert layout.macs == 972 + 7_776 == 8_748


@pytest.mark.parametrize(
    ("shape", "units", "weights"),
    [((72, 6, 6), 500, 1_296_000), ((512, 7, 7), 1000, 25_088_000), ((256, 6, 6), 4096, 37_748_736)],
)
def test_dense_layers(shape: Shape, units: int, weights: int):
    features = sizes("flatten", shape).output[0]
    assert features == math.prod(shape)
    layout = sizes("linear", (features,), {"weight": (units, features)})
    assert layout.parameters == layout.macs == weights
    same = sizes("conv2d", shape, {"weight": (units, *shape)})
    assert (same.output, same.parameters, same.macs) == ((units, 1, 1), weights, weights)


def test_a_dense_layer_is_a_convolution_over_everything():
    picture, weight = RNG.integers(0, 9, (3, 4, 5)), RNG.integers(-9, 9, (10, 60))
    dense = engine.linear(engine.flatten(picture), weight)
    same = engine.conv2d(picture, as_convolution(weight, (3, 4, 5)))
    assert dense.tolist() == same.ravel().tolist() == (weight @ picture.ravel()).tolist()


def test_how_many_numbers_a_picture_has():
    """227x227x3: 154,587 values; 512x512 at 8 bits: 262,144 bytes grey, 786,432 RGB."""
    assert sizes("flatten", (3, 227, 227)).output == (154_587,)
    assert np.zeros(sizes("relu", (1, 512, 512)).output, np.uint8).nbytes == 262_144
    assert np.zeros(sizes("relu", (3, 512, 512)).output, np.uint8).nbytes == 786_432


# Networks


class Net:
    """Layers one after another: the shape so far, and what they cost."""

    def __init__(self, *shape: int) -> None:
        self.shape: Shape = shape
        self.weights: list[int] = []
        self.biases = 0

    def conv(self, maps: int, kernel: int, *, bias: bool = True, **params: Any) -> Net:
        weight = (maps, self.shape[0], kernel, kernel)
        layout = sizes("conv2d", self.shape, {"weight": weight}, **params)
        self.weights.append(layout.parameters)
        self.biases += maps if bias else 0
        self.shape = layout.output
        return self

    def norm(self) -> Net:
        names = ("running_mean", "running_var", "weight", "bias")
        layout = sizes("batch_norm", self.shape, dict.fromkeys(names, self.shape[:1]))
        self.biases += layout.parameters
        return self

    def pool(self, kernel: int, stride: int, **params: Any) -> Net:
        self.shape = sizes("max_pool2d", self.shape, kernel_size=kernel, stride=stride, **params).output
        return self

    def dense(self, units: int) -> Net:
        [features] = sizes("flatten", self.shape).output
        layout = sizes("linear", (features,), {"weight": (units, features), "bias": (units,)})
        self.weights.append(layout.parameters - units)
        self.biases += units
        self.shape = layout.output
        return self

    @property
    def total(self) -> int:
        return sum(self.weights) + self.biases


def test_alexnet():
    net = Net(3, 227, 227).conv(96, 11, stride=4)
    shapes = [net.shape, net.pool(3, 2).shape, net.conv(256, 5, padding=2).shape, net.pool(3, 2).shape]
    shapes += [net.conv(maps, 3, padding=1).shape for maps in (384, 384, 256)]
    shapes += [net.pool(3, 2).shape, *(net.dense(units).shape for units in (4096, 4096, 1000))]
    assert shapes[:4] == [(96, 55, 55), (96, 27, 27), (256, 27, 27), (256, 13, 13)]
    assert shapes[4:8] == [(384, 13, 13), (384, 13, 13), (256, 13, 13), (256, 6, 6)]
    assert shapes[8:] == [(4096,), (4096,), (1000,)]
    convolutions = [34_848, 614_400, 884_736, 1_327_104, 884_736]
    assert net.weights == [*convolutions, 37_748_736, 16_777_216, 4_096_000]
    assert sum(net.weights) == 62_367_776
    assert net.total == 62_378_344
    assert round(100 * sum(convolutions) / sum(net.weights), 1) == 6.0


def test_vgg_16():
    net, heights = Net(3, 224, 224), []
    for maps, times in ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3)):
        for _ in range(times):
            net.conv(maps, 3, padding=1)
        heights.append(net.pool(2, 2).shape[1])
    assert heights == [112, 56, 28, 14, 7]
    for units in (4096, 4096, 1000):
        net.dense(units)
    assert net.total == 138_357_544


def test_lenet_5():
    net = Net(1, 32, 32)
    shapes = [net.conv(6, 5).shape, net.pool(2, 2).shape, net.conv(16, 5).shape, net.pool(2, 2).shape]
    assert shapes == [(6, 28, 28), (6, 14, 14), (16, 10, 10), (16, 5, 5)]
    assert [net.dense(units).shape for units in (120, 84, 10)] == [(120,), (84,), (10,)]
    assert net.total == 61_706


@pytest.mark.parametrize(
    ("blocks", "deep", "total"),
    [
        ((2, 2, 2, 2), False, 11_689_512),
        ((3, 4, 6, 3), False, 21_797_672),
        ((3, 4, 6, 3), True, 25_557_032),
    ],
    ids=["ResNet-18", "ResNet-34", "ResNet-50"],
)
def test_resnets(blocks: Shape, deep: bool, total: int):
    """With biases and normalisation: convolutions have no bias, normalisation a weight and a bias."""
    net = Net(3, 224, 224).conv(64, 7, bias=False, stride=2, padding=3).norm().pool(3, 2, padding=1)
    for stage, times in enumerate(blocks):
        maps = 64 * 2**stage
        for block in range(times):
            stride, before = (2 if stage and not block else 1), net.shape
            if deep:
                net.conv(maps, 1, bias=False).norm()
                net.conv(maps, 3, bias=False, stride=stride, padding=1).norm()
                net.conv(4 * maps, 1, bias=False).norm()
            else:
                net.conv(maps, 3, bias=False, stride=stride, padding=1).norm()
                net.conv(maps, 3, bias=False, padding=1).norm()
            if before != net.shape:
                after, net.shape = net.shape, before
                net.conv(after[0], 1, bias=False, stride=stride).norm()
                assert net.shape == after
            assert sizes("add", net.shape, {"other": net.shape}).output == net.shape
    assert net.shape[1:] == (7, 7)
    net.shape = sizes("global_avg_pool2d", net.shape).output
    assert net.dense(1000).total == total


def test_an_inception_module_joins_its_branches_by_channel():
    """GoogLeNet's first, 28x28x192: 1x1 | 1x1, 3x3 | 1x1, 5x5 | 3x3 max pool, 1x1."""
    branches = [
        Net(192, 28, 28).conv(64, 1),
        Net(192, 28, 28).conv(96, 1).conv(128, 3, padding=1),
        Net(192, 28, 28).conv(16, 1).conv(32, 5, padding=2),
        Net(192, 28, 28).pool(3, 1, padding=1).conv(32, 1),
    ]
    shapes = [net.shape for net in branches]
    assert shapes == [(64, 28, 28), (128, 28, 28), (32, 28, 28), (32, 28, 28)]
    others: dict[str, Shape] = dict(zip(("other", "third", "fourth"), shapes[1:], strict=True))
    assert sizes("cat", shapes[0], others).output == (256, 28, 28)
    assert sum(net.total for net in branches) == 163_696


# Said wrongly in print


def test_turning_is_two_flips_and_not_transposing():
    """A 2x2 kernel a b / c d, turned by 180 degrees, is d c / b a."""
    a, b, c, d = 1, 2, 3, 4
    kernel, picture = np.array([[a, b], [c, d]]), RNG.integers(0, 99, (1, 5, 6))
    turned = engine.conv2d(picture, kernel, flip=True)
    np.testing.assert_array_equal(turned, engine.conv2d(picture, [[d, c], [b, a]]))
    assert not np.array_equal(turned, engine.conv2d(picture, kernel.T))


def test_zero_padding_is_padding_with_zeros():
    """It is not the absence of padding, which is valid; and one cell keeps the size for k = 3 alone."""
    picture = np.ones((1, 6, 6))
    padded = engine.pad(picture, 1)
    assert padded.shape == (1, 8, 8)
    assert padded.sum() == 36
    np.testing.assert_array_equal(
        engine.conv2d(picture, np.ones((3, 3)), padding=1), engine.conv2d(padded, np.ones((3, 3)))
    )
    after = {k: sizes("conv2d", (1, 6, 6), kernel_size=k, padding=1).output for k in range(1, 8)}
    assert [k for k, shape in after.items() if shape == (1, 6, 6)] == [3]


def test_l2_pooling_says_which_root_it_takes():
    """The root of the sum of squares, or of their mean."""
    window = [[[3, 4], [0, 0]]]
    assert engine.lp_pool2d(window, 2, 2).tolist() == [[[5]]]
    assert engine.lp_pool2d(window, 2, 2, mean=True).tolist() == [[[2.5]]]


# Learning


def test_the_gradients_of_a_convolution_are_convolutions():
    """dL/dK: the valid convolution of I with dL/do. dL/dI: the full one of dL/do with K turned."""
    picture, kernel = RNG.integers(-9, 10, (1, 3, 3)), RNG.integers(-9, 10, (2, 2))
    gradient = RNG.integers(-9, 10, (1, 2, 2))
    found = engine.conv2d.call(picture, kernel).backward(gradient)
    by_kernel = engine.conv2d(picture, gradient[0])
    assert found["weight"].tolist() == by_kernel[0].tolist()
    by_input = engine.conv2d(gradient, kernel, padding="full", flip=True)
    assert found["input"].tolist() == by_input.tolist()
    assert by_input.tolist() == engine.conv_transpose2d(gradient, kernel[None, None]).tolist()


def test_the_gradients_term_by_term():
    """On a 3x3 input with a 2x2 kernel: what each weight, and each cell, multiplied."""
    picture, kernel = RNG.integers(-9, 10, (1, 3, 3)), RNG.integers(-9, 10, (2, 2))
    gradient = RNG.integers(-9, 10, (1, 2, 2))
    found = engine.conv2d.call(picture, kernel).backward(gradient)
    x, k, g = picture[0], kernel, gradient[0]
    first = g[0, 0] * x[0, 0] + g[0, 1] * x[0, 1] + g[1, 0] * x[1, 0] + g[1, 1] * x[1, 1]
    last = g[0, 0] * x[1, 1] + g[0, 1] * x[1, 2] + g[1, 0] * x[2, 1] + g[1, 1] * x[2, 2]
    assert (found["weight"][0, 0], found["weight"][1, 1]) == (first, last)
    assert found["input"][0, 0, 0] == g[0, 0] * k[0, 0]
    assert found["input"][0, 0, 1] == g[0, 0] * k[0, 1] + g[0, 1] * k[0, 0]
    middle = g[0, 0] * k[1, 1] + g[0, 1] * k[1, 0] + g[1, 0] * k[0, 1] + g[1, 1] * k[0, 0]
    assert found["input"][0, 1, 1] == middle
    assert found["input"][0, 2, 2] == g[1, 1] * k[1, 1]


def test_pooling_has_no_parameters_and_keeps_the_depth():
    for name in ("max_pool2d", "avg_pool2d", "global_avg_pool2d", "adaptive_avg_pool2d", "lp_pool2d"):
        params: dict[str, Any] = {"kernel_size": 2, "output_size": 2, "norm_type": 2}
        known = {parameter.name for parameter in engine.operation(name).parameters}
        layout = sizes(name, (7, 8, 8), **{key: params[key] for key in params if key in known})
        assert (layout.parameters, layout.output[0]) == (0, 7)
