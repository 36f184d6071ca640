"""The networks of worked-examples.md, counted without a single weight."""

from __future__ import annotations

import tracemalloc

import pytest

from engine.network import Layer, Network, summary
from tests.engine.network.nets import alexnet, inception, lenet5, resnet18, vgg16

ALEXNET = {
    "conv1": ((96, 55, 55), 34_848 + 96),
    "pool1": ((96, 27, 27), 0),
    "conv2": ((256, 27, 27), 614_400 + 256),
    "pool2": ((256, 13, 13), 0),
    "conv3": ((384, 13, 13), 884_736 + 384),
    "conv4": ((384, 13, 13), 1_327_104 + 384),
    "conv5": ((256, 13, 13), 884_736 + 256),
    "pool5": ((256, 6, 6), 0),
    "fc1": ((4096,), 37_748_736 + 4096),
    "fc2": ((4096,), 16_777_216 + 4096),
    "fc3": ((1000,), 4_096_000 + 1000),
}


@pytest.mark.parametrize(
    ("build", "parameters"),
    [(alexnet, 62_378_344), (vgg16, 138_357_544), (lenet5, 61_706), (resnet18, 11_689_512)],
    ids=lambda part: getattr(part, "__name__", ""),
)
def test_parameters(build, parameters: int):
    tracemalloc.start()
    try:
        found = summary(build())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found.parameters == parameters
    assert found.weight_bytes == 4 * parameters
    assert peak < 2**23


def test_alexnet_layer_by_layer():
    found = summary(alexnet())
    assert {name: (found[name].shape, found[name].parameters) for name in ALEXNET} == ALEXNET
    weights = sum(found[name].parameters - found[name].shape[0] for name in ALEXNET if "pool" not in name)
    assert weights == 62_367_776
    share = sum(found[f"conv{number}"].parameters for number in range(1, 6)) / found.parameters
    assert round(100 * share, 1) == 6.0
    # Every weight of a convolution is used at every place, a dense one once.
    assert found["conv1"].macs == 34_848 * 55 * 55
    assert found["fc1"].macs == 37_748_736
    assert found["conv1"].additions == 96 * 55 * 55


def test_vgg16_halves_five_times():
    found = summary(vgg16())
    sizes = [found[f"pool{number}"].shape for number in range(1, 6)]
    assert sizes == [(64, 112, 112), (128, 56, 56), (256, 28, 28), (512, 14, 14), (512, 7, 7)]
    assert found["fc1"].parameters == 25_088 * 4096 + 4096
    assert found["pool5"].field[0].size == 212
    assert found["pool5"].field[0].jump == 32


def test_lenet5_shapes():
    found = summary(lenet5())
    names = ("C1", "S2", "C3", "S4", "F5", "F6", "F7")
    shapes = [(6, 28, 28), (6, 14, 14), (16, 10, 10), (16, 5, 5), (120,), (84,), (10,)]
    assert [found[name].shape for name in names] == shapes


def test_resnet18_shapes():
    found = summary(resnet18())
    names = ("conv1", "pool1", "stage1-2", "stage2-2", "stage3-2", "stage4-2", "pool", "fc")
    shapes = [(64, 112, 112), (64, 56, 56), (64, 56, 56), (128, 28, 28), (256, 14, 14), (512, 7, 7)]
    assert [found[name].shape for name in names] == [*shapes, (512, 1, 1), (1000,)]
    # The published field of the last stage (Araujo, Norris, Sim, 2019).
    assert found["stage4-2"].field[0].size == 435


def test_an_inception_module_joins_by_channel():
    found = summary(inception())
    assert found["joined"].shape == (256, 28, 28)
    assert [found[name].shape[0] for name in ("1x1", "3x3", "5x5", "pool 1x1")] == [64, 128, 32, 32]
    assert found.parameters == 163_696
    assert [field.size for field in found["joined"].field] == [5, 5]


@pytest.mark.parametrize(
    ("layers", "size", "weights"),
    [([5], 5, 25), ([3, 3], 5, 18), ([7], 7, 49), ([3, 3, 3], 7, 27)],
)
def test_two_small_kernels_see_as_far_as_one_large(layers: list[int], size: int, weights: int):
    found = summary(
        Network.sequence([("conv2d", {"kernel_size": k, "out_channels": 1}) for k in layers], (1, 9, 9))
    )
    assert found.layers[-1].field[0].size == size
    assert found.parameters == weights


def test_a_batch_costs_as_many_times_as_much():
    one, many = summary(lenet5()), summary(lenet5(), batch=5)
    assert many.macs == 5 * one.macs
    assert many.parameters == one.parameters
    assert many["C1"].shape == (5, 6, 28, 28)
    assert many.kept_bytes == 5 * one.kept_bytes


def test_weights_that_say_nothing_of_their_size_are_asked_for():
    with pytest.raises(ValueError, match=r"Layer 'conv' \(conv2d\), given \[1, 8, 8\] from 'input'"):
        Network([Layer("conv2d", name="conv")], (1, 8, 8))
