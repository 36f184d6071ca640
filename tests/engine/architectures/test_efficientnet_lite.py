"""EfficientNet-Lite0: its sizes as published."""

from __future__ import annotations

import pytest

from engine.architectures.efficientnet_lite import efficientnet_lite0
from engine.network import summary


def test_efficientnet_as_published():
    """4,694,024 values with the running statistics; about 400 million multiplications."""
    network = efficientnet_lite0()
    statistics = 2 * sum(planned.layout.output[0] for planned in network.planned.values() if is_norm(planned))
    assert summary(network).parameters + statistics == 4_694_024
    assert summary(network).macs == pytest.approx(400e6, rel=0.05)
    sizes = {
        "stem": (32, 112, 112),
        "block1.1/project": (16, 112, 112),
        "block2.2/add": (24, 56, 56),
        "block3.2/add": (40, 28, 28),
        "block4.3/add": (80, 14, 14),
        "block5.3/add": (112, 14, 14),
        "block6.4/add": (192, 7, 7),
        "block7.1/project": (320, 7, 7),
        "head": (1280, 7, 7),
    }
    assert {layer: network.shape(layer) for layer in sizes} == sizes
    skips = [name for name in network.planned if name.endswith("/add")]
    assert len(skips) == 9


def is_norm(planned) -> bool:
    return planned.node.operation.name == "batch_norm"


def test_same_padding_is_uneven_at_stride_2():
    axes = efficientnet_lite0().planned["stem"].layout.axes
    assert [(axis.before, axis.after) for axis in axes] == [(0, 1), (0, 1)]
