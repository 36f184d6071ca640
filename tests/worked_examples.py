"""Numbers that courses and textbooks teach with, as data: the engine's and the API's tests read them.

A case that several settings of parameters describe stands here once for each of them.
"""

from __future__ import annotations

from typing import NamedTuple


class Example(NamedTuple):
    """One row: what is asked, and the sizes and counts that must come out."""

    case: str
    operation: str
    input_shape: tuple[int, int, int]
    params: dict[str, object]
    output_shape: tuple[int, int, int]
    dropped: tuple[int, int] | None = None
    """Rows and columns at the end that are never read."""
    parameters: int | None = None
    """Weights, without biases."""
    macs: int | None = None
    receptive_field: tuple[int, int] | None = None


def _conv(case: str, size: tuple[int, int, int], maps: int, kernel: object, output: tuple, **more) -> Example:
    facts = {name: more.pop(name) for name in Example._fields[5:] if name in more}
    return Example(
        case, "conv2d", size, {"kernel_size": kernel, "out_channels": maps, **more}, output, **facts
    )


def _pool(
    case: str, operation: str, size: tuple[int, int, int], window: object, output: tuple, **more
) -> Example:
    facts = {name: more.pop(name) for name in Example._fields[5:] if name in more}
    return Example(case, operation, size, {"kernel_size": window, **more}, output, parameters=0, **facts)


