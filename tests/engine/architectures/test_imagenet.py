"""SqueezeNet and EfficientNet-Lite0: their sizes as published, and their files as built."""

from __future__ import annotations

import numpy as np
import pytest

from engine.architectures.efficientnet_lite import efficientnet_lite0
from engine.architectures.squeezenet import squeezenet
from engine.network import graph_data, summary
from tests.engine.network.shipped import NETWORKS, about, shipped

BUILDERS = {"squeezenet-1.1": squeezenet, "efficientnet-lite0": efficientnet_lite0}
every_network = pytest.mark.parametrize("name", BUILDERS)


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


def test_another_number_of_classes():
    assert squeezenet(10).shape("softmax") == efficientnet_lite0(10).shape("softmax") == (10,)


@every_network
def test_the_file_holds_the_architecture(name: str):
    assert graph_data(shipped(name)) == graph_data(BUILDERS[name]())
    assert not shipped(name).weights.missing
    assert all(array.dtype == np.float32 for array in shipped(name).weights.values())


@every_network
def test_the_file_keeps_half_precision(name: str):
    with np.load(NETWORKS / name / "network.npz") as file:
        kinds = {key: file[key].dtype for key in file}
    weights = {key for key, kind in kinds.items() if kind == np.float16}
    assert {key for key in kinds if key.endswith("/weight") and "/norm/" not in key} <= weights


@every_network
def test_what_is_said_about_it_fits(name: str):
    network, said = shipped(name), about(name)
    assert len(said["classes"]) == 1000 == network.shape(said["logits"])[0]
    assert network.node(said["probabilities"]).sources["input"].layer == said["logits"]
    steps = said["preparation"]
    assert network.input_shape == (len(steps["channels"]), steps["height"], steps["width"])
    assert len(steps["subtract"]) == len(steps["divide"]) == len(steps["channels"])
    assert (NETWORKS / name / "CREDITS.md").read_text(encoding="utf-8").startswith("# ")
