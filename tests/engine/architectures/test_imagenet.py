"""SqueezeNet and EfficientNet-Lite0: their sizes as published, and their files as built."""

from __future__ import annotations

import numpy as np
import pytest

from engine.architectures.efficientnet_lite import efficientnet_lite0
from engine.architectures.squeezenet import squeezenet
from engine.network import graph_data
from tests.engine.network.shipped import NETWORKS, about, shipped

BUILDERS = {"squeezenet-1.1": squeezenet, "efficientnet-lite0": efficientnet_lite0}
every_network = pytest.mark.parametrize("name", BUILDERS)


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