OUTPUT_SIZES = [
    _conv("5x5, 3x3, stride 1, no padding", (1, 5, 5), 1, 3, (1, 3, 3), stride=1, padding=0),
    _conv("3x3, 2x2", (1, 3, 3), 1, 2, (1, 2, 2)),
    _conv(
        "10x10, 3x3, stride 3: a row and a column lost",
        (1, 10, 10),
        1,
        3,
        (1, 3, 3),
        stride=3,
        dropped=(1, 1),
    ),
    _conv("5x5, 2x2, stride 2, valid", (1, 5, 5), 1, 2, (1, 2, 2), stride=2, padding="valid", dropped=(1, 1)),
    _conv("5x5, 2x2, stride 2, same", (1, 5, 5), 1, 2, (1, 3, 3), stride=2, padding="same", dropped=(0, 0)),
    _conv("32x32x3, six 5x5x3", (3, 32, 32), 6, 5, (6, 28, 28), parameters=450),
    _conv("28x28x6, ten 5x5x6", (6, 28, 28), 10, 5, (10, 24, 24), parameters=1500),
    _conv("32x32x3, 64 of 5x5x3, same", (3, 32, 32), 64, 5, (64, 32, 32), padding="same", parameters=4800),
    _conv("52x52, fifteen 12x12, stride 2", (1, 52, 52), 15, 12, (15, 21, 21), stride=2, parameters=2160),
    _conv("21x21x15, one 8x8x15", (15, 21, 21), 1, 8, (1, 14, 14), parameters=960),
    _conv("21x21x15, twelve 1x1x15", (15, 21, 21), 12, 1, (12, 21, 21), parameters=180),
    _conv("4x4, 4x1 kernel", (1, 4, 4), 1, [4, 1], (1, 1, 4)),
    *(
        _conv(f"1x{n}, 1x3, stride 2", (1, 1, n), 1, [1, 3], (1, 1, (n - 3) // 2 + 1), stride=[1, 2])
        for n in (3, 4, 7, 100)
    ),
    *(
        _conv(f"same for {n}x{n}, {k}x{k}: p = {(k - 1) // 2}", (1, n, n), 1, k, (1, n, n), padding=padding)
        for n, k in ((7, 3), (8, 5), (9, 7), (4, 1))
        for padding in ("same", (k - 1) // 2)
    ),
    *(
        _conv(f"full for {n}x{n}, {k}x{k}", (1, n, n), 1, k, (1, n + k - 1, n + k - 1), padding=padding)
        for n, k in ((5, 3), (4, 4), (3, 7))
        for padding in ("full", k - 1)
    ),
    *(
        _pool(
            f"{operation}: {n}x{n}, window {r}, stride {s}",
            operation,
            (4, n, n),
            r,
            (4, (n - r) // s + 1, (n - r) // s + 1),
            stride=s,
        )
        for operation in ("max_pool2d", "avg_pool2d")
        for n, r, s in ((4, 2, 2), (5, 2, 2), (6, 3, 2), (55, 3, 2), (27, 3, 2), (13, 3, 2), (10, 3, 3))
    ),
    _pool("global average of 6x6x72", "avg_pool2d", (72, 6, 6), 6, (72, 1, 1)),
    _pool("28x28x6 pooled by 2", "max_pool2d", (6, 28, 28), 2, (6, 14, 14)),
]

COSTS = [
    _conv("3x3 on 6x6, directly", (1, 6, 6), 1, 3, (1, 4, 4), macs=144, parameters=9),
    _conv("3x1 on 6x6, the first of two passes", (1, 6, 6), 1, [3, 1], (1, 4, 6), macs=72),
    _conv("1x3 on 4x6, the second", (1, 4, 6), 1, [1, 3], (1, 4, 4), macs=48),
    _conv("8x8x3, 72 maps, 3x3x3", (3, 8, 8), 72, 3, (72, 6, 6), macs=69_984, parameters=1944),
    _conv("8x8x3, 3x3 depthwise", (3, 8, 8), 3, 3, (3, 6, 6), groups=3, macs=972, parameters=27),
    _conv("6x6x3, 72 of 1x1x3 pointwise", (3, 6, 6), 72, 1, (72, 6, 6), macs=7_776, parameters=216),
    _conv("6x6x72 into 500 units", (72, 6, 6), 500, 6, (500, 1, 1), parameters=1_296_000, macs=1_296_000),
    _conv("7x7x512 into 1000 units", (512, 7, 7), 1000, 7, (1000, 1, 1), parameters=25_088_000),
    _conv("3x3 sees 3x3", (1, 9, 9), 1, 3, (1, 7, 7), receptive_field=(3, 3)),
    _conv("3x3 with dilation 2 sees 5x5", (1, 9, 9), 1, 3, (1, 5, 5), dilation=2, receptive_field=(5, 5)),
    _conv("5x5 has 25 weights", (1, 9, 9), 1, 5, (1, 5, 5), parameters=25, receptive_field=(5, 5)),
    _conv("7x7 has 49 weights", (1, 9, 9), 1, 7, (1, 3, 3), parameters=49, receptive_field=(7, 7)),
]

NETWORKS = [
    _conv("AlexNet conv1", (3, 227, 227), 96, 11, (96, 55, 55), stride=4, parameters=34_848),
    _pool("AlexNet pool1", "max_pool2d", (96, 55, 55), 3, (96, 27, 27), stride=2),
    _conv("AlexNet conv2", (96, 27, 27), 256, 5, (256, 27, 27), padding=2, parameters=614_400),
    _pool("AlexNet pool2", "max_pool2d", (256, 27, 27), 3, (256, 13, 13), stride=2),
    _conv("AlexNet conv3", (256, 13, 13), 384, 3, (384, 13, 13), padding=1, parameters=884_736),
    _conv("AlexNet conv4", (384, 13, 13), 384, 3, (384, 13, 13), padding=1, parameters=1_327_104),
    _conv("AlexNet conv5", (384, 13, 13), 256, 3, (256, 13, 13), padding=1, parameters=884_736),
    _pool("AlexNet pool5", "max_pool2d", (256, 13, 13), 3, (256, 6, 6), stride=2),
    _conv("VGG-16 conv1_2", (64, 224, 224), 64, 3, (64, 224, 224), padding=1, parameters=36_864),
    *(
        _pool(f"VGG-16 pool to {n}", "max_pool2d", (64, 2 * n, 2 * n), 2, (64, n, n), stride=2)
        for n in (112, 56, 28, 14, 7)
    ),
    _conv("LeNet-5 C1", (1, 32, 32), 6, 5, (6, 28, 28), parameters=150),
    _pool("LeNet-5 S2", "avg_pool2d", (6, 28, 28), 2, (6, 14, 14)),
    _conv("LeNet-5 C3", (6, 14, 14), 16, 5, (16, 10, 10), parameters=2400),
    _pool("LeNet-5 S4", "avg_pool2d", (16, 10, 10), 2, (16, 5, 5)),
]

EXAMPLES = OUTPUT_SIZES + COSTS + NETWORKS
