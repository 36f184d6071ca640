"""SqueezeNet 1.1: its sizes as published."""

from __future__ import annotations

from engine.architectures.squeezenet import squeezenet
from engine.network import summary


def test_squeezenet_as_published():
    """1,235,496 parameters; the sizes of the published network at 227 x 227."""
    network = squeezenet()
    assert summary(network).parameters == 1_235_496
    sizes = {
        "conv1": (64, 113, 113),
        "pool1": (64, 56, 56),
        "fire3/concat": (128, 56, 56),
        "pool3": (128, 27, 27),
        "fire5/concat": (256, 27, 27),
        "pool5": (256, 13, 13),
        "fire9/concat": (512, 13, 13),
        "conv10": (1000, 13, 13),
        "softmax": (1000,),
    }
    assert {layer: network.shape(layer) for layer in sizes} == sizes
